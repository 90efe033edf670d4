"""How many months before its end a registration is to be spoken of (REG-4).

Pure. Months are those of the calendar: a month before 31 March is the last of February.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

WARN_MONTHS = (12, 9, 6, 3, 1)
"""A renewal takes an audit of weeks, and a list of five years of dossiers."""


def months_before(day: date, months: int) -> date:
    """Return the day ``months`` earlier, the last of its month if that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def warning(ends_on: date, *, on: date) -> int | None:
    """Return which warning stands on a day, in months before the end (REG-4).

    The last one whose day has come; 0 once it ended; ``None`` while it is far off.
    """
    if on > ends_on:
        return 0
    come = [months for months in WARN_MONTHS if months_before(ends_on, months) <= on]
    return min(come, default=None)
