"""What the VAT return says of the sales, grid by grid. Pure; VAT-3 in docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from invoicing.documents.grids import (
    CREDITED,
    CREDITED_EU,
    DOMESTIC_REVERSE_CHARGE,
    EU_SERVICES,
    EXEMPT,
    OUTSIDE_EU,
    VAT_CREDITED,
    VAT_DUE,
)
from ownyourstory.money import ZERO

INVOICED = (
    EXEMPT,
    "01",
    "02",
    "03",
    EU_SERVICES,
    DOMESTIC_REVERSE_CHARGE,
    OUTSIDE_EU,
)
"""The grids with the base of invoices."""

CREDITED_BASE = (CREDITED_EU, CREDITED)
"""The grids with the base of credit notes."""

GRIDS = (*INVOICED, *CREDITED_BASE, VAT_DUE, VAT_CREDITED)
"""All grids of the sales, in the order of the return."""


@dataclass(frozen=True, slots=True)
class Grids:
    """The sums (EUR, not below zero) of some days, by grid.

    ``outside`` is the base that stands in no grid, below zero where more of it was
    credited than invoiced.
    """

    sums: Mapping[str, Decimal] = field(default_factory=dict)
    outside: Decimal = ZERO

    def __getitem__(self, grid: str) -> Decimal:
        return self.sums.get(grid, ZERO)

    @property
    def base(self) -> Decimal:
        """The base of all sales, less what was credited."""
        invoiced = sum((self[grid] for grid in INVOICED), ZERO)
        credited = sum((self[grid] for grid in CREDITED_BASE), ZERO)
        return invoiced - credited + self.outside

    @property
    def due(self) -> Decimal:
        """The VAT due on the sales: grid 54 less grid 64."""
        return self[VAT_DUE] - self[VAT_CREDITED]


def together(parts: Iterable[Grids]) -> Grids:
    """Return the grids of several months as those of all of them."""
    sums: dict[str, Decimal] = {}
    outside = ZERO
    for part in parts:
        outside += part.outside
        for grid, amount in part.sums.items():
            sums[grid] = sums.get(grid, ZERO) + amount
    return Grids(sums, outside)
