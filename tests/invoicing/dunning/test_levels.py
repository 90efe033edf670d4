"""Which reminder has its turn, for businesses and for consumers apart. INV-8."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from invoicing.dunning.costs import Band, free_until, lump_sum
from invoicing.dunning.levels import Audience, Level, Terms, Turn, next_turn

DUE = date(2026, 4, 1)
BUSINESS = [Level(1, 7), Level(2, 21), Level(3, 35)]
CONSUMER = [Level(1, 7), Level(2, 15), Level(3, 15)]
TERMS = Terms(least_between=7, days_to_pay=14)


def day(late: int) -> date:
    return DUE + timedelta(days=late)


# How late today is; the steps that went, and how late that was; who has its turn.
OF_BUSINESS = {
    "the due day itself": (0, {}, (1, 7)),
    "the day before": (6, {}, (1, 7)),
    "its day": (7, {}, (1, 7)),
    "one went, the next to come": (8, {1: 7}, (2, 21)),
    "the second": (21, {1: 7}, (2, 21)),
    "all at once: the most urgent": (40, {}, (3, 35)),
    "caught up late, the next waits": (30, {2: 30}, (3, 37)),
    "the first went late": (21, {1: 20}, (2, 27)),
    "all went": (90, {1: 7, 2: 21, 3: 35}, None),
    "a higher one went: none below it": (90, {3: 80}, None),
}


@pytest.mark.parametrize(
    ("late", "gone", "expected"), OF_BUSINESS.values(), ids=OF_BUSINESS
)
def test_the_turns_of_a_business(
    late: int, gone: dict[int, int], expected: tuple[int, int] | None
) -> None:
    found = next_turn(
        Audience.BUSINESS,
        BUSINESS,
        due_on=DUE,
        gone={step: day(at) for step, at in gone.items()},
        terms=TERMS,
        on=day(late),
    )

    assert found == (Turn(expected[0], day(expected[1])) if expected else None)


OF_CONSUMER = {
    "however late, the free one first": (400, {}, CONSUMER, (1, 7)),
    "fifteen days after the free one": (22, {1: 7}, CONSUMER, (2, 22)),
    "counted from when it went": (60, {1: 50}, CONSUMER, (2, 65)),
    "never within the free days": (60, {1: 50}, [Level(1, 7), Level(2, 3)], (2, 65)),
    "nor soon after the second": (60, {1: 7, 2: 50}, [Level(3, 3)], (3, 57)),
    "no free one, then none": (60, {}, CONSUMER[1:], None),
}


@pytest.mark.parametrize(
    ("late", "gone", "levels", "expected"), OF_CONSUMER.values(), ids=OF_CONSUMER
)
def test_the_turns_of_a_consumer(
    late: int,
    gone: dict[int, int],
    levels: list[Level],
    expected: tuple[int, int] | None,
) -> None:
    """INV-8: the free reminder and its 14 days come before all costs."""
    found = next_turn(
        Audience.CONSUMER,
        levels,
        due_on=DUE,
        gone={step: day(at) for step, at in gone.items()},
        terms=TERMS,
        on=day(late),
    )

    assert found == (Turn(expected[0], day(expected[1])) if expected else None)


def test_a_consumer_whose_free_reminder_was_taken_back_gets_no_other() -> None:
    found = next_turn(
        Audience.CONSUMER,
        CONSUMER,
        due_on=DUE,
        gone={},
        passed=[1],
        terms=TERMS,
        on=day(90),
    )

    assert found is None


def test_the_free_days_begin_on_the_day_after_the_mail() -> None:
    sent_on = date(2026, 4, 8)

    assert free_until(sent_on, days_to_pay=14) == date(2026, 4, 22)
    for promised, last in {21: 22, 30: 30}.items():
        found = free_until(sent_on, days_to_pay=14, promised=date(2026, 4, promised))
        assert found == date(2026, 4, last)


BANDS = [
    Band(Decimal(0), Decimal(20), Decimal(0), Decimal(20)),
    Band(Decimal(150), Decimal(30), Decimal(10), Decimal(65)),
    Band(Decimal(500), Decimal(65), Decimal(5), Decimal(2000)),
]
LUMP_SUMS = {
    "0.01": "20",
    "150.00": "20",
    "150.01": "30.00",
    "252.00": "40.20",
    "500.00": "65.00",
    "500.01": "65.00",
    "600.00": "70.00",
    "39200.00": "2000",
    "90000.00": "2000",
}


@pytest.mark.parametrize(("owed", "expected"), LUMP_SUMS.items())
def test_the_lump_sum_of_a_consumer(owed: str, expected: str) -> None:
    assert lump_sum(Decimal(owed), bands=BANDS) == Decimal(expected)


def test_without_rows_there_is_no_lump_sum() -> None:
    assert lump_sum(Decimal(100), bands=[]) == 0
