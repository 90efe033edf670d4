"""A document as entries of the sales journal. Pure; EXP-1, VAT-3 in docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .document import Document
from .grids import grids
from .totals import VatGroup
from .vat import Treatment

LONGEST = 200
"""Characters of a description that the books keep."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One VAT group of a document for the books; see ``models.JournalEntry``."""

    position: int
    description: str
    treatment: Treatment
    vat_rate: Decimal
    base: Decimal
    vat: Decimal
    base_grid: str
    vat_grid: str
    buyer_number: str
    enterprise_number: str
    vat_number: str
    country: str


def entries(
    document: Document, *, rate_grids: Mapping[Decimal, str]
) -> Iterator[Entry]:
    """Yield the entries of an issued document, one per VAT group (EXP-1).

    ``rate_grids`` are the grids of the VAT rates in force, by percentage.
    """
    buyer = document.buyer
    for position, group in enumerate(document.totals.groups, start=1):
        found = grids(
            group.treatment,
            rate_grid=rate_grids.get(group.rate, ""),
            country=buyer.address.country,
            kind=document.kind,
        )
        yield Entry(
            position=position,
            description=_description(document, group),
            treatment=group.treatment,
            vat_rate=group.rate,
            base=group.base,
            vat=group.vat,
            base_grid=found.base,
            vat_grid=found.vat,
            buyer_number=buyer.client_number,
            enterprise_number=_bare(buyer.enterprise_number),
            vat_number=_bare(buyer.vat_number),
            country=buyer.address.country,
        )


def _description(document: Document, group: VatGroup) -> str:
    """Return the first line of the group, on one line."""
    text = next(
        line.description
        for line in document.lines
        if (line.treatment, line.vat_rate) == (group.treatment, group.rate)
    )
    return " ".join(text.split())[:LONGEST]


def _bare(number: str) -> str:
    """Return a number without blanks and dots: ``BE0824677865``."""
    return "".join(filter(str.isalnum, number))
