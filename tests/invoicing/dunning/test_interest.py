"""Interest is simple, by the day, at the rate of each half-year. INV-8."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clients.validity import Window
from invoicing.dunning.interest import (
    Came,
    HalfYear,
    Rate,
    Stretch,
    interest,
    stretches,
)

FIRST_HALF = Rate(Window(date(2026, 1, 1), date(2026, 6, 30)), Decimal("10.5"))
SECOND_HALF = Rate(Window(date(2026, 7, 1), date(2026, 12, 31)), Decimal(10))
BOTH = [FIRST_HALF, SECOND_HALF]
OPEN_ENDED = [Rate(Window(date(2027, 1, 1)), Decimal(10))]

AMOUNTS = {
    # 1,000 × 10.5 % × 21 / 365 = 6.0410…
    "three weeks": ((date(2026, 4, 2), date(2026, 4, 22), 1000), BOTH, "6.04"),
    "one day": ((date(2026, 4, 2), date(2026, 4, 2), 1000), BOTH, "0.29"),
    # 1,000 × (10.5 × 10 + 10 × 15) / 36,500 = 6.9863…
    "over the half-year": ((date(2026, 6, 21), date(2026, 7, 15), 1000), BOTH, "6.99"),
    # 0.0144 and 0.0137: rounded apart they would make 0.02.
    "rounded once": ((date(2026, 6, 30), date(2026, 7, 1), 50), BOTH, "0.03"),
    # 28 and 29 February, 1 March 2028: three days. 3,650 × 10 % × 3 / 365
    "29 February": (
        (date(2028, 2, 28), date(2028, 3, 1), 3650),
        OPEN_ENDED,
        "3.00",
    ),
    # 18.25 × 10 % × 1 / 365 = 0.005
    "half a cent": (
        (date(2028, 2, 28), date(2028, 2, 28), "18.25"),
        OPEN_ENDED,
        "0.01",
    ),
}


@pytest.mark.parametrize(("late", "rates", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def test_interest_to_the_cent(
    late: tuple[date, date, int | Decimal], rates: list[Rate], expected: str
) -> None:
    stretch = Stretch(late[0], late[1], Decimal(late[2]))

    assert interest([stretch], rates=rates).amount == Decimal(expected)


def test_nothing_is_claimed_while_a_rate_is_missing() -> None:
    """INV-8: no rate is ever guessed."""
    late = [Stretch(date(2026, 6, 1), date(2027, 1, 2), Decimal(1000))]

    found = interest(late, rates=[FIRST_HALF])

    assert found.amount == 0
    assert found.missing == (HalfYear(2026, 2), HalfYear(2027, 1))


def test_a_rate_for_part_of_a_half_year_leaves_that_half_year_missing() -> None:
    rate = Rate(Window(date(2026, 1, 1), date(2026, 3, 31)), Decimal(10))
    late = [Stretch(date(2026, 3, 1), date(2026, 4, 1), Decimal(1000))]

    assert interest(late, rates=[rate]).missing == (HalfYear(2026, 1),)


FIRST, LAST = date(2026, 4, 2), date(2026, 4, 22)
PAID = {
    "nothing came": ([], [(2, 22, 100)]),
    "before the last day to pay": ([(1, 50)], [(2, 22, 100)]),
    "a part came late": ([(10, 50)], [(2, 10, 150), (11, 22, 100)]),
    "two parts on a day": ([(10, 50), (10, 25)], [(2, 10, 175), (11, 22, 100)]),
    "on the first day late": ([(2, 50)], [(2, 2, 150), (3, 22, 100)]),
    "on the day of the reminder": ([(22, 50)], [(2, 22, 150)]),
    "some went back": ([(10, -50)], [(2, 10, 50), (11, 22, 100)]),
}


@pytest.mark.parametrize(("came", "expected"), PAID.values(), ids=PAID)
def test_what_was_owed_when(
    came: list[tuple[int, int]], expected: list[tuple[int, int, int]]
) -> None:
    payments = [Came(date(2026, 4, day), Decimal(amount)) for day, amount in came]

    found = stretches(Decimal(100), came=payments, first=FIRST, last=LAST)

    assert [(one.first.day, one.last.day, int(one.amount)) for one in found] == expected
