"""How long a dossier is kept.

Pure; DOS-9 in docs/rules.md. ``programs.guards`` says the same in SQL.
"""

from __future__ import annotations

from datetime import date


def kept_until(first_day: date, *, years: int) -> date:
    """Return the last day on which nothing of a dossier is deleted (DOS-9).

    ``years`` after the start of the training, that day included.
    """
    try:
        return first_day.replace(year=first_day.year + years)
    except ValueError:  # 29 February, in a year that has none
        return date(first_day.year + years, 2, 28)
