"""What is expected on each road, and what to do where money went astray (PAY-2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoicing.receipts.standing import (
    Advice,
    Due,
    Split,
    Standing,
    State,
    advice,
    direct_due_on,
    expected,
    standing,
    state,
)

D = Decimal
DUE = date(2026, 4, 1)
NONE = Split(D(0), D(0))

EXPECTED = {
    "as it asked": (NONE, "0", False, Split(D(600), D(126))),
    "less what was credited": (Split(D(200), D(42)), "0", False, Split(D(400), D(84))),
    "all of it credited": (Split(D(600), D(126)), "0", False, NONE),
    "the dossier ended: all is owed directly": (NONE, "0", True, Split(D(0), D(726))),
    "it ended after a part came": (NONE, "250", True, Split(D(250), D(476))),
    "it ended after more came than asked": (NONE, "650", True, Split(D(600), D(126))),
    "it ended and was credited": (
        Split(D(200), D(42)),
        "100",
        True,
        Split(D(100), D(384)),
    ),
}


@pytest.mark.parametrize(
    ("credited", "came", "is_over", "split"), EXPECTED.values(), ids=EXPECTED
)
def test_what_is_expected_on_each_road(
    credited: Split, came: str, is_over: bool, split: Split
) -> None:
    """INV-6, and DOS-6: an ended dossier changes nothing in what is owed in all."""
    found = expected(
        Split(D(600), D(126)),
        credited=credited,
        wallet_came=D(came),
        wallet_is_over=is_over,
    )

    assert found == split


TERMS = {
    "nothing ended": (None, DUE),
    "ended long before it is due": (date(2026, 2, 1), DUE),
    "ended the day before it is due": (date(2026, 3, 31), date(2026, 4, 30)),
    "ended long after": (date(2026, 7, 1), date(2026, 7, 31)),
}


@pytest.mark.parametrize(("ended_on", "due_on"), TERMS.values(), ids=TERMS)
def test_what_the_wallet_no_longer_pays_gets_a_term_of_its_own(
    ended_on: date | None, due_on: date
) -> None:
    assert direct_due_on(DUE, wallet_ended_on=ended_on, term_days=30) == due_on


STATES = {
    "nothing came": ("121", "0", State.OPEN),
    "part came": ("121", "120.99", State.PART),
    "all came": ("121", "121", State.SETTLED),
    "nothing is expected": ("0", "0", State.SETTLED),
    "a cent too much came": ("121", "121.01", State.TOO_MUCH),
    "it came and was credited": ("0", "121", State.TOO_MUCH),
}


@pytest.mark.parametrize(("asked", "came", "found"), STATES.values(), ids=STATES)
def test_each_receipt_has_a_state_of_its_own(
    asked: str, came: str, found: State
) -> None:
    assert state(expected=D(asked), settled=D(came)) == found


ADVICE: dict[str, tuple[Split, Split, list[tuple[Advice, Decimal]]]] = {
    "all is well": (NONE, Split(D(600), D(126)), []),
    "still to come": (Split(D(600), D(126)), NONE, []),
    "the wallet's part came directly": (
        Split(D(600), D(-600)),
        Split(D(0), D(726)),
        [(Advice.DIRECT_FOR_WALLET, D(600))],
    ),
    "more came directly than both": (
        Split(D(600), D(-650)),
        Split(D(0), D(776)),
        [(Advice.DIRECT_FOR_WALLET, D(600)), (Advice.PAY_BACK_DIRECT, D(50))],
    ),
    "the wallet paid the VAT too": (
        Split(D(-126), D(126)),
        Split(D(726), D(0)),
        [(Advice.WALLET_FOR_DIRECT, D(126))],
    ),
    "too much came directly": (
        Split(D(0), D(-26)),
        Split(D(600), D(152)),
        [(Advice.PAY_BACK_DIRECT, D(26))],
    ),
    "the wallet paid what was credited": (
        Split(D(-600), D(0)),
        Split(D(600), D(0)),
        [(Advice.PAY_BACK_WALLET, D(600))],
    ),
    "two cents short": (
        Split(D(0), D("0.02")),
        Split(D(600), D("125.98")),
        [(Advice.LET_GO_DIRECT, D("0.02"))],
    ),
    "as much as may be let go too much": (
        Split(D(-1), D(0)),
        Split(D(601), D(126)),
        [(Advice.LET_GO_WALLET, D(-1))],
    ),
    "a cent more than may be let go": (
        Split(D("-1.01"), D(0)),
        Split(D("601.01"), D(126)),
        [(Advice.PAY_BACK_WALLET, D("1.01"))],
    ),
    "cents of which nothing came": (Split(D(0), D("0.50")), Split(D(0), D(0)), []),
}


@pytest.mark.parametrize(("still", "came", "said"), ADVICE.values(), ids=ADVICE)
def test_what_to_do_where_money_does_not_fit(
    still: Split, came: Split, said: list[tuple[Advice, Decimal]]
) -> None:
    assert list(advice(still, came=came, most_let_go=D(1))) == said


def due(still: str, came: str, day: date = DUE) -> Due:
    return Due(expected=D(still) + D(came), open=D(still), came=D(came), due_on=day)


STANDINGS = {
    "nothing came yet": ([due("600", "0"), due("126", "0")], DUE, Standing.OPEN),
    "one road is in": ([due("600", "0"), due("0", "126")], DUE, Standing.PART),
    "both are in": ([due("0", "600"), due("0", "126")], DUE, Standing.PAID),
    "all of it credited before anything came": (
        [due("0", "0"), due("0", "0")],
        DUE,
        Standing.NOTHING,
    ),
    "the day after one was due": (
        [due("600", "0", date(2027, 12, 31)), due("126", "0")],
        date(2026, 4, 2),
        Standing.OVERDUE,
    ),
    "too much on one road": (
        [due("0", "600"), due("-1", "127")],
        DUE,
        Standing.TOO_MUCH,
    ),
    "too much on one road, nothing on the other": (
        [due("600", "0"), due("-600", "726")],
        DUE,
        Standing.TOO_MUCH,
    ),
}


@pytest.mark.parametrize(("roads", "on", "found"), STANDINGS.values(), ids=STANDINGS)
def test_how_the_money_of_an_invoice_stands(
    roads: list[Due], on: date, found: Standing
) -> None:
    """PAY-2: paid is both roads in, and the due day itself is in time."""
    assert standing(roads, on=on) == found
