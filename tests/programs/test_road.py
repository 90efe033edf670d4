"""Which step of a dossier may follow which (DOS-1), and what takes room (SUB-3)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from programs.road import (
    AFTER,
    ENDS,
    OVER,
    ROAD,
    State,
    date_error,
    may_follow,
    next_steps,
    takes_room,
)

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def test_the_road_leads_from_agreed_to_paid_and_leaves_out_no_step() -> None:
    assert ROAD[0] is State.AGREED
    assert ROAD[-1] is State.PAID
    for state, step in pairwise(ROAD):
        assert next_steps(state)[0] is step
        for later in ROAD:
            assert may_follow(state, later) is (later is step)


@pytest.mark.parametrize("state", sorted(OVER))
def test_nothing_follows_the_end(state: State) -> None:
    assert next_steps(state) == ()


ENDINGS = {
    State.AGREED: {State.STOPPED, State.LAPSED},
    State.APPLIED: set(ENDS),
    State.CONTRIBUTED: set(ENDS),
    State.SUBSIDISED: {State.STOPPED, State.LAPSED},
    State.ORDERED: {State.STOPPED},
}


@pytest.mark.parametrize(("state", "ends"), ENDINGS.items(), ids=ENDINGS)
def test_where_it_may_end_without_subsidy(state: State, ends: set[State]) -> None:
    """Nobody refuses what was not applied for, nor once the subsidy is there."""
    assert set(AFTER[state]) & set(ENDS) == ends


DAYS = {
    "today": (MONDAY, [], ""),
    "tomorrow": (TUESDAY, [], "future"),
    "the day of the step before": (MONDAY, [MONDAY], ""),
    "the day before that": (
        date(2026, 3, 1),
        [date(2026, 2, 1), MONDAY],
        "before_last",
    ),
}


@pytest.mark.parametrize(("on", "before", "wrong"), DAYS.values(), ids=DAYS)
def test_a_step_lies_between_the_one_before_and_today(
    on: date, before: list[date], wrong: str
) -> None:
    assert date_error(on, before=before, today=MONDAY) == wrong


NEW_YEARS_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
ROOM = {
    "agreed": (State.AGREED, None, None, True),
    "paid": (State.PAID, MONDAY, None, True),
    "refused by us": (State.REFUSED_BY_PROVIDER, MONDAY, NEW_YEAR, False),
    "refused by the agency": (State.REFUSED_BY_AGENCY, MONDAY, NEW_YEAR, False),
    "stopped on the last day of the year": (
        State.STOPPED,
        MONDAY,
        NEW_YEARS_EVE,
        False,
    ),
    "stopped on the first day of the next": (State.STOPPED, MONDAY, NEW_YEAR, True),
    "lapsed in the next year": (State.LAPSED, NEW_YEARS_EVE, NEW_YEAR, True),
    "stopped before it was applied for": (State.STOPPED, None, NEW_YEAR, False),
}


@pytest.mark.parametrize(
    ("state", "applied", "ended", "takes"), ROOM.values(), ids=ROOM
)
def test_what_takes_room_of_the_cap(
    state: State, applied: date | None, ended: date | None, takes: bool
) -> None:
    """SUB-3."""
    assert takes_room(state, applied_on=applied, ended_on=ended) is takes
