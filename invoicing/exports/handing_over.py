"""The lists as files, in the form that is asked for: for pages and commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ownyourstory.tables import Table

from . import catalogue
from .catalogue import streamed
from .declaring import declarant, eu_services_of, listing_of
from .eu_services import TaxPeriod
from .intervat import CannotDeclare, client_listing_xml, eu_services_xml
from .lists import eu_services_table, listing_table


class Format(StrEnum):
    """In which form a list is handed over."""

    CSV = "csv"
    XLSX = "xlsx"
    XML = "xml"


CONTENT_TYPES: dict[str, str] = {
    **{str(form): kind for form, kind in catalogue.CONTENT_TYPES.items()},
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


def client_listing_file(year: int, form: Format) -> File:
    """Return the client listing of a year (VAT-4).

    Raises Incomplete where our own company lacks what Intervat asks.
    """
    listing = listing_of(year)
    table = listing_table(listing, title=_("Client listing %s") % year)
    return _file(
        table,
        form,
        at=date(year, 12, 31),
        xml=lambda: client_listing_xml(listing, declarant=declarant()),
    )


def eu_services_file(period: TaxPeriod, form: Format) -> File:
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

    return _file(table, form, at=period.last, xml=xml)


def _file(table: Table, form: Format, *, at: date, xml: Callable[[], bytes]) -> File:
    """Return the file of a list; ``at`` is when a workbook says that it was made."""
    if form is Format.XML:
        pieces = iter([xml()])
    else:
        pieces = streamed(table, as_format=catalogue.Format(form), at=at)
    return File(f"{table.name}.{form}", CONTENT_TYPES[form], pieces)
