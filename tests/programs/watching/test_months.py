"""The registration watch counts months by the calendar (REG-4)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from programs.watching.months import WARN_MONTHS, months_before, warning

BEFORE = {
    "the registration of the brief": (date(2027, 9, 1), 12, date(2026, 9, 1)),
    "to the end of February": (date(2027, 8, 31), 6, date(2027, 2, 28)),
    "to a leap day": (date(2028, 8, 31), 6, date(2028, 2, 29)),
    "from a leap day": (date(2028, 2, 29), 12, date(2027, 2, 28)),
    "a leap day kept": (date(2028, 5, 29), 3, date(2028, 2, 29)),
    "to a month of 30 days": (date(2027, 8, 31), 9, date(2026, 11, 30)),
    "into the year before": (date(2027, 1, 15), 1, date(2026, 12, 15)),
    "no months": (date(2027, 1, 31), 0, date(2027, 1, 31)),
}


@pytest.mark.parametrize(("day", "months", "before"), BEFORE.values(), ids=BEFORE)
def test_months_are_those_of_the_calendar(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize("ends_on", [date(2027, 9, 1), date(2028, 8, 31)])
@pytest.mark.parametrize("months", WARN_MONTHS)
def test_a_warning_stands_from_its_day_on(ends_on: date, months: int) -> None:
    """REG-4: 12, 9, 6, 3 and 1 months before the end."""
    day = months_before(ends_on, months)
    earlier = [0, 12, 9, 6, 3, 1][WARN_MONTHS.index(months)] or None

    assert warning(ends_on, on=day) == months
    assert warning(ends_on, on=day - timedelta(days=1)) == earlier


def test_on_the_last_day_it_still_holds_and_then_it_ended() -> None:
    ends_on = date(2027, 9, 1)

    assert warning(ends_on, on=ends_on) == 1
    assert warning(ends_on, on=ends_on + timedelta(days=1)) == 0
