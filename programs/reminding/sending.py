"""Reminders leave, once each, and the owner holds them back. DOS-2 to DOS-5.

Whether a reminder has its turn is looked at again in the transaction that puts it into
the outgoing post, with its dossier locked: a step taken meanwhile stops it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ownyourstory.mail import channel
from ownyourstory.outbox import post
from programs.models import Enrolment, Reminder

from .days import LONGEST, Turn
from .going_out import Planned, going_out
from .letters import letter_of, sender

logger = logging.getLogger(__name__)

FROM_HOUR = 8
"""Nobody gets mail at night."""


class NotPlanned(Exception):
    """The reminder does not go out any more, or did; the message is for the owner."""


def send_due() -> None:
    """Put each reminder whose turn it is into the outgoing post (``run_due``).

    One whose text is not fit to be sent stops no other. Raises ValueError then, at
    the end.
    """
    now = timezone.localtime()
    if now.hour < FROM_HOUR or channel.missing():
        return
    today = now.date()
    unfit = []
    for planned in going_out(on=today, until=today):
        if not planned.may_go:
            continue
        try:
            send(planned.enrolment.pk, planned.turn, on=today)
        except ValueError:
            logger.exception("Reminder of enrolment %s", planned.enrolment.pk)
            unfit.append(planned.enrolment.pk)
    if unfit:
        raise ValueError(f"reminders not composed, of enrolments {unfit}")


@transaction.atomic
def send(enrolment_pk: int, turn: Turn, *, on: date) -> Reminder | None:
    """Put a reminder into the outgoing post if it still has its turn, and return it."""
    planned = _locked(enrolment_pk, on=on, until=on, which=lambda one: one == turn)
    if planned is None or not planned.may_go:
        return None
    letter = letter_of(planned.enrolment, turn)
    reminder = _row(planned)
    reminder.dispatch = post.put(
        key=_key(enrolment_pk, turn),
        channel=channel.NAME,
        recipient=planned.address,
        subject=letter.subject,
        payload=channel.payload(
            letter, sender=sender(letter.language), to=[planned.address]
        ),
    )
    reminder.save()
    return reminder


@transaction.atomic
def hold(
    enrolment_pk: int, *, kind: str, days: int, on: date, by: User, now: datetime
) -> Reminder:
    """Hold a reminder back until it is let go, and return it.

    Raises NotPlanned if it went out meanwhile or is not to go out any more.
    """
    planned = _locked(
        enrolment_pk,
        on=on,
        until=on + timedelta(days=LONGEST),
        which=lambda one: (one.kind, one.days) == (kind, days),
    )
    if planned is None:
        raise NotPlanned(_("It went out already, or is not to go out any more."))
    reminder = _row(planned)
    if not reminder.is_held:
        reminder.held_at, reminder.held_by = now, by
        reminder.save()
    return reminder


@transaction.atomic
def let_go(reminder_pk: int) -> Reminder:
    """Let a reminder that is held back go out when it is its turn, and return it.

    Who held it back, and when, stays in its history. Raises NotPlanned if it is not
    held back.
    """
    rows = Reminder.objects.select_for_update(of=["self"])
    reminder = rows.filter(pk=reminder_pk, held_at__isnull=False).first()
    if reminder is None:
        raise NotPlanned(_("It is not held back any more."))
    reminder.held_at = reminder.held_by = None
    reminder.save()
    return reminder


def _locked(
    enrolment_pk: int, *, on: date, until: date, which: Callable[[Turn], bool]
) -> Planned | None:
    """Lock a dossier and return its reminder as it is planned now, ``None``: not."""
    locked = Enrolment.objects.select_for_update(of=["self"])
    if locked.filter(pk=enrolment_pk).first() is None:
        return None
    rows = Enrolment.objects.filter(pk=enrolment_pk)
    planned = going_out(rows, on=on, until=until)
    return next((one for one in planned if which(one.turn)), None)


def _row(planned: Planned) -> Reminder:
    """Return the row of a reminder, unsaved where there is none yet."""
    return planned.reminder or Reminder(
        enrolment=planned.enrolment,
        kind=planned.turn.kind,
        days=planned.turn.days,
        last_day=planned.turn.last_day,
    )


def _key(enrolment_pk: int, turn: Turn) -> str:
    return f"reminder:{enrolment_pk}:{turn.kind}:{turn.days}:{turn.last_day:%Y-%m-%d}"
