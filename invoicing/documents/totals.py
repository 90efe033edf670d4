"""The amounts of a document, worked out once and then only copied.

Pure; VAT-1 (where is rounded), SUB-2 (what is eligible) and INV-6 (who pays what)
in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ownyourstory.money import ZERO, percent_of, to_cents

from .vat import CATEGORY, Treatment


@dataclass(frozen=True, slots=True)
class PricedLine:
    """What the amounts of one line follow from.

    ``quantity`` up to 4 decimals; ``unit_price`` EUR excl. VAT, up to 6 decimals;
    ``discount`` EUR off the line; ``vat_rate`` a percentage, 0 where no VAT is
    charged; ``eligible`` tells whether the wallet may pay the line.
    """

    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    treatment: Treatment
    vat_rate: Decimal
    eligible: bool

    @property
    def net(self) -> Decimal:
        """EUR excl. VAT: price × quantity − discount, rounded once (VAT-1)."""
        return to_cents(self.quantity * self.unit_price - self.discount)


@dataclass(frozen=True, slots=True)
class VatGroup:
    """One VAT treatment at one rate: its taxable base and its VAT, in EUR."""

    treatment: Treatment
    rate: Decimal
    base: Decimal
    vat: Decimal

    @property
    def category(self) -> str:
        """The e-invoice category, such as ``S``."""
        return CATEGORY[self.treatment]


@dataclass(frozen=True, slots=True)
class Totals:
    """All amounts of a document in EUR; ``groups`` in a fixed order.

    ``wallet`` is what the wallet pays, ``direct`` what the client transfers;
    together they are ``gross``.
    """

    groups: tuple[VatGroup, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    wallet: Decimal
    direct: Decimal


def totals(lines: Sequence[PricedLine], *, via_wallet: bool) -> Totals:
    """Return the totals of ``lines`` (VAT-1), split as INV-6 where the wallet pays.

    VAT is rounded once per (treatment, rate), never per line. Through the wallet
    goes the eligible amount excl. VAT; the rest, VAT included, is paid directly.
    """

    def by_group(line: PricedLine) -> tuple[str, Decimal]:
        return (line.treatment, line.vat_rate)

    groups = []
    for (treatment, rate), members in groupby(sorted(lines, key=by_group), by_group):
        base = sum((line.net for line in members), ZERO)
        groups.append(
            VatGroup(
                treatment=Treatment(treatment),
                rate=rate,
                base=base,
                vat=percent_of(base, rate),
            )
        )
    net = sum((group.base for group in groups), ZERO)
    vat = sum((group.vat for group in groups), ZERO)
    wallet = (
        sum((line.net for line in lines if line.eligible), ZERO) if via_wallet else ZERO
    )
    return Totals(
        groups=tuple(groups),
        net=net,
        vat=vat,
        gross=net + vat,
        wallet=wallet,
        direct=net + vat - wallet,
    )
