"""What ``manage.py run_due`` does for the outbox, time and again."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from . import carrying
from .models import Dispatch, Notice

FOLLOWED = timedelta(days=30)
"""How long a carrier is asked about what it accepted; then a person has to look."""

REMEMBERED = timedelta(days=90)
"""How long a notice is known as one that came before."""


def deliver_due() -> None:
    """Bring all that is due, whether or not the worker was asked to."""
    due = Dispatch.objects.due(timezone.now()).order_by("due_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        carrying.deliver(pk)


def follow_accepted() -> None:
    """Ask how each dispatch stands that a carrier accepted; not for ever."""
    since = timezone.now() - FOLLOWED
    accepted = Dispatch.objects.on_its_way(since=since)
    for pk in list(accepted.order_by("pk").values_list("pk", flat=True)):
        carrying.follow(pk)
    carrying.give_up(accepted_before=since)


def forget_old_notices() -> None:
    """Forget what was told so long ago that nobody tells it again."""
    Notice.objects.filter(received_at__lt=timezone.now() - REMEMBERED).delete()
