"""The amounts of a document: where is rounded (VAT-1) and who pays what (INV-6)."""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.documents.totals import PricedLine, VatGroup, totals
from invoicing.documents.vat import Treatment

D = Decimal
STANDARD, EXEMPT = Treatment.STANDARD, Treatment.EXEMPT_TRAINING


def line(
    unit_price: str,
    *,
    quantity: str = "1",
    discount: str = "0",
    rate: str = "21",
    eligible: bool = False,
) -> PricedLine:
    return PricedLine(
        quantity=D(quantity),
        unit_price=D(unit_price),
        discount=D(discount),
        treatment=STANDARD if D(rate) else EXEMPT,
        vat_rate=D(rate),
        eligible=eligible,
    )


NETS = {
    "one piece": (line("100"), "100.00"),
    "price times quantity": (line("33.33", quantity="3"), "99.99"),
    "half a cent is rounded up": (line("0.335", quantity="3"), "1.01"),
    "below half a cent is not": (line("0.334", quantity="3"), "1.00"),
    "a quarter of an hour": (line("95.50", quantity="0.25"), "23.88"),
    "four and six decimals": (line("0.123456", quantity="1.2345"), "0.15"),
    "less the discount": (line("600", quantity="2", discount="100.50"), "1099.50"),
    "the discount before rounding": (line("1.005", discount="0.01"), "1.00"),
    "nothing is left": (line("50", discount="50"), "0.00"),
}


@pytest.mark.parametrize(("priced", "net"), NETS.values(), ids=NETS)
def test_a_line_is_rounded_once(priced: PricedLine, net: str) -> None:
    """VAT-1."""
    assert str(priced.net) == net


def test_vat_is_rounded_per_group_not_per_line() -> None:
    """VAT-1: three lines of 0.02 would have no VAT one by one."""
    amounts = totals([line("0.02")] * 3, via_wallet=False)

    assert (amounts.net, amounts.vat, amounts.gross) == (
        D("0.06"),
        D("0.01"),
        D("0.07"),
    )


def test_each_rate_and_treatment_is_a_group_in_a_fixed_order() -> None:
    """VAT-1."""
    lines = [line("10", rate="6"), line("100"), line("5", rate="0"), line("1")]

    forward = totals(lines, via_wallet=False)

    assert forward.groups == (
        VatGroup(treatment=EXEMPT, rate=D(0), base=D("5.00"), vat=D("0.00")),
        VatGroup(treatment=STANDARD, rate=D(6), base=D("10.00"), vat=D("0.60")),
        VatGroup(treatment=STANDARD, rate=D(21), base=D("101.00"), vat=D("21.21")),
    )
    assert totals(lines[::-1], via_wallet=False) == forward


@pytest.mark.parametrize("via_wallet", [False, True])
def test_without_lines_everything_is_nothing(*, via_wallet: bool) -> None:
    amounts = totals([], via_wallet=via_wallet)

    assert (amounts.groups, amounts.gross, amounts.wallet) == ((), D("0.00"), D("0.00"))


def test_the_wallet_pays_what_is_eligible_without_vat() -> None:
    """INV-6, SUB-2: VAT and the lunch are paid directly."""
    training = line("600", quantity="2", discount="100", eligible=True)
    lunch = line("22", quantity="2")

    amounts = totals([training, lunch], via_wallet=True)

    assert amounts.wallet == D("1100.00")
    assert amounts.direct == D("284.24")  # 44 + 21 % of 1144
    assert amounts.gross == D("1384.24")


def test_an_ordinary_invoice_is_paid_directly() -> None:
    """INV-6: a line that could be eligible makes no difference."""
    amounts = totals([line("600", eligible=True)], via_wallet=False)

    assert (amounts.wallet, amounts.direct) == (D("0.00"), D("726.00"))


def test_a_discount_on_the_whole_is_taken_off_before_vat_and_wallet() -> None:
    """SUB-2, VAT-1: in proportion to the lines, to the cent."""
    lines = [line("100", eligible=True), line("50"), line("50", rate="6")]

    amounts = totals(lines, via_wallet=True, discount=D("10.01"))

    assert [(group.base, group.discount) for group in amounts.groups] == [
        (D("47.50"), D("2.50")),
        (D("142.49"), D("7.51")),
    ]
    assert amounts.wallet == D("94.99")
    assert amounts.subtotal == D("200.00")
    assert amounts.net == D("189.99")


def test_no_more_can_be_taken_off_than_there_is() -> None:
    with pytest.raises(ValueError, match="cannot take"):
        totals([line("10")], via_wallet=False, discount=D("10.01"))


def test_a_line_below_zero_can_be_looked_at() -> None:
    """Readiness names it; until then a draft with it must open."""
    assert totals([line("1.005", discount="1.01")], via_wallet=False).net == D("-0.01")


RATES = [
    (STANDARD, D(21)),
    (STANDARD, D(12)),
    (STANDARD, D(6)),
    (STANDARD, D("5.5")),
    (EXEMPT, D(0)),
    (Treatment.REVERSE_CHARGE, D(0)),
]


@st.composite
def priced_lines(draw: st.DrawFn) -> PricedLine:
    quantity = draw(st.decimals("0.0001", 1000, places=4))
    unit_price = draw(st.decimals(0, 10_000, places=6))
    most = (quantity * unit_price).quantize(D("0.01"), rounding=ROUND_DOWN)
    treatment, rate = draw(st.sampled_from(RATES))
    return PricedLine(
        quantity=quantity,
        unit_price=unit_price,
        discount=draw(st.decimals(0, most, places=2)),
        treatment=treatment,
        vat_rate=rate,
        eligible=draw(st.booleans()),
    )


@settings(max_examples=1000)
@given(
    lines=st.lists(priced_lines(), max_size=12),
    via_wallet=st.booleans(),
    share=st.decimals(0, 1, places=4),
)
def test_everything_adds_up_to_the_cent(
    lines: list[PricedLine], share: Decimal, *, via_wallet: bool
) -> None:
    """VAT-1, INV-6: whatever the lines and the discount on the whole."""
    nets: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    for each in lines:
        nets[each.treatment, each.vat_rate] += each.net
    whole = sum(nets.values(), D(0))
    discount = (whole * share).quantize(D("0.01"), rounding=ROUND_DOWN)

    amounts = totals(lines, via_wallet=via_wallet, discount=discount)

    found = {(group.treatment, group.rate): group for group in amounts.groups}
    assert found.keys() == nets.keys()
    for key, group in found.items():
        assert group.base + group.discount == nets[key]
        assert group.base >= 0
        assert group.vat == (group.base * group.rate / 100).quantize(
            D("0.01"), rounding=ROUND_HALF_UP
        )
    assert amounts.net == sum(group.base for group in amounts.groups)
    assert amounts.vat == sum(group.vat for group in amounts.groups)
    assert amounts.net + amounts.discount == whole
    assert amounts.net + amounts.vat == amounts.gross
    assert amounts.wallet + amounts.direct == amounts.gross
    assert 0 <= amounts.wallet <= (amounts.net if via_wallet else 0)
