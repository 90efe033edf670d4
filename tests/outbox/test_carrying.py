"""Each dispatch reaches the other side once, whatever happens on the way (EIN-1)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from ownyourstory.outbox import carrying, post
from ownyourstory.outbox.channel import (
    Parcel,
    Receipt,
    Refused,
    Uncertain,
    Unreachable,
)
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import BRUSSELS

from .channels import Answer, Script, put_in, scripted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOON = datetime(2026, 3, 2, 12, tzinfo=BRUSSELS)
DONE = Receipt("their-1")
ON_ITS_WAY = Receipt("their-1", delivered=False)


@pytest.fixture
def script() -> Iterator[Script]:
    with scripted() as empty:
        yield empty


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def errors(dispatch: Dispatch) -> list[str]:
    return [attempt.error for attempt in dispatch.attempts.all()]


def deliver_until_the_end(
    dispatch: Dispatch, clock: time_machine.Traveller
) -> list[timedelta]:
    """Deliver whenever it is due and return the pauses in between."""
    pauses = []
    while (again_at := post.deliver(dispatch.pk)) is not None:
        pauses.append(again_at - timezone.now())
        clock.move_to(again_at)
    dispatch.refresh_from_db()
    return pauses


def test_what_arrived_is_delivered_and_never_sent_again(script: Script) -> None:
    script.send = [DONE]
    dispatch = put_in()

    assert post.deliver(dispatch.pk) is None
    assert post.deliver(dispatch.pk) is None

    dispatch.refresh_from_db()
    assert script.calls == ["send"]
    assert (dispatch.state, dispatch.reference) == (State.DELIVERED, "their-1")
    assert dispatch.accepted_at == dispatch.delivered_at == NOON
    assert errors(dispatch) == [""]


def test_what_a_carrier_took_is_on_its_way_until_it_says_so(script: Script) -> None:
    script.send = [ON_ITS_WAY]
    script.follow = [ON_ITS_WAY, Unreachable("busy"), DONE]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    seen = []
    for _ in range(3):
        post.follow(dispatch.pk)
        dispatch.refresh_from_db()
        seen.append((dispatch.state, dispatch.delivered_at))

    assert seen == [(State.ACCEPTED, None)] * 2 + [(State.DELIVERED, NOON)]


def test_what_came_back_has_failed_and_says_why(script: Script) -> None:
    script.send, script.follow = [ON_ITS_WAY], [Refused("nobody there")]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    post.follow(dispatch.pk)

    dispatch.refresh_from_db()
    assert dispatch.state == State.FAILED
    assert errors(dispatch) == ["", "nobody there"]


def test_what_came_back_is_looked_up_before_it_is_sent_again(script: Script) -> None:
    """The carrier may have tried once more, and brought it after all."""
    script.send, script.follow = [ON_ITS_WAY], [Refused("nobody there")]
    script.look_up = [DONE]
    dispatch = put_in()
    post.deliver(dispatch.pk)
    post.follow(dispatch.pk)

    post.retry(dispatch)
    post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert dispatch.state == State.DELIVERED
    assert script.calls == ["send", "follow", "look_up"]


def test_what_is_on_its_way_did_not_fail_because_nobody_can_be_asked(
    script: Script,
) -> None:
    script.send = [ON_ITS_WAY]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    with override_settings(OUTBOX_CHANNELS={}):
        post.follow(dispatch.pk)

    dispatch.refresh_from_db()
    assert (dispatch.state, errors(dispatch)) == (State.ACCEPTED, [""])


def test_nothing_is_called_sent_before_the_other_side_took_it(script: Script) -> None:
    seen = []

    def look(parcel: Parcel) -> Receipt:
        during = Dispatch.objects.get()
        seen.append((during.state, during.accepted_at, during.attempts.count()))
        return DONE

    script.send = [look]
    post.deliver(put_in().pk)

    assert seen == [(State.SENDING, None, 1)]


def test_pauses_grow_and_then_it_has_failed(
    script: Script, clock: time_machine.Traveller
) -> None:
    script.send = [Unreachable(f"no answer {attempt}") for attempt in range(1, 7)]
    dispatch = put_in()

    pauses = deliver_until_the_end(dispatch, clock)

    assert pauses == settings.OUTBOX_PAUSES == sorted(set(pauses))
    assert dispatch.state == State.FAILED
    assert errors(dispatch) == [f"no answer {attempt}" for attempt in range(1, 7)]


def test_it_is_not_tried_before_its_time(script: Script) -> None:
    script.send = [Unreachable("no answer")]
    dispatch = put_in()
    post.deliver(dispatch.pk)
    later = put_in(key="test:2", due_at=NOON + timedelta(seconds=1))

    post.deliver(dispatch.pk)
    post.deliver(later.pk)

    assert script.calls == ["send"]


def test_what_is_refused_is_not_tried_again(script: Script) -> None:
    script.send = [Refused("not on Peppol")]
    dispatch = put_in()

    assert post.deliver(dispatch.pk) is None

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, False)
    assert errors(dispatch) == ["not on Peppol"]


# In doubt

UNSURE = {
    "it is uncertain": Uncertain("no answer"),
    "any other exception": KeyError("surprise"),
}
FOUND: dict[str, tuple[list[Answer], list[Answer], list[str], State]] = {
    "it is there": ([], [DONE], ["send", "look_up"], State.DELIVERED),
    "it is with the carrier": ([], [ON_ITS_WAY], ["send", "look_up"], State.ACCEPTED),
    "it is not there": ([DONE], [None], ["send", "look_up", "send"], State.DELIVERED),
    "first nobody answers": (
        [],
        [Unreachable("down"), DONE],
        ["send", "look_up", "look_up"],
        State.DELIVERED,
    ),
    "first the look-up breaks": (
        [DONE],
        [RuntimeError("broken"), None],
        ["send", "look_up", "look_up", "send"],
        State.DELIVERED,
    ),
    "nobody can tell": ([], [Uncertain("lost")], ["send", "look_up"], State.FAILED),
    "the look-up is refused": ([], [Refused("no")], ["send", "look_up"], State.FAILED),
}


@pytest.mark.parametrize("unsure", UNSURE.values(), ids=UNSURE)
@pytest.mark.parametrize("answers", FOUND.values(), ids=FOUND)
def test_after_an_uncertain_end_it_is_looked_up_before_it_is_sent(
    script: Script,
    clock: time_machine.Traveller,
    unsure: Exception,
    answers: tuple[list[Answer], list[Answer], list[str], State],
) -> None:
    send, look_up, calls, state = answers
    script.send, script.look_up = [unsure, *send], list(look_up)
    dispatch = put_in()

    deliver_until_the_end(dispatch, clock)

    assert (script.calls, dispatch.state) == (calls, state)
    assert dispatch.in_doubt is (state == State.FAILED)
    assert errors(dispatch)[0] in {"no answer", "KeyError: 'surprise'"}


def test_where_nobody_can_tell_a_person_is_asked_to_look(
    script: Script, clock: time_machine.Traveller
) -> None:
    script.send, script.look_up = [Uncertain("")], [Uncertain("their search is down")]
    dispatch = put_in()

    deliver_until_the_end(dispatch, clock)

    assert "look on their side" in errors(dispatch)[-1]
    assert "their search is down" in errors(dispatch)[-1]


def test_after_a_crash_it_is_looked_up_once_the_claim_has_run_out(
    script: Script, clock: time_machine.Traveller
) -> None:
    def crash(parcel: Parcel) -> Receipt:
        parcel.note({"document": "their-1"})
        raise SystemExit

    def find(parcel: Parcel) -> Receipt:
        assert parcel.progress == {"document": "their-1"}
        return DONE

    script.send, script.look_up = [crash], [find]
    dispatch = put_in()
    with pytest.raises(SystemExit):
        post.deliver(dispatch.pk)

    post.deliver(dispatch.pk)  # somebody else, too early
    clock.shift(carrying.CLAIM + timedelta(seconds=1))
    post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert script.calls == ["send", "look_up"]
    assert dispatch.state == State.DELIVERED
    assert "stopped in the middle" in errors(dispatch)[0]


def test_a_worker_whose_claim_ran_out_sends_no_more_and_changes_nothing(
    script: Script,
    clock: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def slow(parcel: Parcel) -> Receipt:
        clock.shift(carrying.CLAIM + timedelta(seconds=1))
        post.deliver(dispatch.pk)  # another worker finds it
        parcel.note({"document": "their-2"})
        pytest.fail("went on although another worker has it")

    script.send, script.look_up = [slow], [DONE]
    dispatch = put_in()
    with caplog.at_level(logging.WARNING):
        post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.reference) == (State.DELIVERED, "their-1")
    assert dispatch.progress == {}
    assert "another worker has it by now" in caplog.text


def test_nothing_is_sent_from_inside_a_transaction(script: Script) -> None:
    """What was sent cannot be rolled back with it."""
    dispatch = put_in()

    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        post.deliver(dispatch.pk)

    assert script.calls == []


def test_a_channel_that_is_gone_is_a_thing_for_a_person(script: Script) -> None:
    dispatch = put_in()
    Dispatch.objects.update(channel="fax")

    post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert dispatch.state == State.FAILED
    assert "fax" in errors(dispatch)[0]


# Put in, tried again, taken back


def test_the_same_key_is_refused(script: Script) -> None:
    put_in()

    with pytest.raises(IntegrityError), transaction.atomic():
        put_in(subject="again")

    assert Dispatch.objects.get().subject == "2026-0001"


def test_a_channel_that_is_not_set_up_is_a_mistake(script: Script) -> None:
    with pytest.raises(ValueError, match="fax"):
        put_in(channel="fax")


def test_retry_gives_all_the_pauses_anew(
    script: Script, clock: time_machine.Traveller
) -> None:
    script.send = [Refused("not on Peppol"), Unreachable("down"), DONE]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    post.retry(dispatch)
    pauses = deliver_until_the_end(dispatch, clock)

    assert pauses == settings.OUTBOX_PAUSES[:1]
    assert dispatch.state == State.DELIVERED
    assert script.calls == ["send"] * 3


@pytest.mark.parametrize(("looked", "calls"), [(False, ["look_up"]), (True, ["send"])])
def test_retry_looks_up_first_unless_a_person_looked(
    script: Script,
    clock: time_machine.Traveller,
    *,
    looked: bool,
    calls: list[str],
) -> None:
    script.send, script.look_up = [Uncertain("lost")], [Uncertain("lost")]
    dispatch = put_in()
    deliver_until_the_end(dispatch, clock)
    script.send, script.look_up, script.calls = [DONE], [DONE], []

    post.retry(dispatch, looked=looked)
    post.deliver(dispatch.pk)

    assert script.calls == calls


def test_only_what_failed_is_tried_again(script: Script) -> None:
    script.send = [DONE]
    dispatch = put_in()
    with pytest.raises(post.NotNow):
        post.retry(dispatch)

    post.deliver(dispatch.pk)
    with pytest.raises(post.NotNow):
        post.retry(dispatch)

    assert post.deliver(dispatch.pk) is None
    assert script.calls == ["send"]


def test_what_was_withdrawn_never_leaves(script: Script) -> None:
    dispatch = put_in()

    post.withdraw(dispatch)
    post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert (dispatch.state, script.calls) == (State.WITHDRAWN, [])


def test_what_may_have_left_is_not_withdrawn(script: Script) -> None:
    def withdraw(parcel: Parcel) -> Receipt:
        with pytest.raises(post.NotNow):
            post.withdraw(dispatch)
        raise Uncertain("lost")

    script.send = [withdraw]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    with pytest.raises(post.NotNow):
        post.withdraw(dispatch)

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.in_doubt) == (State.WAITING, True)


def test_after_a_backup_was_put_back_nothing_leaves_by_itself(
    script: Script, clock: time_machine.Traveller
) -> None:
    """It may have left between the backup and now."""
    script.send = [Refused("no"), ON_ITS_WAY]
    refused, on_its_way, sending, waiting = (
        put_in(key=f"test:{at}") for at in range(4)
    )
    post.deliver(refused.pk)
    post.deliver(on_its_way.pk)
    Dispatch.objects.filter(pk=sending.pk).update(
        state=State.SENDING, claimed_until=NOON, in_doubt=True
    )

    assert post.hold() == 2

    clock.shift(timedelta(days=1))
    for dispatch in (refused, on_its_way, sending, waiting):
        post.deliver(dispatch.pk)
        dispatch.refresh_from_db()
    assert script.calls == ["send", "send"]
    assert on_its_way.state == State.ACCEPTED
    for dispatch in (refused, sending, waiting):
        assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, True)
    assert "A backup was put back" in errors(waiting)[-1]


def test_what_was_held_is_looked_up_before_it_leaves(script: Script) -> None:
    script.look_up = [DONE]
    dispatch = put_in()
    post.hold()

    post.retry(dispatch)
    post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert (dispatch.state, script.calls) == (State.DELIVERED, ["look_up"])


def test_what_failed_can_be_withdrawn(script: Script) -> None:
    script.send = [Refused("no")]
    dispatch = put_in()
    post.deliver(dispatch.pk)

    post.withdraw(dispatch)

    dispatch.refresh_from_db()
    assert dispatch.state == State.WITHDRAWN
