"""The access point, by its own SDK, against a stub that fails in every way (EIN-1)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.test import override_settings

from invoicing.delivery import access_point as channel
from ownyourstory import archive
from ownyourstory.outbox import post
from ownyourstory.outbox.carrying import CLAIM
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import BRUSSELS

from .stub import KEY, AccessPointStub, Fault, access_point

pytestmark = [
    pytest.mark.usefixtures("quick_press"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

NUMBER = "2026-0001"
SENDER, RECEIVER = "0208:0123456749", "0208:0987654394"
UBL = b"<Invoice><cbc:ID>%s</cbc:ID></Invoice>"
ONCE = [(NUMBER, SENDER, RECEIVER)]


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[AccessPointStub]:
    monkeypatch.setattr(channel, "TIMEOUT", httpx.Timeout(0.5))
    with (
        access_point() as running,
        override_settings(EINVOICE_API_KEY=KEY, EINVOICE_API_URL=running.url),
    ):
        yield running


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    noon = datetime(2026, 3, 2, 12, tzinfo=BRUSSELS)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def put_in(**changes: str) -> Dispatch:
    """Put an e-invoice into the outbox; ``changes`` are of its payload."""
    number = changes.get("number", NUMBER)
    payload: dict[str, Any] = {
        "invoice": 1,
        "number": number,
        "issued_on": "2026-03-02",
        "sha256": archive.store(UBL % number.encode()),
        "sender": SENDER,
        "receiver": RECEIVER,
    }
    return post.put(
        key=f"invoice:{number}:access_point",
        channel=channel.NAME,
        recipient=RECEIVER,
        subject=number,
        payload=payload | changes,
    )


def deliver(dispatch: Dispatch, clock: time_machine.Traveller) -> Dispatch:
    """Deliver whenever it is due, until it need not be tried again."""
    while (again_at := post.deliver(dispatch.pk)) is not None:
        clock.move_to(again_at)
    dispatch.refresh_from_db()
    return dispatch


def errors(dispatch: Dispatch) -> list[str]:
    return [attempt.error for attempt in dispatch.attempts.all()]


def test_it_looks_the_recipient_up_puts_it_there_and_sends_it_by_its_id(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    dispatch = deliver(put_in(), clock)

    assert stub.calls == ["recipient", "create", "send"]
    assert stub.deliveries == ONCE
    assert (dispatch.state, dispatch.reference) == (State.ACCEPTED, "doc-1")
    assert dispatch.progress == {"document": "doc-1"}


def test_what_they_delivered_at_once_is_delivered(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    stub.sends_to = "SENT"

    assert deliver(put_in(), clock).state == State.DELIVERED


@pytest.mark.parametrize(
    ("their_state", "state", "says"),
    [
        ("TRANSIT", State.ACCEPTED, []),
        ("SENT", State.DELIVERED, []),
        ("FAILED", State.FAILED, ["could not deliver"]),
        ("gone", State.FAILED, ["does not know it"]),
    ],
)
def test_following_tells_how_it_stands(
    stub: AccessPointStub,
    clock: time_machine.Traveller,
    their_state: str,
    state: State,
    says: list[str],
) -> None:
    dispatch = deliver(put_in(), clock)
    stub.documents["doc-1"]["state"] = their_state
    if their_state == "gone":
        stub.documents.clear()

    post.follow(dispatch.pk)

    dispatch.refresh_from_db()
    assert dispatch.state == state
    assert len(errors(dispatch)) == 1 + len(says)
    assert all(text in errors(dispatch)[-1] for text in says)


def test_following_while_nobody_answers_changes_nothing(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    dispatch = deliver(put_in(), clock)
    for how in ("500", "401", "429", "hangs up", "makes no sense"):
        stub.fail("retrieve", Fault(how))
        post.follow(dispatch.pk)

    with override_settings(EINVOICE_API_KEY=""):
        post.follow(dispatch.pk)

    dispatch.refresh_from_db()
    assert (dispatch.state, errors(dispatch)) == (State.ACCEPTED, [""])


# Once, whatever goes wrong

HOW = ["hangs", "500", "503", "408", "409", "hangs up", "answers twice"]
WRONG = {
    f"{call} {how}, {'done' if accepts else 'not done'}": (call, Fault(how, accepts))
    for call in ("recipient", "create", "send")
    for how in [*HOW, "429", "makes no sense"]
    for accepts in (True, False)
    # What it refuses for being too much it has not done, what it did it does not
    # refuse for that.
    if not (how == "429" and accepts) and (accepts or how != "answers twice")
}


@pytest.mark.parametrize(("call", "fault"), WRONG.values(), ids=WRONG)
def test_one_delivery_whatever_goes_wrong(
    stub: AccessPointStub, clock: time_machine.Traveller, call: str, fault: Fault
) -> None:
    stub.fail(call, fault)

    dispatch = deliver(put_in(), clock)

    assert stub.deliveries == ONCE
    assert dispatch.state == State.ACCEPTED
    assert dispatch.reference in stub.documents
    assert len(stub.documents) == 1


def test_one_delivery_when_all_goes_wrong_one_after_the_other(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    stub.fail("recipient", Fault("503"))
    stub.fail("create", Fault("hangs up", accepts=True))
    stub.fail("drafts", Fault("500"))
    stub.fail("send", Fault("hangs up", accepts=True))
    stub.fail("retrieve", Fault("hangs up"))

    dispatch = deliver(put_in(), clock)

    assert stub.deliveries == ONCE
    assert dispatch.state == State.ACCEPTED
    assert dispatch.attempt_count == len(errors(dispatch)) == 6
    assert all(errors(dispatch)[:-1])


def test_a_refusal_of_what_is_on_its_way_already_is_none(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    """Their side was slow: it said that the document was a draft still."""

    def it_leaves() -> None:
        stub.documents["doc-1"]["state"] = "TRANSIT"

    stub.fail("send", Fault("400", meanwhile=it_leaves))

    assert deliver(put_in(), clock).state == State.ACCEPTED


def test_it_finds_its_own_number_only(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    deliver(put_in(number=f"{NUMBER}0"), clock)
    stub.fail("create", Fault("500"))

    deliver(put_in(), clock)

    assert [number for number, *_ids in stub.deliveries] == [f"{NUMBER}0", NUMBER]


@pytest.mark.parametrize("their_state", ["DRAFT", "SENT"])
def test_a_document_of_another_day_with_its_number_is_left_to_a_person(
    stub: AccessPointStub, clock: time_machine.Traveller, their_state: str
) -> None:
    """Neither is it sent, nor does it count as ours that was."""
    stub.documents["old-1"] = {
        "id": "old-1",
        "invoice_id": NUMBER,
        "invoice_date": "2025-11-03",
        "state": their_state,
    }
    stub.fail("create", Fault("500"))

    dispatch = deliver(put_in(), clock)

    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, True)
    assert f"Another document has the number {NUMBER}" in errors(dispatch)[-1]
    assert stub.deliveries == []


def test_one_that_they_could_not_deliver_is_sent_again_by_its_id(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    dispatch = deliver(put_in(), clock)
    stub.documents["doc-1"]["state"] = "FAILED"
    post.follow(dispatch.pk)

    post.retry(dispatch)
    deliver(dispatch, clock)

    assert dispatch.state == State.ACCEPTED
    assert list(stub.documents) == ["doc-1"]


def test_what_came_back_and_then_left_all_the_same_is_not_sent_again(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    dispatch = deliver(put_in(), clock)
    stub.documents["doc-1"]["state"] = "FAILED"
    post.follow(dispatch.pk)
    stub.documents["doc-1"]["state"] = "SENT"

    post.retry(dispatch)
    deliver(dispatch, clock)

    assert dispatch.state == State.DELIVERED
    assert stub.deliveries == ONCE


def test_what_was_taken_away_on_their_side_is_put_there_anew(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    def take_away() -> None:
        stub.documents.clear()

    stub.fail("send", Fault("404", meanwhile=take_away))
    dispatch = deliver(put_in(), clock)
    assert dispatch.state == State.FAILED

    post.retry(dispatch)
    deliver(dispatch, clock)

    assert dispatch.state == State.ACCEPTED
    assert stub.deliveries == ONCE


def test_a_worker_that_lost_its_claim_on_the_way_does_not_send(
    stub: AccessPointStub,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It slept through its claim, and another one has sent the document meanwhile."""
    stub.fail("send", Fault("429"))  # so that the document lies there
    dispatch = put_in()
    again_at = post.deliver(dispatch.pk)
    assert again_at
    clock.move_to(again_at)
    look_up = channel._check_recipient

    def oversleep(*arguments: Any) -> None:
        look_up(*arguments)
        monkeypatch.setattr(channel, "_check_recipient", look_up)
        clock.shift(CLAIM + timedelta(seconds=1))
        post.deliver(dispatch.pk)

    monkeypatch.setattr(channel, "_check_recipient", oversleep)
    post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert dispatch.state == State.ACCEPTED
    assert stub.deliveries == ONCE


