"""The worker is asked once what it is about is committed, and asks itself again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from django_tasks.backends.base import BaseTaskBackend
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from ownyourstory.outbox import post
from ownyourstory.outbox.channel import Receipt, Refused, Unreachable
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import BRUSSELS

from .channels import Script, put_in, scripted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOON = datetime(2026, 3, 2, 12, tzinfo=BRUSSELS)
DONE = Receipt("their-1")


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as empty:
        yield empty


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Unplugged(BaseTaskBackend):
    """A queue that cannot be reached."""

    supports_defer = True

    def enqueue(self, *arguments: Any) -> Any:
        raise ConnectionError("no broker")


def work() -> None:
    """Do all that the worker is asked to do now.

    The worker itself closes its connection to the database, and with it the test.
    """
    for result in DBTaskResult.objects.ready():
        result.task.call(*result.args_kwargs["args"])
        result.set_successful(None)


def test_the_worker_brings_it_once_it_is_committed(
    script: Script,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    script.send = [DONE]
    with django_capture_on_commit_callbacks(execute=True):
        dispatch = put_in()
        work()
        assert script.calls == []

    work()

    dispatch.refresh_from_db()
    assert (dispatch.state, script.calls) == (State.DELIVERED, ["send"])


def test_what_is_rolled_back_never_leaves(
    script: Script,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        put_in()
        transaction.set_rollback(True)

    work()

    assert not Dispatch.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_the_worker_asks_itself_again_after_the_pause(
    script: Script,
    clock: time_machine.Traveller,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    script.send = [Unreachable("down"), DONE]
    with django_capture_on_commit_callbacks(execute=True):
        put_in()
    work()
    work()
    assert script.calls == ["send"]

    clock.shift(settings.OUTBOX_PAUSES[0] + timedelta(seconds=1))
    work()

    assert script.calls == ["send", "send"]
    assert Dispatch.objects.get().state == State.DELIVERED


def test_retry_asks_the_worker_at_once(
    script: Script,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    script.send = [Refused("no"), DONE]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    with django_capture_on_commit_callbacks(execute=True):
        post.retry(Dispatch.objects.get())
    work()

    assert script.calls == ["send", "send"]


def test_a_queue_that_cannot_be_reached_does_not_stop_what_was_committed(
    script: Script,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    unplugged = {"default": {"BACKEND": f"{__name__}.Unplugged"}}
    with (
        override_settings(TASKS=unplugged),
        django_capture_on_commit_callbacks(execute=True),
    ):
        put_in()

    assert Dispatch.objects.get().state == State.WAITING
