"""Which reminder has its turn, and on what day.

Pure. PAY-2 and INV-8 in docs/rules.md. A business is reminded on days counted from the
last day to pay. A consumer is reminded once for nothing; what comes after that is
counted from the reminder before it, as it went out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .costs import free_until


class Audience(StrEnum):
    """Who is reminded: the law keeps them apart."""

    BUSINESS = "business"
    CONSUMER = "consumer"


@dataclass(frozen=True, slots=True)
class Level:
    """A reminder in a row of reminders, the ``step``-th, with the days of the plan."""

    step: int
    days: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds between reminders: days at least, and a consumer's days to pay."""

    least_between: int
    days_to_pay: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A reminder that is to go out on ``goes_on``."""

    step: int
    goes_on: date


def next_turn(
    audience: Audience,
    levels: Collection[Level],
    *,
    due_on: date,
    gone: Mapping[int, date],
    passed: Collection[int] = (),
    promised: date | None = None,
    terms: Terms,
    on: date,
) -> Turn | None:
    """Return the reminder whose turn it is on a day, else the first to come.

    ``gone`` are the steps that went out, with their day, ``passed`` those that were
    taken back, ``promised`` is until when the first one told a consumer to pay without
    costs. ``None`` where no more is to come.
    """
    last = max([*gone, *passed], default=0)
    left = [level for level in levels if level.step > last]
    if audience is Audience.CONSUMER:
        if not gone:
            return _free(left, due_on=due_on, passed=passed)
        return _after_free(left, gone=gone, promised=promised, terms=terms)
    earliest = _after_last(gone, terms)
    turns = [
        Turn(one.step, max(due_on + timedelta(days=one.days), earliest or due_on))
        for one in left
    ]
    come = [turn for turn in turns if turn.goes_on <= on]
    if come:
        # Whoever was not there on the days sends one letter, the most urgent.
        return max(come, key=lambda turn: turn.step)
    return min(turns, key=lambda turn: (turn.goes_on, turn.step), default=None)


def _free(
    left: Collection[Level], *, due_on: date, passed: Collection[int]
) -> Turn | None:
    """Return a consumer's free reminder, which comes before all others."""
    level = min(left, key=lambda one: one.step, default=None)
    if level is None or level.step != 1 or passed:
        return None
    return Turn(level.step, due_on + timedelta(days=level.days))


def _after_free(
    left: Collection[Level],
    *,
    gone: Mapping[int, date],
    promised: date | None,
    terms: Terms,
) -> Turn | None:
    """Return a consumer's next reminder, never within the free days."""
    level = min(left, key=lambda one: one.step, default=None)
    if level is None:
        return None
    free = free_until(gone[min(gone)], days_to_pay=terms.days_to_pay, promised=promised)
    days = max(level.days, terms.least_between)
    after = max(gone.values()) + timedelta(days=days)
    return Turn(level.step, max(after, free + timedelta(days=1)))


def _after_last(gone: Mapping[int, date], terms: Terms) -> date | None:
    if not gone:
        return None
    return max(gone.values()) + timedelta(days=terms.least_between)
