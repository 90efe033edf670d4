"""Which reminder has its turn: the most urgent one, never one too late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from programs.reminding.days import (
    Turn,
    after_subsidy,
    before,
    coming,
    read_days,
    whose_turn,
)
from programs.timetable import Kind

LAST = date(2026, 3, 26)
TURNS = before(Kind.APPLY, LAST, days=(7, 3, 1))

READ = {
    "as proposed": ("7, 3, 1", (7, 3, 1)),
    "out of order": ("1 7 3", (7, 3, 1)),
    "in words": ("7, 3 en 1", (7, 3, 1)),
    "twice the same": ("7, 7", (7,)),
    "on the day itself": ("0", (0,)),
    "a year": ("365", (365,)),
}


@pytest.mark.parametrize(("text", "days"), READ.values(), ids=READ)
def test_days_are_read_as_one_types_them(text: str, days: tuple[int, ...]) -> None:
    assert read_days(text) == days


@pytest.mark.parametrize("text", ["", "soon", "366", "-7", "- 7", "1.5", "9" * 30])
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no days"):
        read_days(text)


def test_more_than_six_reminders_are_refused() -> None:
    assert read_days("1 2 3 4 5 6") == (6, 5, 4, 3, 2, 1)
    with pytest.raises(ValueError, match="no days"):
        read_days("1 2 3 4 5 6 7")


TURN = {
    "eight days before": (8, None),
    "seven days before": (7, 7),
    "six days before: the worker was down": (6, 7),
    "three days before": (3, 3),
    "two days before: it was down since day 8": (2, 3),
    "the day before": (1, 1),
    "on the last day": (0, 1),
    "a day too late": (-1, None),
}


@pytest.mark.parametrize(("left", "days"), TURN.values(), ids=TURN)
def test_only_the_most_urgent_has_its_turn(left: int, days: int | None) -> None:
    """DOS-2: never three at once, and never one after the last day."""
    turn = whose_turn(TURNS, on=LAST - timedelta(days=left))

    assert (turn and turn.days) == days


@pytest.mark.parametrize(
    ("last_day", "first"),
    [
        (date(2028, 3, 3), date(2028, 2, 25)),
        (date(2027, 3, 3), date(2027, 2, 24)),
        (date(2027, 1, 3), date(2026, 12, 27)),
    ],
    ids=["over a leap day", "no leap day", "over New Year"],
)
def test_days_are_counted_by_the_calendar(last_day: date, first: date) -> None:
    assert before(Kind.APPLY, last_day, days=(1, 7))[0].goes_on == first


def test_a_forgotten_order_is_reminded_of_after_the_subsidy() -> None:
    """DOS-4: until the day on which the wallet must have paid (DOS-5)."""
    turns = after_subsidy(
        date(2027, 12, 20), days=(7, 14, 11), last_day=date(2027, 12, 31)
    )

    assert [turn.goes_on for turn in turns] == [date(2027, 12, 27), date(2027, 12, 31)]
    assert whose_turn(turns, on=date(2027, 12, 26)) is None
    assert whose_turn(turns, on=date(2027, 12, 30)) == turns[0]
    assert whose_turn(turns, on=date(2027, 12, 31)) == turns[1]
    assert whose_turn(turns, on=date(2028, 1, 1)) is None


def test_the_week_shows_whose_turn_it_is_and_who_follows() -> None:
    on = LAST - timedelta(days=5)

    week = coming(TURNS, on=on, until=on + timedelta(days=6))

    assert [turn.days for turn in week] == [7, 3, 1]
    assert [turn.days for turn in coming(TURNS, on=on, until=on)] == [7]
    assert coming(TURNS, on=LAST + timedelta(days=1), until=date(2027, 1, 1)) == []


def test_turns_are_in_the_order_in_which_they_go_out() -> None:
    later = Turn(date(2026, 3, 2), Kind.APPLY, 1, LAST)
    sooner = Turn(date(2026, 3, 1), Kind.FINISH, 7, LAST)

    assert sorted([later, sooner]) == [sooner, later]
