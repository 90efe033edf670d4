"""Who was there: typed by the office, or signed on the screen. The only writer of it.

DOS-9 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ownyourstory import archive

from .models import Attendance, AttendanceSource, Participant, Session


class AttendanceError(Exception):
    """It cannot be recorded now; the message is for the owner."""


@dataclass(frozen=True, slots=True)
class Mark:
    """That a participant was at a session for so many hours; none: absent."""

    participant: Participant
    session: Session
    hours: Decimal


@transaction.atomic
def record(marks: Iterable[Mark], *, now: datetime, by: User | None) -> int:
    """Write down who was there, and return how many of ``marks`` said something new.

    Whoever signed is left as signed: a signature can only be withdrawn.

    Raises AttendanceError if a day is still to come.
    """
    wanted = list(marks)
    _lock(mark.session for mark in wanted)
    there = {
        (row.participant_id, row.session_id): row
        for row in Attendance.objects.standing().filter(
            session__in={mark.session.pk for mark in wanted}
        )
    }
    count = 0
    for mark in wanted:
        _check(mark.participant, mark.session, now=now)
        row = there.get((mark.participant.pk, mark.session.pk)) or Attendance(
            participant=mark.participant, session=mark.session
        )
        if row.is_signed or (row.pk and row.hours == mark.hours):
            continue
        row.is_present, row.hours = mark.hours > 0, mark.hours
        row.recorded_at, row.recorded_by = now, by
        row.save()
        count += 1
    return count


@transaction.atomic
def sign(
    participant: Participant,
    session: Session,
    *,
    signature: bytes,
    now: datetime,
    by: User | None,
) -> Attendance:
    """Keep the ``signature``, a PNG of ``scans.signature_png``, of somebody present.

    Raises AttendanceError if the day is still to come or they signed already.
    """
    _lock([session])
    _check(participant, session, now=now)
    row = Attendance.objects.standing().filter(
        participant=participant, session=session
    ).first() or Attendance(participant=participant, session=session)
    if row.is_signed:
        raise AttendanceError(_("%s signed already.") % participant)
    # Hours that the office typed stand: half a day signed is half a day.
    row.hours = row.hours or session.hours
    row.is_present, row.source = True, AttendanceSource.SIGNED
    row.recorded_at, row.recorded_by = now, by
    row.signed_at, row.signature = now, archive.store(signature)
    row.save()
    return row


def _lock(sessions: Iterable[Session]) -> None:
    """Let two who record the same day wait for each other."""
    keys = sorted({session.pk for session in sessions})
    list(Session.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _check(participant: Participant, session: Session, *, now: datetime) -> None:
    if participant.enrolment.course_id != session.course_id:
        raise ValueError(f"{participant.pk} is not enrolled for this course")
    if session.day > timezone.localdate(now):
        raise AttendanceError(_("%s is still to come.") % session)