# Refused

REFUSED = {
    "create": ("create", "422", "out of order"),
    "send": ("send", "403", "does not accept the key"),
    "recipient": ("recipient", "400", "400: out of order"),
}


@pytest.mark.parametrize(("call", "how", "says"), REFUSED.values(), ids=REFUSED)
def test_what_they_refuse_has_failed_with_their_reason(
    stub: AccessPointStub,
    clock: time_machine.Traveller,
    call: str,
    how: str,
    says: str,
) -> None:
    stub.fail(call, Fault(how))

    dispatch = deliver(put_in(), clock)

    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, False)
    assert says in errors(dispatch)[0]
    assert stub.deliveries == []


def test_a_client_that_is_not_on_peppol_is_told_in_plain_words(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    stub.registered = False

    dispatch = deliver(put_in(), clock)

    assert dispatch.state == State.FAILED
    assert f"{RECEIVER} is not registered on Peppol" in errors(dispatch)[0]
    assert stub.calls == ["recipient"]


def test_without_a_key_nothing_is_called(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    with override_settings(EINVOICE_API_KEY=""):
        dispatch = deliver(put_in(), clock)

    assert (dispatch.state, stub.calls) == (State.FAILED, [])
    assert "EINVOICE_API_KEY" in errors(dispatch)[0]


def test_a_damaged_e_invoice_is_not_sent(
    stub: AccessPointStub, clock: time_machine.Traveller
) -> None:
    dispatch = deliver(put_in(sha256="0" * 64), clock)

    assert (dispatch.state, stub.calls) == (State.FAILED, [])


def test_where_nobody_listens_nothing_was_handed_over(
    clock: time_machine.Traveller,
) -> None:
    with access_point() as closed:
        url = closed.url
    with override_settings(EINVOICE_API_KEY=KEY, EINVOICE_API_URL=url):
        dispatch = put_in()
        post.deliver(dispatch.pk)

    dispatch.refresh_from_db()
    assert (dispatch.state, dispatch.in_doubt) == (State.WAITING, False)


def test_the_key_is_in_no_log_and_in_no_error(
    stub: AccessPointStub,
    clock: time_machine.Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stub.fail("create", Fault("500"))
    stub.fail("send", Fault("hangs up"), Fault("403"))
    with caplog.at_level(logging.DEBUG):
        dispatch = deliver(put_in(), clock)

    assert "api/documents" in caplog.text
    assert KEY not in caplog.text
    assert not any(KEY in error for error in errors(dispatch))
