"""Is a series of numbers whole? Gaps, doubles and dates out of order.

Pure; INV-1 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Flaw(StrEnum):
    """What can be wrong with a series."""

    GAP = "gap"
    DOUBLE = "double"
    DATE = "date"
    WRONG_YEAR = "wrong_year"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Given:
    """A number as it was given: its place in the series and the date it carries."""

    sequence: int
    issued_on: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw, at ``sequence`` of its series (up to ``until`` for a gap)."""

    flaw: Flaw
    sequence: int
    until: int


def flaws(
    given: Iterable[Given], *, year: int, first: int, last: int | None
) -> Iterator[Finding]:
    """Yield what is wrong with the numbers of one series (INV-1).

    ``given`` comes in order of sequence. ``first`` is the number the series starts
    at, ``last`` the one its counter says was given last, ``None`` for none.
    """
    expected, latest = first, date.min
    for number in given:
        at = number.sequence
        if at > expected:
            yield Finding(Flaw.GAP, expected, at - 1)
        elif at < expected:
            yield Finding(Flaw.DOUBLE, at, at)
        if number.issued_on < latest:
            yield Finding(Flaw.DATE, at, at)
        if number.issued_on.year != year:
            yield Finding(Flaw.WRONG_YEAR, at, at)
        expected, latest = max(expected, at + 1), max(latest, number.issued_on)
    counted = first - 1 if last is None else last
    if expected - 1 < counted:
        yield Finding(Flaw.GAP, expected, counted)
    elif expected - 1 > counted:
        yield Finding(Flaw.COUNTER, counted, expected - 1)
