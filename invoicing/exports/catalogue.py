"""Which tables there are for the accountant, by their name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from enum import StrEnum

from django.utils import translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

from ownyourstory.sheets import csv_stream
from ownyourstory.tables import Table

from .booked import journal
from .grid_sums import vat_return
from .open_items import open_items
from .period import Period
from .revenue import revenue_per_client, revenue_per_month, revenue_per_program
from .takings import payments

WORKBOOK = "ownyourstory.spreadsheet.workbook_stream"
"""Loaded when the first workbook is asked for: its library is large."""


class Format(StrEnum):
    """How a table is handed over; the values are file extensions."""

    CSV = "csv"
    XLSX = "xlsx"


CONTENT_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Maker = Callable[[Period, date], Table]
"""Makes a table of a period, as it is on a day."""


def _open_at_the_end(period: Period, today: date) -> Table:
    return open_items(min(period.until, today))


def beside_the_journal(period: Period, *, today: date) -> list[Table]:
    """Return the small tables of a period; what is open is as of its last day."""
    return [make(period, today) for name, make in TABLES.items() if name != "journal"]


TABLES: dict[str, Maker] = {
    "journal": lambda period, _today: journal(period),
    "vat": lambda period, _today: vat_return(period),
    "payments": lambda period, _today: payments(period),
    "open_items": _open_at_the_end,
    "revenue_months": lambda period, _today: revenue_per_month(period),
    "revenue_programs": lambda period, _today: revenue_per_program(period),
    "revenue_clients": lambda period, _today: revenue_per_client(period),
}
"""The tables of a period in their order, by the name of their file."""

ABOUT = {
    "journal": gettext_lazy("One row per document and VAT group, for the books."),
    "vat": gettext_lazy("The grids of the VAT return, per month and quarter."),
    "payments": gettext_lazy("What came in, went back and was written off."),
    "open_items": gettext_lazy("What was open on the last day, and for how long."),
    "revenue_months": gettext_lazy("What you charged, net of credit notes."),
    "revenue_programs": gettext_lazy("What you charged, net of credit notes."),
    "revenue_clients": gettext_lazy("What you charged, net of credit notes."),
}


def streamed(table: Table, *, as_format: Format, at: date) -> Iterator[bytes]:
    """Yield the file of a table, in the language that is active now.

    It is read after its request was answered. ``at`` is when a workbook says that it
    was made.
    """
    language = translation.get_language() or "nl"
    if as_format is Format.CSV:
        pieces = csv_stream(table.header, table.rows())
    else:
        write = import_string(WORKBOOK)
        pieces = write([table], at=datetime.combine(at, time()))
    return _spoken(pieces, language)


def _spoken(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    while True:
        with translation.override(language):
            piece = next(pieces, None)
        if piece is None:
            return
        yield piece
