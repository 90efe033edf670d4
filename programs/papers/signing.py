"""Where participants sign: for each half of a day, or each session of it.

Pure; DOS-9 (attendance per day, signed) in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from .paper import Session

NOON = time(12)
HALF_A_DAY = Decimal(4)
"""Hours; a session without times that lasts longer has a break at noon."""


class Part(StrEnum):
    """The part of a day that a signature is for."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Field:
    """A column to sign in; with its times where it stands for one of many sessions."""

    part: Part
    session: Session


@dataclass(frozen=True, slots=True)
class SigningDay:
    """A day and its columns."""

    day: date
    hours: Decimal
    fields: tuple[Field, ...]


def signing_days(sessions: Iterable[Session]) -> tuple[SigningDay, ...]:
    """Return the days of ``sessions`` (in order) with the columns to sign in.

    A session that passes noon is signed for twice: nobody is counted as present for
    a day after half of it.
    """
    return tuple(
        _signing_day(day, tuple(group))
        for day, group in groupby(sessions, lambda session: session.day)
    )


def _signing_day(day: date, sessions: tuple[Session, ...]) -> SigningDay:
    fields = tuple(
        Field(part=part, session=session)
        for session in sessions
        for part in _parts(session)
    )
    hours = sum((session.hours for session in sessions), Decimal(0))
    return SigningDay(day=day, hours=hours, fields=fields)


def _parts(session: Session) -> tuple[Part, ...]:
    if session.starts_at is None or session.ends_at is None:
        passes_noon = session.hours > HALF_A_DAY
    else:
        passes_noon = (
            session.starts_at < NOON < session.ends_at and session.hours > HALF_A_DAY
        )
    return (Part.MORNING, Part.AFTERNOON) if passes_noon else (Part.WHOLE,)
