"""The lists as files, in the form that is asked for: for pages and commands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.utils.module_loading import import_string
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ownyourstory.sheets import csv_stream
from ownyourstory.tables import Table

from .declaring import declarant, eu_services_of, listing_of
from .eu_services import TaxPeriod
from .intervat import CannotDeclare, client_listing_xml, eu_services_xml
from .lists import eu_services_table, listing_table


class Format(StrEnum):
    """In which form a list is handed over."""

    CSV = "csv"
    XLSX = "xlsx"
    XML = "xml"


MIMETYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.XML: "application/xml",
}


class NotHandedOver(Exception):
    """It cannot be written in this form; the message is for the owner."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over, made while it is read."""

    name: str
    content_type: str
    pieces: Iterator[bytes]


def client_listing_file(year: int, form: Format, *, at: datetime) -> File:
    """Return the client listing of a year (VAT-4); ``at`` is when it is made.

    Raises Incomplete where our own company lacks what Intervat asks.
    """
    listing = listing_of(year)
    table = listing_table(listing, title=_("Client listing %s") % year)
    return _file(
        table,
        form,
        at=at,
        xml=lambda: client_listing_xml(listing, declarant=declarant()),
    )


def eu_services_file(period: TaxPeriod, form: Format, *, at: datetime) -> File:
    """Return the list of EU services of a month or quarter (VAT-3).

    Raises Incomplete as ``client_listing_file`` does, and NotHandedOver where there is
    nothing for Intervat, or a row that it does not take.
    """
    services = eu_services_of(period)
    table = eu_services_table(
        services,
        title=_("EU services %s") % period,
        flag=_("No VAT number: Intervat does not take it."),
    )

    def xml() -> bytes:
        if not services.rows:
            raise NotHandedOver(_("Nothing to declare: then no list is handed in."))
        try:
            return eu_services_xml(services, declarant=declarant())
        except CannotDeclare as error:
            names = sorted({row.name for row in error.rows})
            raise NotHandedOver(
                _("Intervat wants a VAT number of each client. It lacks for: %s.")
                % get_text_list(names, _("and"))
            ) from error

    return _file(table, form, at=at, xml=xml)


def save(pieces: Iterable[bytes], out: Path) -> None:
    """Write a file that is not there yet, whole or not at all, for its owner only.

    Raises NotHandedOver if it is there, or its folder is not.
    """
    if out.exists():
        raise NotHandedOver(_("%s is there already.") % out)
    if not out.parent.is_dir():
        raise NotHandedOver(_("There is no folder %s.") % out.parent)
    part = out.with_name(f"{out.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _file(
    table: Table, form: Format, *, at: datetime, xml: Callable[[], bytes]
) -> File:
    match form:
        case Format.CSV:
            pieces = csv_stream(table.header, table.rows())
        case Format.XLSX:
            write = import_string("ownyourstory.spreadsheet.workbook_stream")
            pieces = write([table], at=at)
        case Format.XML:
            pieces = iter([xml()])
    return File(f"{table.name}.{form}", MIMETYPES[form], pieces)
