from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from programs.papers.paper import Session
from programs.papers.signing import Part, signing_days

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def session(
    hours: str,
    start: str = "",
    end: str = "",
    *,
    day: date = MONDAY,
) -> Session:
    return Session(
        day=day,
        hours=Decimal(hours),
        starts_at=time.fromisoformat(start) if start else None,
        ends_at=time.fromisoformat(end) if end else None,
    )


TWICE, ONCE = [Part.MORNING, Part.AFTERNOON], [Part.WHOLE]
FIELDS = {
    "a whole day": ([session("6", "09:30", "16:30")], TWICE),
    "a morning": ([session("3.5", "09:00", "12:30")], ONCE),
    "a long afternoon and evening": ([session("5", "13:00", "18:00")], ONCE),
    "a morning that ends at noon": ([session("4.5", "07:30", "12:00")], ONCE),
    "four hours around noon": ([session("4", "10:00", "14:00")], ONCE),
    "a quarter more around noon": ([session("4.25", "10:00", "14:15")], TWICE),
    "a whole day without times": ([session("6")], TWICE),
    "half a day without times": ([session("4")], ONCE),
    "a start without an end": ([session("6", "09:30")], TWICE),
    "two sessions": (
        [session("3", "09:00", "12:00"), session("3", "13:00", "16:00")],
        [*ONCE, *ONCE],
    ),
}


@pytest.mark.parametrize(("sessions", "parts"), FIELDS.values(), ids=FIELDS)
def test_who_is_there_for_a_day_signs_for_both_halves(
    sessions: list[Session], parts: list[Part]
) -> None:
    [day] = signing_days(sessions)

    assert [field.part for field in day.fields] == parts


def test_sessions_of_one_day_share_a_page() -> None:
    sessions = [session("3"), session("2.5"), session("6", day=TUESDAY)]

    days = signing_days(sessions)

    assert [(day.day, day.hours) for day in days] == [
        (MONDAY, Decimal("5.5")),
        (TUESDAY, Decimal(6)),
    ]
    assert [field.session for field in days[0].fields] == sessions[:2]
