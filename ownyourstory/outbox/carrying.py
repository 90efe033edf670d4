"""Bringing what is in the outbox to the other side, once. EIN-1 in docs/rules.md.

A dispatch is claimed before the call and settled after it, in transactions of their
own: no database lock is held while the other side thinks. From the claim on it is in
doubt, so that whoever finds it after a crash looks it up before sending it again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .channel import Channel, Parcel, Receipt, Refused, Uncertain, Unreachable
from .models import Attempt, Dispatch, DispatchQuerySet, State

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=10)
"""How long a worker may take: longer than all the timeouts of a channel together."""


class Lapsed(Exception):
    """The claim on a dispatch ran out, and it is no longer this worker's."""


@dataclass(frozen=True, slots=True)
class End:
    """How an attempt ended: the state it leads to, and what is known for certain."""

    state: State
    in_doubt: bool
    error: str = ""
    receipt: Receipt | None = None


def deliver(dispatch_pk: int) -> datetime | None:
    """Bring a dispatch to the other side if it is due; return when to try again.

    One worker gets it, however many ask. The attempt and its error are kept.
    Raises RuntimeError inside a transaction: what was sent cannot be rolled back.
    """
    claimed = _claim(dispatch_pk, now=timezone.now())
    if claimed is None:
        return None
    dispatch, attempt, was_in_doubt = claimed
    held = Dispatch.objects.filter(
        pk=dispatch.pk, state=State.SENDING, claimed_until=dispatch.claimed_until
    )
    end = _attempt(dispatch, held, look_first=was_in_doubt)
    if end.error:
        logger.warning("Dispatch %s: %s", dispatch.key, end.error)
    return _settle(dispatch, held, attempt, end, now=timezone.now())


def follow(dispatch_pk: int) -> None:
    """Ask how an accepted dispatch stands: did it arrive, or did it come back?

    What came back is in doubt again: their side may have brought it after all by the
    time that somebody lets it be tried again.
    """
    dispatch = Dispatch.objects.filter(pk=dispatch_pk, state=State.ACCEPTED).first()
    if dispatch is None:
        return
    held = Dispatch.objects.filter(
        pk=dispatch.pk, state=State.ACCEPTED, accepted_at=dispatch.accepted_at
    )
    asked_at = timezone.now()
    try:
        channel = _channel(dispatch)
    except Refused as gone:
        # Nobody can be asked: that is no word on how it stands.
        logger.warning("Dispatch %s: %s", dispatch.key, _said(gone))
        return
    try:
        receipt = channel.follow(_parcel(dispatch, held), dispatch.reference)
    except Refused as refused:
        with transaction.atomic():
            if held.update(state=State.FAILED, in_doubt=True):
                dispatch.attempts.create(
                    started_at=asked_at, ended_at=timezone.now(), error=_said(refused)
                )
    except Exception as error:  # noqa: BLE001 – asking is harmless: again next time
        logger.warning("Dispatch %s: %s", dispatch.key, _said(error))
    else:
        if receipt.delivered:
            held.update(state=State.DELIVERED, delivered_at=timezone.now())


def give_up(*, accepted_before: datetime) -> None:
    """Leave to a person what a carrier took so long ago and never said it brought."""
    now = timezone.now()
    silent = Dispatch.objects.filter(
        state=State.ACCEPTED, accepted_at__lt=accepted_before
    )
    for dispatch in silent:
        with transaction.atomic():
            held = silent.filter(pk=dispatch.pk, accepted_at=dispatch.accepted_at)
            if held.update(state=State.FAILED, in_doubt=True):
                dispatch.attempts.create(
                    started_at=now,
                    ended_at=now,
                    error=_("Nobody said that it arrived: look on their side."),
                )


def _claim(dispatch_pk: int, *, now: datetime) -> tuple[Dispatch, Attempt, bool] | None:
    """Take a dispatch that is due, with its new attempt and whether it was in doubt.

    ``None`` if it is not due, or if another worker took it first.
    """
    with transaction.atomic(durable=True):
        found = Dispatch.objects.due(now).filter(pk=dispatch_pk).first()
        if found is None:
            return None
        claimable = Dispatch.objects.filter(
            pk=found.pk,
            state=found.state,
            claimed_until=found.claimed_until,
            attempt_count=found.attempt_count,
            in_doubt=found.in_doubt,
        )
        if not claimable.update(
            state=State.SENDING,
            claimed_until=now + CLAIM,
            attempt_count=F("attempt_count") + 1,
            in_doubt=True,
        ):
            return None
        found.attempts.filter(ended_at=None, error="").update(
            error=_("The program stopped in the middle: nobody heard how it ended.")
        )
        attempt = found.attempts.create(started_at=now)
        return Dispatch.objects.get(pk=found.pk), attempt, found.in_doubt


