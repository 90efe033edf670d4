"""The days of the sample training, and moments on them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
AGREED, FIRST_DAY, LAST_DAY = date(2026, 2, 20), date(2026, 3, 12), date(2026, 3, 19)
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
"""Two days on which the sample training can be invoiced."""


def noon(day: date) -> datetime:
    """Return the middle of ``day`` in Belgium."""
    return datetime.combine(day, time(12), tzinfo=BRUSSELS)
