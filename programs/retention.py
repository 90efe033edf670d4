"""How long a dossier is kept.

Pure; DOS-9 in docs/rules.md. ``programs.guards`` says the same in SQL.
"""

from __future__ import annotations

from datetime import date


def kept_until(first_day: date, *, years: int) -> date:
    """Return the last day on which nothing of a dossier is deleted (DOS-9).

    ``years`` after the start of the training, that day included.
    """
    return years_after(first_day, years=years)


def years_after(day: date, *, years: int) -> date:
    """Return the same day ``years`` later; 28 February for a 29th that year has not."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)
