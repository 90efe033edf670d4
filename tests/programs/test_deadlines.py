"""Last days, each of them still in time."""

from __future__ import annotations

from datetime import date

import pytest

from programs.deadlines import apply_by, contribution_by, issue_by, wallet_pays_by

APPLY = {
    "in March": (date(2026, 3, 12), date(2026, 3, 26)),
    "into the next month": (date(2026, 2, 20), date(2026, 3, 6)),
    "over a leap day": (date(2028, 2, 20), date(2028, 3, 5)),
    "into the next year": (date(2026, 12, 20), date(2027, 1, 3)),
}


@pytest.mark.parametrize(("starts", "last"), APPLY.values(), ids=APPLY)
def test_apply_until_day_14_the_start_being_day_0(starts: date, last: date) -> None:
    """DOS-2: day 14 is in time, day 15 is not."""
    assert apply_by(starts, within_days=14) == last


@pytest.mark.parametrize(
    ("days", "last"), [(14, date(2027, 1, 3)), (30, date(2027, 1, 19))]
)
def test_contribute_within_the_days_of_the_terms(days: int, last: date) -> None:
    """DOS-3."""
    assert contribution_by(date(2026, 12, 20), within_days=days) == last


@pytest.mark.parametrize("applied", [date(2026, 1, 1), date(2026, 12, 31)])
def test_the_wallet_pays_by_the_end_of_the_year_after(applied: date) -> None:
    """DOS-5."""
    assert wallet_pays_by(applied, years=1) == date(2027, 12, 31)


ISSUE = {
    "first of a month": (date(2026, 3, 1), date(2026, 4, 15)),
    "last of a long month": (date(2026, 3, 31), date(2026, 4, 15)),
    "last of January": (date(2026, 1, 31), date(2026, 2, 15)),
    "leap day": (date(2028, 2, 29), date(2028, 3, 15)),
    "end of February": (date(2026, 2, 28), date(2026, 3, 15)),
    "December": (date(2026, 12, 1), date(2027, 1, 15)),
    "New Year's Eve": (date(2026, 12, 31), date(2027, 1, 15)),
}


@pytest.mark.parametrize(("service", "last"), ISSUE.values(), ids=ISSUE)
def test_issue_by_the_15th_of_the_month_after(service: date, last: date) -> None:
    """INV-5."""
    assert issue_by(service) == last