def _attempt(dispatch: Dispatch, held: DispatchQuerySet, *, look_first: bool) -> End:
    """Look it up where it is in doubt, else send it, and return how that ended."""
    try:
        channel = _channel(dispatch)
    except Refused as refused:
        return End(State.FAILED, in_doubt=look_first, error=_said(refused))
    parcel = _parcel(dispatch, held)
    found = _look_up(channel, parcel) if look_first else None
    return found or _send(channel, parcel)


def _look_up(channel: Channel, parcel: Parcel) -> End | None:
    """Return what became of an earlier attempt, ``None`` if nothing was handed over."""
    try:
        receipt = channel.look_up(parcel)
    except (Refused, Uncertain) as error:
        return End(State.FAILED, in_doubt=True, error=_ask_a_person(error))
    except Exception as error:  # noqa: BLE001 – whatever it was, it is still in doubt
        return End(State.WAITING, in_doubt=True, error=_said(error))
    return None if receipt is None else _accepted(receipt)


def _send(channel: Channel, parcel: Parcel) -> End:
    try:
        return _accepted(channel.send(parcel))
    except Refused as refused:
        return End(State.FAILED, in_doubt=False, error=_said(refused))
    except Unreachable as error:
        return End(State.WAITING, in_doubt=False, error=_said(error))
    except Exception as error:  # noqa: BLE001 – Channel.send: any other is uncertain
        return End(State.WAITING, in_doubt=True, error=_said(error))


def _accepted(receipt: Receipt) -> End:
    state = State.DELIVERED if receipt.delivered else State.ACCEPTED
    return End(state, in_doubt=False, receipt=receipt)


def _settle(
    dispatch: Dispatch,
    held: DispatchQuerySet,
    attempt: Attempt,
    end: End,
    *,
    now: datetime,
) -> datetime | None:
    """Write down how an attempt ended; return when to try again, if at all.

    Pauses grow, and after the last one it has failed.
    """
    state, again_at = end.state, None
    if state == State.WAITING:
        pauses = settings.OUTBOX_PAUSES[dispatch.attempt_count - 1 :]
        state, again_at = (
            (State.WAITING, now + pauses[0]) if pauses else (State.FAILED, None)
        )
    changes: dict[str, Any] = {
        "state": state,
        "in_doubt": end.in_doubt,
        "claimed_until": None,
        "due_at": again_at or dispatch.due_at,
    }
    if end.receipt is not None:
        changes |= {"reference": end.receipt.reference, "accepted_at": now}
        changes["delivered_at"] = now if end.receipt.delivered else None
    with transaction.atomic(durable=True):
        attempt.ended_at, attempt.error = now, end.error
        attempt.save(update_fields=["ended_at", "error"])
        if not held.update(**changes):
            logger.warning("Dispatch %s: another worker has it by now", dispatch.key)
            return None
    return again_at


def _channel(dispatch: Dispatch) -> Channel:
    """Return the channel of a dispatch. Raises Refused if there is none of that name.

    One that was put in before the channel was taken away is a thing for a person.
    """
    try:
        channel: Channel = import_string(settings.OUTBOX_CHANNELS[dispatch.channel])()
    except (KeyError, ImportError):
        raise Refused(_("There is no channel “%s” any more.") % dispatch.channel)
    return channel


def _parcel(dispatch: Dispatch, held: DispatchQuerySet) -> Parcel:
    """Return what the channel is given; it can note things while ``held`` holds."""
    progress = dict(dispatch.progress)

    def note(facts: Mapping[str, Any]) -> None:
        progress.update(facts)
        if not held.update(progress=progress):
            raise Lapsed(dispatch.key)

    return Parcel(
        key=dispatch.key,
        recipient=dispatch.recipient,
        payload=dispatch.payload,
        progress=progress,
        note=note,
    )


def _said(error: Exception) -> str:
    """Return what an error says, with its name if it is none of a channel's own."""
    own = isinstance(error, (Refused, Unreachable, Uncertain))
    text = str(error)
    return text if own and text else f"{type(error).__name__}: {text}".rstrip(": ")


def _ask_a_person(error: Exception) -> str:
    return _(
        "Whether it arrived cannot be told from here: look on their side first. %s"
    ) % _said(error)
