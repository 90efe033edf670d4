"""The periods of the books: which days, which month of which financial year. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ownyourstory.quarters import period_days

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``until``, both included."""

    first: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.first:
            raise ValueError(f"the period ends {self.until}, before {self.first}")

    def __str__(self) -> str:
        return f"{self.first}_{self.until}"

    @property
    def days(self) -> tuple[date, date]:
        """Both ends, for a query over a range."""
        return self.first, self.until


class Preset(StrEnum):
    """The periods that are chosen by name."""

    LAST_QUARTER = "last_quarter"
    THIS_QUARTER = "this_quarter"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"


def period_of(preset: Preset, *, today: date) -> Period:
    """Return the days that ``preset`` means on ``today``."""
    match preset:
        case Preset.THIS_QUARTER:
            return _quarter_of(today)
        case Preset.LAST_QUARTER:
            return _quarter_of(_quarter_of(today).first - timedelta(days=1))
        case Preset.LAST_MONTH:
            until = today.replace(day=1) - timedelta(days=1)
            return Period(until.replace(day=1), until)
        case Preset.THIS_YEAR:
            return Period(*period_days(str(today.year)))
        case Preset.LAST_YEAR:
            return Period(*period_days(str(today.year - 1)))


def _quarter_of(day: date) -> Period:
    return Period(*period_days(f"{day.year}-{quarter(day)}"))


def quarter(day: date) -> int:
    """Return the quarter of ``day``, from 1 to 4."""
    return (day.month + 2) // 3


def financial_month(day: date, *, first_month: int) -> tuple[int, str]:
    """Return the financial year of ``day`` and its month in it, from 01 to 12.

    A year is called after the calendar year in which it begins (EXP-2).
    """
    year = day.year if day.month >= first_month else day.year - 1
    return year, f"{(day.month - first_month) % MONTHS + 1:02d}"


def months(period: Period) -> Iterator[tuple[int, int]]:
    """Yield each month that a period touches, as year and month."""
    year, month = period.first.year, period.first.month
    while (year, month) <= (period.until.year, period.until.month):
        yield year, month
        year, month = (year, month + 1) if month < MONTHS else (year + 1, 1)
