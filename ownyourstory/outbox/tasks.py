"""What the worker is asked to do. ``TASKS`` in the settings says where it is asked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django_tasks import task

from . import carrying

A_SECOND = timedelta(seconds=1)


@task()
def deliver(dispatch_pk: int) -> None:
    """Bring a dispatch to the other side, and ask again for when it did not work."""
    again_at = carrying.deliver(dispatch_pk)
    if again_at is not None:
        ask_to_deliver(dispatch_pk, due_at=again_at)


@task()
def follow(dispatch_pk: int) -> None:
    """Ask how an accepted dispatch stands."""
    carrying.follow(dispatch_pk)


def ask_to_deliver(dispatch_pk: int, *, due_at: datetime | None = None) -> None:
    """Ask the worker to bring a dispatch, at once or when it is due."""
    # A broker may count in whole seconds, and what comes early does nothing.
    run_after = None if due_at is None else due_at + A_SECOND
    deliver.using(run_after=run_after).enqueue(dispatch_pk)
