"""Interest on what is paid late: simple, a day at a time, at dated rates.

Pure; amounts in EUR. INV-8 in docs/rules.md. What is claimed stands in a letter and is
never booked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from clients.validity import Window
from ownyourstory.money import ZERO, to_cents

DAYS_A_YEAR = 365
"""Also in a leap year: 29 February is a day like the others."""

DAY = timedelta(days=1)
HALF_YEARS = {1: (1, 1, 6, 30), 2: (7, 1, 12, 31)}


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly rate (10.5 means 10.5 %) and the days on which it holds."""

    window: Window
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Came:
    """Money that came in on a day; below zero where it went back."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """The half of a year for which a rate is published: ``half`` is 1 or 2."""

    year: int
    half: int

    @classmethod
    def of(cls, day: date) -> HalfYear:
        """Return the half-year in which ``day`` lies."""
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def window(self) -> Window:
        """The days of the half-year."""
        month, day, last_month, last_day = HALF_YEARS[self.half]
        return Window(
            date(self.year, month, day), date(self.year, last_month, last_day)
        )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row, both ends included, on which ``amount`` was owed late."""

    first: date
    last: date
    amount: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Interest:
    """What the interest comes to; nothing where a rate is ``missing``.

    No rate is guessed: as long as one half-year lacks its rate none is claimed.
    """

    amount: Decimal
    missing: tuple[HalfYear, ...] = ()


def stretches(
    open_now: Decimal, *, came: Iterable[Came], first: date, last: date
) -> Iterator[Stretch]:
    """Yield what was owed late from ``first`` to ``last``, as long as it was the same.

    Counted back from ``open_now``: what came on a day was owed up to and including
    that day. What was credited or let go bears no interest at all.
    """
    late = sorted((one for one in came if one.on >= first), key=lambda one: one.on)
    ends = sorted({one.on for one in late if one.on < last} | {last})
    start = first
    for end in ends:
        if end < start:
            continue
        owed = open_now + sum((one.amount for one in late if one.on >= end), ZERO)
        if owed > ZERO:
            yield Stretch(start, end, owed)
        start = end + DAY


def interest(late: Iterable[Stretch], *, rates: Collection[Rate]) -> Interest:
    """Return the interest over all of ``late``, rounded once, half up to the cent."""
    total, missing = Fraction(0), set()
    for stretch in late:
        for part in _by_rate(stretch, rates):
            rate = _rate_on(part.first, rates)
            if rate is None:
                missing.add(HalfYear.of(part.first))
            else:
                total += (
                    Fraction(part.amount)
                    * Fraction(rate.percent)
                    * Fraction(part.days, 100 * DAYS_A_YEAR)
                )
    if missing:
        return Interest(ZERO, tuple(sorted(missing)))
    # A half cent has three decimals: it is met exactly, and rounded up.
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return Interest(to_cents(exact))


def _by_rate(stretch: Stretch, rates: Collection[Rate]) -> Iterator[Stretch]:
    """Cut a stretch where another rate, or another half-year, begins."""
    starts = {rate.window.start for rate in rates}
    starts |= {rate.window.until + DAY for rate in rates if rate.window.until}
    for year in range(stretch.first.year, stretch.last.year + 1):
        starts |= {HalfYear(year, half).window.start for half in HALF_YEARS}
    cuts = sorted(day for day in starts if stretch.first < day <= stretch.last)
    first = stretch.first
    for cut in cuts:
        yield Stretch(first, cut - DAY, stretch.amount)
        first = cut
    yield Stretch(first, stretch.last, stretch.amount)


def _rate_on(day: date, rates: Collection[Rate]) -> Rate | None:
    return next((rate for rate in rates if day in rate.window), None)
