"""The lists that are declared as tables for a spreadsheet. Pure.

Column names are fixed, and Dutch, as in the journal.
"""

from __future__ import annotations

from collections.abc import Iterator

from ownyourstory.tables import Cell, Column, Table

from .eu_services import SERVICES, EuServices
from .listing import ClientListing

LISTING_COLUMNS = (
    Column("volgnummer", Cell.WHOLE),
    Column("btw_nummer"),
    Column("klantnaam"),
    Column("omzet", Cell.AMOUNT),
    Column("btw_bedrag", Cell.AMOUNT),
)
EU_COLUMNS = (
    Column("volgnummer", Cell.WHOLE),
    Column("land"),
    Column("btw_nummer"),
    Column("klantnaam"),
    Column("code"),
    Column("bedrag", Cell.AMOUNT),
    Column("verbetert_periode"),
    Column("opmerking"),
)


def listing_table(listing: ClientListing, *, title: str) -> Table:
    """Return the client listing of a year, a row per customer (VAT-4)."""

    def rows() -> Iterator[tuple[object, ...]]:
        for sequence, one in enumerate(listing.customers, start=1):
            yield sequence, f"BE{one.number}", one.name, one.turnover, one.vat

    return Table(
        name=f"klantenlisting_{listing.year}",
        title=title,
        columns=LISTING_COLUMNS,
        rows=rows,
    )


def eu_services_table(services: EuServices, *, title: str, flag: str) -> Table:
    """Return the list of EU services; ``flag`` marks who has no VAT number."""

    def rows() -> Iterator[tuple[object, ...]]:
        for sequence, row in enumerate(services.rows, start=1):
            yield (
                sequence,
                row.prefix,
                row.number,
                row.name,
                SERVICES,
                row.amount,
                str(row.corrects or ""),
                flag if row.lacks_number else "",
            )

    return Table(
        name=f"eu_diensten_{services.period}",
        title=title,
        columns=EU_COLUMNS,
        rows=rows,
    )
