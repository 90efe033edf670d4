"""Years and their quarters, as first and last day.

Pure; a period is written ``2026`` or ``2026-3``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

QUARTERS = (1, 2, 3, 4)


def period_days(period: str) -> tuple[date, date]:
    """Return the first and the last day of a year or quarter.

    Raises ValueError if ``period`` is neither.
    """
    found = re.fullmatch(r"([12]\d{3})(?:-([1-4]))?", period)
    if found is None:
        raise ValueError(f"not a year or quarter: {period!r}")
    year = int(found[1])
    if found[2] is None:
        return date(year, 1, 1), date(year, 12, 31)
    last_month = 3 * int(found[2])
    last_day = monthrange(year, last_month)[1]
    return date(year, last_month - 2, 1), date(year, last_month, last_day)
