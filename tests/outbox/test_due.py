"""``run_due`` does what is due, job by job, and says what it could not do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from ownyourstory import due
from ownyourstory.outbox import tasks
from ownyourstory.outbox.channel import Receipt, Unreachable
from ownyourstory.outbox.due import FOLLOWED, REMEMBERED
from ownyourstory.outbox.models import Dispatch, Notice, State
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


def test_it_brings_what_is_due_and_follows_what_is_on_its_way(script: Script) -> None:
    script.send = [DONE, Receipt("their-2", delivered=False)]
    script.follow = [Receipt("their-2")]
    put_in()
    put_in(key="test:2")
    put_in(key="test:3", due_at=NOON + timedelta(hours=1))

    call_command("run_due")

    assert script.calls == ["send", "send", "follow"]
    states = Dispatch.objects.order_by("key").values_list("state", flat=True)
    assert list(states) == [State.DELIVERED, State.DELIVERED, State.WAITING]


def test_one_that_cannot_be_brought_stops_no_other(script: Script) -> None:
    script.send = [Unreachable("down"), KeyError("surprise"), DONE]
    for at in range(3):
        put_in(key=f"test:{at}")

    call_command("run_due")

    assert Dispatch.objects.filter(state=State.DELIVERED).count() == 1


def test_nobody_is_asked_for_ever_then_a_person_has_to_look(
    script: Script, clock: time_machine.Traveller
) -> None:
    script.send = [Receipt("their-1", delivered=False)]
    script.follow = [Receipt("their-1", delivered=False)]
    dispatch = put_in()
    call_command("run_due")

    clock.shift(FOLLOWED + timedelta(seconds=1))
    call_command("run_due")
    call_command("run_due")

    assert script.calls == ["send", "follow"]
    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, True)
    assert [attempt.error for attempt in dispatch.attempts.all()] == [
        "",
        "Nobody said that it arrived: look on their side.",
    ]


def test_a_job_that_fails_stops_no_other_and_is_named(
    script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    script.send = [DONE]
    dispatch = put_in()
    jobs = ["no.such.job", "ownyourstory.outbox.due.deliver_due"]

    with (
        override_settings(DUE_JOBS=jobs),
        caplog.at_level(logging.ERROR),
        pytest.raises(CommandError, match=r"Not done: no\.such\.job"),
    ):
        call_command("run_due")

    dispatch.refresh_from_db()
    assert dispatch.state == State.DELIVERED
    assert "No module named" in caplog.text


def test_what_is_old_is_forgotten(clock: time_machine.Traveller) -> None:
    Notice.objects.create(channel="test", event="old")
    done = DBTaskResult.objects.get(pk=tasks.follow.enqueue(0).id)
    done.set_successful(None)
    waiting = tasks.follow.enqueue(0).id
    clock.shift(max(REMEMBERED, due.KEPT) + timedelta(seconds=1))
    Notice.objects.create(channel="test", event="new")

    call_command("run_due")

    assert [notice.event for notice in Notice.objects.all()] == ["new"]
    assert [str(task.pk) for task in DBTaskResult.objects.all()] == [waiting]
