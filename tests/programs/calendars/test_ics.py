"""A calendar file is what calendar programs read, and the same bytes each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from programs.calendars.ics import Entry, calendar_file

CHANGED = datetime(2026, 3, 2, 11, 30, 15, 250, tzinfo=UTC)
ENTRY = Entry(
    uid="enrolment-1-apply@dossiers.ownyourstory",
    day=date(2026, 3, 26),
    title="Bäckerei, Brot; & mehr",
    text="Erste Zeile\nzweite \\ Zeile",
    changed_at=CHANGED,
    url="https://example.com/admin/?a=1&b=2",
)


def read(content: bytes) -> Any:
    return Calendar.from_ical(content)


def test_an_entry_is_a_whole_day_that_blocks_nothing() -> None:
    [event] = read(calendar_file([ENTRY], name="Laatste dagen", language="nl")).events

    assert date(2026, 3, 26) == event.DTSTART
    assert date(2026, 3, 27) == event.DTEND
    assert event["SUMMARY"] == ENTRY.title
    assert event["DESCRIPTION"] == ENTRY.text
    assert event["URL"] == ENTRY.url
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["UID"] == ENTRY.uid


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2026, 12, 31)])
def test_a_day_ends_with_the_next_one_of_the_calendar(day: date) -> None:
    entry = Entry("x@y", day, "t", "t", changed_at=CHANGED)

    [event] = read(calendar_file([entry], name="x", language="nl")).events

    assert (day, day + timedelta(days=1)) == (event.DTSTART, event.DTEND)


def test_the_same_entries_give_the_same_bytes_at_any_time() -> None:
    one = calendar_file([ENTRY], name="x", language="nl")

    assert one == calendar_file([ENTRY], name="x", language="nl")
    assert b"DTSTAMP:20260302T113015Z" in one


def test_a_later_change_has_a_higher_number() -> None:
    later = Entry("x@y", date(2026, 1, 1), "t", "t", CHANGED + timedelta(seconds=1))
    earlier = Entry("x@y", date(2026, 6, 1), "t", "t", CHANGED)

    numbers = [
        read(calendar_file([entry], name="x", language="nl")).events[0]["SEQUENCE"]
        for entry in (earlier, later)
    ]

    assert numbers[0] < numbers[1] < 2**31


def test_it_warns_at_nine_on_the_day_before() -> None:
    content = calendar_file([ENTRY], name="x", language="nl")

    assert b"BEGIN:VALARM\r\nACTION:DISPLAY" in content
    assert b"TRIGGER:-PT15H" in content


def test_lines_are_short_and_end_as_the_format_wants() -> None:
    content = calendar_file([ENTRY], name="ë" * 200, language="nl")

    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert read(content)["X-WR-CALNAME"] == "ë" * 200


def test_an_empty_calendar_is_one_too() -> None:
    assert read(calendar_file([], name="x", language="nl")).events == []
