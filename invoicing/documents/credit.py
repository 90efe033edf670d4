"""How much of a line can still be credited, and what crediting a part comes to.

Pure; INV-4 in docs/rules.md: all credits of a line together never exceed the line,
and crediting all of it in any number of parts comes to exactly the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_UP, Decimal

from ownyourstory.money import ZERO, to_cents

from .totals import PricedLine

PRICE_DIGITS = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Left:
    """What has not been credited of a line: a quantity, and EUR excl. VAT."""

    quantity: Decimal
    net: Decimal


def left_of(
    line: PricedLine, *, credited: Iterable[PricedLine], share: Decimal = ZERO
) -> Left:
    """Return what is left of ``line`` after what was ``credited`` of it.

    ``share`` is what the discount on the whole invoice took off the line (EUR).
    """
    parts = list(credited)
    return Left(
        quantity=line.quantity - sum((part.quantity for part in parts), Decimal(0)),
        net=line.net - share - sum((part.net for part in parts), ZERO),
    )


def part_of(
    line: PricedLine, *, quantity: Decimal, left: Left, share: Decimal = ZERO
) -> PricedLine:
    """Return the line of a credit note that takes back ``quantity`` of ``line``.

    Its price is that of the line; a discount brings it to its part of what the
    line came to. The last part takes all that is left, whatever was rounded before.

    Raises ValueError if the quantity is not above zero, or more than is left.
    """
    if not 0 < quantity <= left.quantity:
        raise ValueError(f"cannot credit {quantity} of {left.quantity}")
    if quantity == left.quantity:
        net = left.net
    else:
        net = min(to_cents((line.net - share) * quantity / line.quantity), left.net)
    at_price = to_cents(quantity * line.unit_price)
    part = replace(line, quantity=quantity, discount=max(at_price - net, ZERO))
    if part.net == net:
        return part
    # Rounding left more than the price comes to: the price itself has to give, and
    # where a long line makes too much of its last digit, a discount takes that off.
    price = (net / quantity).quantize(PRICE_DIGITS, rounding=ROUND_UP)
    too_much = max(to_cents(quantity * price) - net, ZERO)
    part = replace(line, quantity=quantity, unit_price=price, discount=too_much)
    if part.net != net:
        raise ValueError(f"no price makes {net} of {quantity}")
    return part
