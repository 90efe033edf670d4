"""The last days of a dossier.

Pure; the numbers of days come from ``SchemeTerms`` rows. DOS-2, DOS-3, DOS-5 and
INV-5 in docs/rules.md. A last day is itself in time.
"""

from __future__ import annotations

from datetime import date, timedelta


def apply_by(first_day: date, *, within_days: int) -> date:
    """Return the last day to apply: the start of the training is day 0 (DOS-2)."""
    return first_day + timedelta(days=within_days)


def contribution_by(applied_on: date, *, within_days: int) -> date:
    """Return the last day for the own contribution after an application (DOS-3)."""
    return applied_on + timedelta(days=within_days)


def wallet_pays_by(applied_on: date, *, years: int) -> date:
    """Return the day by which the training ends and the wallet has paid (DOS-5).

    It is 31 December, ``years`` after the calendar year of the application.
    """
    return date(applied_on.year + years, 12, 31)


def issue_by(service_until: date) -> date:
    """Return the last day to issue: the 15th of the month after the service (INV-5)."""
    first_of_next = (service_until.replace(day=1) + timedelta(days=31)).replace(day=1)
    return first_of_next.replace(day=15)
