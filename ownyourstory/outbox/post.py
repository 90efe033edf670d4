"""The outgoing post: what is put in with the facts, tried again, held or taken back.

``carrying`` brings it. EIN-1 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from . import tasks
from .carrying import deliver, follow
from .models import Attempt, Dispatch, Notice, State

__all__ = ["NotNow", "deliver", "follow", "hear", "hold", "put", "retry", "withdraw"]


class NotNow(Exception):
    """The dispatch cannot take this step now; the message is for the owner."""


def put(
    *,
    key: str,
    channel: str,
    recipient: str,
    subject: str,
    payload: Mapping[str, Any],
    due_at: datetime | None = None,
) -> Dispatch:
    """Put something in, to be brought once the caller's transaction is committed.

    ``key`` names what goes to whom for ever, ``payload`` is JSON, and it leaves not
    before ``due_at`` (at once without it).

    Raises ValueError for a channel that is not set up, and IntegrityError if the key
    was put in before.
    """
    if channel not in settings.OUTBOX_CHANNELS:
        raise ValueError(f"no such channel: {channel}")
    dispatch = Dispatch.objects.create(
        key=key,
        channel=channel,
        recipient=recipient,
        subject=subject,
        payload=dict(payload),
        due_at=due_at or timezone.now(),
    )
    _ask_the_worker(dispatch.pk, due_at)
    return dispatch


def retry(dispatch: Dispatch, *, looked: bool = False) -> None:
    """Let one that failed be tried again, with all its pauses before it.

    One in doubt is looked up first, unless a person ``looked`` and did not find it.
    Raises NotNow if it has not failed.
    """
    changes: dict[str, Any] = {"in_doubt": False} if looked else {}
    failed = Dispatch.objects.filter(pk=dispatch.pk, state=State.FAILED)
    if not failed.update(
        state=State.WAITING, attempt_count=0, due_at=timezone.now(), **changes
    ):
        raise NotNow(_("Only what failed can be tried again."))
    _ask_the_worker(dispatch.pk)


def withdraw(dispatch: Dispatch) -> None:
    """Take back what has not left: it is never brought.

    Raises NotNow if it is being brought or was, or may have been: one in doubt is
    looked up first, or has failed and a person looked.
    """
    is_here = Q(state=State.WAITING, in_doubt=False) | Q(state=State.FAILED)
    here = Dispatch.objects.filter(is_here, pk=dispatch.pk)
    if not here.update(state=State.WITHDRAWN):
        raise NotNow(_("It may have left already: it cannot be taken back now."))


@transaction.atomic
def hold() -> int:
    """Stop all that waits or was being brought, and return how much that is.

    After a backup was put back nobody can tell what left since it was made: a person
    lets each leave again, or takes it back.
    """
    now = timezone.now()
    waiting = Dispatch.objects.filter(state__in=[State.WAITING, State.SENDING])
    keys = list(waiting.values_list("pk", flat=True))
    error = _("A backup was put back: it may have left since that was made.")
    Attempt.objects.bulk_create(
        Attempt(dispatch_id=key, started_at=now, ended_at=now, error=error)
        for key in keys
    )
    held = Dispatch.objects.filter(pk__in=keys)
    held.update(state=State.FAILED, claimed_until=None)
    failed = Dispatch.objects.failed()
    failed.update(in_doubt=True)
    return len(keys)


@transaction.atomic
def hear(*, channel: str, event: str, reference: str) -> None:
    """Ask how ``reference`` stands, which the other side says has changed.

    Once an ``event`` (their id of it), and only of what went over this channel: what
    else they say is not believed.
    """
    dispatches = Dispatch.objects.filter(
        channel=channel, reference=reference, state=State.ACCEPTED
    )
    keys = list(dispatches.values_list("pk", flat=True))
    if not keys:
        return
    _notice, is_new = Notice.objects.get_or_create(channel=channel, event=event)
    if not is_new:
        return

    def ask() -> None:
        for key in keys:
            tasks.follow.enqueue(key)

    transaction.on_commit(ask, robust=True)


def _ask_the_worker(dispatch_pk: int, due_at: datetime | None = None) -> None:
    """Ask once the transaction is committed.

    A queue that cannot be reached then stops nothing: ``run_due`` finds what is due.
    """

    def ask() -> None:
        tasks.ask_to_deliver(dispatch_pk, due_at=due_at)

    transaction.on_commit(ask, robust=True)
