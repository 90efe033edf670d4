"""The amounts of a document, worked out once and then only copied.

Pure; VAT-1 (where is rounded), SUB-2 (what is eligible) and INV-6 (who pays what)
in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from itertools import groupby

from ownyourstory.money import CENT, ZERO, percent_of, to_cents

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
    """One VAT treatment at one rate: its taxable base and its VAT, in EUR.

    ``discount`` is the share of the document's discount that was taken off the
    lines of the group to come to ``base``.
    """

    treatment: Treatment
    rate: Decimal
    base: Decimal
    vat: Decimal
    discount: Decimal = ZERO

    @property
    def category(self) -> str:
        """The e-invoice category, such as ``S``."""
        return CATEGORY[self.treatment]


@dataclass(frozen=True, slots=True)
class Totals:
    """All amounts of a document in EUR; ``groups`` in a fixed order.

    ``net`` is what remains of the lines after ``discount``, the discount on the
    whole document. ``wallet`` is what the wallet pays, ``direct`` what the client
    transfers; together they are ``gross``.
    """

    groups: tuple[VatGroup, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    wallet: Decimal
    direct: Decimal
    discount: Decimal = ZERO

    @property
    def subtotal(self) -> Decimal:
        """The sum of the lines before the discount on the whole document."""
        return self.net + self.discount


def totals(
    lines: Sequence[PricedLine], *, via_wallet: bool, discount: Decimal = ZERO
) -> Totals:
    """Return the totals of ``lines`` (VAT-1), split as INV-6 where the wallet pays.

    VAT is rounded once per (treatment, rate), never per line. Through the wallet
    goes the eligible amount excl. VAT, after discounts; the rest, VAT included, is
    paid directly. ``discount`` (EUR) is taken off the lines as ``spread`` has it.

    Raises ValueError if the discount is negative or more than the lines.
    """
    shares = spread(discount, over=[line.net for line in lines])
    shared = sorted(zip(lines, shares, strict=True), key=_by_group)
    groups = []
    for (treatment, rate), members in groupby(shared, _by_group):
        nets, taken = zip(*((line.net, share) for line, share in members), strict=True)
        base = sum(nets, ZERO) - sum(taken, ZERO)
        groups.append(
            VatGroup(
                treatment=Treatment(treatment),
                rate=rate,
                base=base,
                vat=percent_of(base, rate),
                discount=sum(taken, ZERO),
            )
        )
    net = sum((group.base for group in groups), ZERO)
    vat = sum((group.vat for group in groups), ZERO)
    wallet = sum(
        (line.net - share for line, share in shared if via_wallet and line.eligible),
        ZERO,
    )
    return Totals(
        groups=tuple(groups),
        net=net,
        vat=vat,
        gross=net + vat,
        wallet=wallet,
        direct=net + vat - wallet,
        discount=discount,
    )


def spread(amount: Decimal, *, over: Sequence[Decimal]) -> list[Decimal]:
    """Return ``amount`` (EUR) in shares in proportion to ``over``, to the last cent.

    Each share is a number of cents and none is more than what it is taken from; the
    cents that rounding down leaves go to the shares that lost most by it.

    Raises ValueError if the amount is negative or more than there is.
    """
    if not amount:
        return [ZERO for _ in over]
    whole = sum(over, ZERO)
    if not ZERO <= amount <= whole:
        raise ValueError(f"cannot take {amount} from {whole}")
    exact = [amount * part / whole for part in over]
    shares = [share.quantize(CENT, rounding=ROUND_DOWN) for share in exact]
    by_loss = sorted(
        range(len(over)), key=lambda at: exact[at] - shares[at], reverse=True
    )
    for at in by_loss[: int((amount - sum(shares, ZERO)) / CENT)]:
        shares[at] += CENT
    return shares


def _by_group(shared: tuple[PricedLine, Decimal]) -> tuple[str, Decimal]:
    line, _share = shared
    return (line.treatment, line.vat_rate)
