"""Which days the accountant has, and as of when. Pure; EXP-1 in docs/rules.md."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from .period import Period

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handed:
    """Days that are in a pack, and until when the accountant knows of them.

    With ``made_at`` of a pack also what a pack is, for ``before``.
    """

    period: Period
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Before:
    """What was handed over before a pack, in order of days.

    ``handed`` are all days that are in an older pack, of whatever period; ``never``
    those of the period itself that are in none, where others of it are.
    """

    handed: tuple[Handed, ...] = ()
    never: tuple[Period, ...] = ()


def before(period: Period, packs: Collection[Handed]) -> Before:
    """Return what the accountant has of ``packs`` when ``period`` is handed over.

    A day of ``period`` he has as in the newest pack with that day. Any other day he
    knows of since the newest pack of another period: each tells what changed of all
    days handed over before it. A pack that is made again tells the same again.
    """
    others = [pack.made_at for pack in packs if pack.period != period]
    handed: list[Handed] = []
    never: list[Period] = []
    for days in _pieces([period, *(pack.period for pack in packs)]):
        is_own = period.first <= days.first <= period.until
        holding = [pack.made_at for pack in packs if _holds(pack.period, days)]
        if holding:
            handed.append(Handed(days, max(holding if is_own else others)))
        elif is_own:
            never.append(days)
    if not any(_holds(period, one.period) for one in handed):
        never = []
    return Before(tuple(_joined(handed)), tuple(never))


def _pieces(periods: Collection[Period]) -> Iterator[Period]:
    """Yield stretches of days, each wholly inside or outside of each of ``periods``."""
    starts: set[date] = set()
    for one in periods:
        starts |= {one.first, one.until + DAY}
    ordered = sorted(starts)
    for first, following in pairwise(ordered):
        yield Period(first, following - DAY)


def _holds(outer: Period, inner: Period) -> bool:
    return outer.first <= inner.first and inner.until <= outer.until


def _joined(handed: Collection[Handed]) -> Iterator[Handed]:
    """Yield ``handed`` with neighbours of the same moment taken together."""
    last: Handed | None = None
    for one in handed:
        if (
            last
            and last.made_at == one.made_at
            and last.period.until + DAY == one.period.first
        ):
            last = Handed(Period(last.period.first, one.period.until), one.made_at)
            continue
        if last:
            yield last
        last = one
    if last:
        yield last
