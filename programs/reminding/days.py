"""On which days a client is reminded, and of which reminder it is the turn.

Pure. DOS-2 to DOS-5 in docs/rules.md. Before a last day days are counted back; a
payment order has none of its own (DOS-4), there they are counted from the subsidy.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from programs.timetable import Kind

LONGEST = 365
"""The furthest from a last day that a reminder goes out, in days."""

MOST = 6
"""More than these reminders of one thing would be a nuisance."""


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One reminder: it goes out on ``goes_on``, and after ``last_day`` never.

    ``days`` are those of the plan, before the last day or after the subsidy.
    """

    goes_on: date
    kind: Kind
    days: int
    last_day: date


def read_days(text: str) -> tuple[int, ...]:
    """Return the days that somebody typed, ``7, 3 and 1`` too, the longest first.

    Raises ValueError if there is none, too many, or one that is too long.
    """
    days = sorted({int(number) for number in re.findall(r"\d+", text)}, reverse=True)
    is_odd = re.search(r"-\s*\d|\d[.]\d", text)
    if is_odd or not 0 < len(days) <= MOST or days[0] > LONGEST:
        raise ValueError(f"no days to remind on: {text}")
    return tuple(days)


def before(kind: Kind, last_day: date, *, days: Iterable[int]) -> list[Turn]:
    """Return the turns ``days`` before a last day, the first one first."""
    return sorted(
        Turn(last_day - timedelta(days=count), kind, count, last_day) for count in days
    )


def after_subsidy(
    subsidised_on: date, *, days: Iterable[int], last_day: date
) -> list[Turn]:
    """Return the turns ``days`` after the subsidy was added (DOS-4).

    None after ``last_day``, on which the wallet must have paid (DOS-5).
    """
    turns = (
        Turn(subsidised_on + timedelta(days=count), Kind.ORDER, count, last_day)
        for count in days
    )
    return sorted(turn for turn in turns if turn.goes_on <= last_day)


def whose_turn(turns: Collection[Turn], *, on: date) -> Turn | None:
    """Return the turn to take on a day: the latest that has come, ``None`` for none.

    Those before it are passed over: whoever was not there on their day sends one
    reminder, the most urgent, and never one after the last day.
    """
    come = [turn for turn in turns if turn.goes_on <= on <= turn.last_day]
    return max(come, default=None)


def coming(turns: Collection[Turn], *, on: date, until: date) -> list[Turn]:
    """Return the turns to come from ``on`` to ``until``, with the one whose turn it is.

    Each with the day on which it would really go out, the first one first.
    """
    ahead = [turn for turn in turns if on < turn.goes_on <= until]
    now = whose_turn(turns, on=on)
    return sorted([*ahead, *([now] if now else [])])
