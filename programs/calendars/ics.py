"""An iCalendar file of whole days (RFC 5545). Knows nothing of dossiers.

The same entries give the same bytes: a program that reads the file again finds
nothing new where nothing changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

FIRST_MOMENT = datetime(2020, 1, 1, tzinfo=UTC)
"""From here sequence numbers count."""

DAY_BEFORE = timedelta(hours=-15)
"""Nine in the morning of the day before."""

REFRESH = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in a calendar. ``uid`` stays the same when the day moves."""

    uid: str
    day: date
    title: str
    text: str
    changed_at: datetime
    url: str = ""


def calendar_file(entries: Iterable[Entry], *, name: str, language: str) -> bytes:
    """Return a calendar called ``name``, its texts being in ``language``."""
    calendar = Calendar()
    calendar.add("prodid", "-//Own Your Story//last days//NL")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name, {"language": language})
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> Event:
    changed_at = entry.changed_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    # A later change has a higher number, whichever way the day moved.
    event.add("sequence", int((changed_at - FIRST_MOMENT).total_seconds()))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", entry.url)
    event.add_component(_alarm(entry))
    return event


def _alarm(entry: Entry) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", DAY_BEFORE)
    alarm.add("description", entry.title)
    return alarm
