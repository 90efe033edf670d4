"""A year or quarter is its first and last day."""

from __future__ import annotations

from datetime import date

import pytest

from ownyourstory.quarters import period_days

CASES = {
    "a year": ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    "first quarter": ("2026-1", date(2026, 1, 1), date(2026, 3, 31)),
    "second quarter": ("2026-2", date(2026, 4, 1), date(2026, 6, 30)),
    "third quarter": ("2026-3", date(2026, 7, 1), date(2026, 9, 30)),
    "fourth quarter": ("2026-4", date(2026, 10, 1), date(2026, 12, 31)),
}


@pytest.mark.parametrize(("period", "first", "last"), CASES.values(), ids=CASES)
def test_period_days(period: str, first: date, last: date) -> None:
    assert period_days(period) == (first, last)


@pytest.mark.parametrize("period", ["", "26", "2026-0", "2026-5", "2026-1x", "9999"])
def test_anything_else_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match="not a year or quarter"):
        period_days(period)
