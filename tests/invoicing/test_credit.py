"""Crediting in parts comes to exactly the line, never more (INV-4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.documents.credit import Left, left_of, part_of
from invoicing.documents.totals import PricedLine, spread
from invoicing.documents.vat import Treatment
from ownyourstory.money import CENT, ZERO


def _line(quantity: str, price: str, discount: str = "0") -> PricedLine:
    return PricedLine(
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        discount=Decimal(discount),
        treatment=Treatment.STANDARD,
        vat_rate=Decimal(21),
        eligible=True,
    )


CASES = {
    "all of it": (_line("2", "600", "100"), ["2"], ["1100.00"]),
    "half, and the discount by half": (
        _line("2", "600", "100"),
        ["1", "1"],
        ["550.00", "550.00"],
    ),
    "rounding up three times would be a cent too much": (
        _line("3", "33.335"),
        ["1", "1", "1"],
        ["33.34", "33.34", "33.33"],
    ),
    "rounding down three times would be a cent short": (
        _line("3", "0.333"),
        ["1", "1", "1"],
        ["0.33", "0.33", "0.34"],
    ),
}


@pytest.mark.parametrize(("line", "quantities", "nets"), CASES.values(), ids=CASES)
def test_parts_come_to_the_line(
    line: PricedLine, quantities: list[str], nets: list[str]
) -> None:
    credited: list[PricedLine] = []
    for quantity in quantities:
        left = left_of(line, credited=credited)
        credited.append(part_of(line, quantity=Decimal(quantity), left=left))

    assert [str(part.net) for part in credited] == nets
    assert left_of(line, credited=credited) == Left(Decimal(0), ZERO)


@pytest.mark.parametrize("quantity", ["0", "-1", "1.0001"])
def test_no_more_than_is_left_can_be_credited(quantity: str) -> None:
    left = Left(Decimal(1), Decimal(600))

    with pytest.raises(ValueError, match="cannot credit"):
        part_of(_line("2", "600"), quantity=Decimal(quantity), left=left)


quantities = st.decimals("0.0001", "500", places=4)
prices = st.decimals("0.01", "5000", places=6)


@settings(max_examples=1000, deadline=None)
@given(st.lists(quantities, min_size=1, max_size=5), prices, st.data())
def test_any_parts_come_to_the_line_and_never_more(
    taken: list[Decimal], price: Decimal, data: st.DataObject
) -> None:
    whole = PricedLine(
        quantity=sum(taken, Decimal(0)),
        unit_price=price,
        discount=ZERO,
        treatment=Treatment.STANDARD,
        vat_rate=Decimal(21),
        eligible=True,
    )
    share = data.draw(st.decimals(ZERO, whole.net, places=2))
    credited: list[PricedLine] = []

    for quantity in taken:
        left = left_of(whole, credited=credited, share=share)
        part = part_of(whole, quantity=quantity, left=left, share=share)
        assert ZERO <= part.net <= left.net
        assert part.discount >= 0
        credited.append(part)

    assert sum((part.net for part in credited), ZERO) == whole.net - share


cents = st.decimals("0.00", "9999", places=2)


@settings(max_examples=1000, deadline=None)
@given(st.lists(cents, min_size=1, max_size=12), st.data())
def test_a_discount_is_spread_without_losing_a_cent(
    over: list[Decimal], data: st.DataObject
) -> None:
    amount = data.draw(st.decimals(ZERO, sum(over, ZERO), places=2))

    shares = spread(amount, over=over)

    assert sum(shares, ZERO) == amount
    assert all(ZERO <= share <= part for share, part in zip(shares, over, strict=True))
    assert all(share % CENT == 0 for share in shares)


def test_no_more_discount_than_there_are_lines() -> None:
    with pytest.raises(ValueError, match="cannot take"):
        spread(Decimal("10.01"), over=[Decimal(10)])
