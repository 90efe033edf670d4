"""The road of a dossier: its states, and which step may follow which.

Pure; DOS-1 and SUB-3 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum


class State(StrEnum):
    """How far a dossier is. The values are stored."""

    AGREED = "agreed"
    APPLIED = "applied"
    CONTRIBUTED = "contributed"
    SUBSIDISED = "subsidised"
    ORDERED = "ordered"
    PAID = "paid"
    REFUSED_BY_PROVIDER = "refused_by_us"
    REFUSED_BY_AGENCY = "refused"
    STOPPED = "stopped"
    LAPSED = "lapsed"


ROAD = (
    State.AGREED,
    State.APPLIED,
    State.CONTRIBUTED,
    State.SUBSIDISED,
    State.ORDERED,
    State.PAID,
)
"""The steps in order, as long as all goes well."""

ENDS = (
    State.REFUSED_BY_PROVIDER,
    State.REFUSED_BY_AGENCY,
    State.STOPPED,
    State.LAPSED,
)
"""The ends without subsidy."""

OVER = frozenset({State.PAID, *ENDS})
"""Nothing follows these."""

NEEDS_REASON = frozenset(ENDS)
"""Whoever takes one of these says why (DOS-8)."""

AFTER: dict[State, tuple[State, ...]] = {
    State.AGREED: (State.APPLIED, State.STOPPED, State.LAPSED),
    State.APPLIED: (
        State.CONTRIBUTED,
        State.REFUSED_BY_PROVIDER,
        State.REFUSED_BY_AGENCY,
        State.STOPPED,
        State.LAPSED,
    ),
    State.CONTRIBUTED: (
        State.SUBSIDISED,
        State.REFUSED_BY_PROVIDER,
        State.REFUSED_BY_AGENCY,
        State.STOPPED,
        State.LAPSED,
    ),
    State.SUBSIDISED: (State.ORDERED, State.STOPPED, State.LAPSED),
    State.ORDERED: (State.PAID, State.STOPPED),
}
"""What may follow each state; what is missing here is over."""

FROM_PAYMENTS = frozenset({State.PAID})
"""Nobody says these: they follow from the money that came in."""


def next_steps(state: State) -> tuple[State, ...]:
    """Return the steps that may follow ``state``, the one to hope for first (DOS-1)."""
    return AFTER.get(state, ())


def may_follow(state: State, step: State) -> bool:
    """Tell whether ``step`` may be taken in ``state`` (DOS-1)."""
    return step in next_steps(state)


def date_error(step_on: date, *, before: Sequence[date], today: date) -> str:
    """Return the code of what is wrong with the day of a step; empty: nothing.

    A step lies in the past, and not before one that was taken earlier; ``before``
    are the days of those.
    """
    if step_on > today:
        return "future"
    if before and step_on < max(before):
        return "before_last"
    return ""


def takes_room(state: State, *, applied_on: date | None, ended_on: date | None) -> bool:
    """Tell whether a dossier takes room of its year's cap (SUB-3).

    A refused one never does. A stopped or lapsed one gives its room back only within
    the calendar year of its application; one that was never applied for had none.
    """
    if state in {State.REFUSED_BY_PROVIDER, State.REFUSED_BY_AGENCY}:
        return False
    if state in {State.STOPPED, State.LAPSED}:
        if applied_on is None or ended_on is None:
            return False
        return ended_on.year != applied_on.year
    return True
