"""The days of the example office, counted from the day it is put in.

Pure.
"""

from __future__ import annotations

from datetime import date, timedelta

PAST_REGISTRATION = (date(2027, 8, 30), date(2027, 9, 6))
"""Two days of one course, with the end of the registration (REG-2) between them."""

LAST_DAY = date(2027, 7, 1)
"""The example office stays on this day for ever, within its registration."""


def workday(today: date, offset: int) -> date:
    """Return the day ``offset`` working days from ``today``: -1 is the one before.

    On a weekend counting starts from the Friday before, so that an ``offset`` up
    to zero never lies in the future and no two offsets share a day.
    """
    day = today - timedelta(days=max(0, today.weekday() - 4))
    step = timedelta(days=1 if offset > 0 else -1)
    for _ in range(abs(offset)):
        day += step
        while day.weekday() > 4:
            day += step
    return day
