"""Mails to a real mail server: each reaches it once, and each end is told apart."""

from __future__ import annotations

import hashlib
import logging
import socket
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.core import mail
from django.test import override_settings

from ownyourstory import archive
from ownyourstory.mail import channel
from ownyourstory.mail.channel import Attachment
from ownyourstory.mail.letters import Letter, Sender
from ownyourstory.outbox import post
from ownyourstory.outbox.channel import Parcel
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import BRUSSELS

from .server import HANG_UP, MailServer, mail_server

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LETTER = Letter("Factuur 2026-0001 – café", "Dag Anna,\n\n.\nTot gauw <3", "nl")
SENDER = Sender("Own Your Story", ("Voorbeeldstraat 1, 2000 Antwerpen",), "us@x.test")
PDF = b"%PDF-1.7\r\n.\r\n\x00\xff"
ANNA, BERT = "anna@example.com", "bert@example.com"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    noon = datetime(2026, 3, 2, 12, tzinfo=BRUSSELS)
    with time_machine.travel(noon, tick=False) as traveller:
        yield traveller


def put_in(key: str = "test:mail", **changes: Any) -> Dispatch:
    """Put a mail with a PDF into the outbox; ``changes`` are of its payload."""
    attachment = Attachment(
        "2026-0001.pdf", "application/pdf", archive.store(PDF), len(PDF)
    )
    letter = channel.payload(LETTER, sender=SENDER, to=[ANNA], attachments=[attachment])
    return post.put(
        key=key,
        channel=channel.NAME,
        recipient=ANNA,
        subject=LETTER.subject,
        payload=letter | changes,
    )


def deliver(
    dispatch: Dispatch, clock: time_machine.Traveller | None = None
) -> Dispatch:
    """Deliver once, or with a clock whenever it is due, as often as it takes."""
    again_at = post.deliver(dispatch.pk)
    while clock and again_at:
        clock.move_to(again_at)
        again_at = post.deliver(dispatch.pk)
    dispatch.refresh_from_db()
    return dispatch


def last_error(dispatch: Dispatch) -> str:
    attempt = dispatch.attempts.last()
    assert attempt is not None
    return attempt.error


def test_a_mail_arrives_as_text_and_as_html_with_its_pdf(server: MailServer) -> None:
    dispatch = deliver(put_in(cc=[BERT]))

    assert dispatch.state == State.DELIVERED
    assert server.recipients == [[ANNA, BERT]]
    [got] = server.mails
    assert got["Subject"] == LETTER.subject
    assert (got["To"], got["Cc"], got["Reply-To"]) == (ANNA, BERT, "us@x.test")
    assert got["From"] == "Own Your Story <facturen@example.com>"
    assert got["Content-Language"] == "nl"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    lines = text.get_content().replace("\r\n", "\n")
    assert lines.startswith(LETTER.body)
    assert "Voorbeeldstraat 1, 2000 Antwerpen" in lines
    assert "Tot gauw &lt;3" in html.get_content()
    [attached] = got.iter_attachments()
    assert attached.get_filename() == "2026-0001.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == PDF


def test_the_receipt_is_the_id_of_the_mail(server: MailServer) -> None:
    dispatch = deliver(put_in())

    assert dispatch.reference == server.mails[0]["Message-ID"]
    assert dispatch.reference.endswith("@example.com>")


def test_a_double_has_the_same_id_and_another_mail_another(
    server: MailServer,
) -> None:
    server.answers["DATA"] = HANG_UP
    dispatch = deliver(put_in())
    del server.answers["DATA"]
    Dispatch.objects.filter(pk=dispatch.pk).update(in_doubt=False)
    with time_machine.travel(dispatch.due_at):
        deliver(dispatch)
    deliver(put_in("test:mail:2"))

    first, again, other = (got["Message-ID"] for got in server.mails)
    assert first == again != other


def test_other_contents_under_the_same_key_make_another_id() -> None:
    """As on an installation that was begun anew."""
    first = put_in()
    before = channel.message_id(parcel_of(first))
    first.payload |= {"subject": "Something else"}

    assert channel.message_id(parcel_of(first)) != before


def parcel_of(dispatch: Dispatch) -> Parcel:
    return Parcel(dispatch.key, dispatch.recipient, dispatch.payload, {}, Mock())


TRY_AGAIN = {
    "the sender": ("MAIL", "451 Busy, come back later"),
    "the recipient": ("RCPT", "450 4.2.0 Greylisted, come back later"),
    "the letter": ("DATA", "452 4.3.1 No room, come back later"),
}


@pytest.mark.parametrize(("command", "answer"), TRY_AGAIN.values(), ids=TRY_AGAIN)
def test_not_now_is_tried_again_and_arrives_once(
    server: MailServer, command: str, answer: str, clock: time_machine.Traveller
) -> None:
    server.answers[command] = answer
    dispatch = deliver(put_in())

    assert (dispatch.state, dispatch.in_doubt) == (State.WAITING, False)
    assert "cannot take it now: 45" in last_error(dispatch)
    assert "come back later" in last_error(dispatch)
    server.answers.clear()
    clock.move_to(dispatch.due_at)
    assert deliver(dispatch).state == State.DELIVERED
    assert len(server.mails) == 1


FOR_GOOD = {
    "the sender": ("MAIL", "553 5.1.8 We do not know you"),
    "the recipient": ("RCPT", "550 5.1.1 No such user"),
    "the letter": ("DATA", "554 5.7.1 This is spam"),
}


@pytest.mark.parametrize(("command", "answer"), FOR_GOOD.values(), ids=FOR_GOOD)
def test_no_is_no_and_the_server_says_why(
    server: MailServer, command: str, answer: str
) -> None:
    server.answers[command] = answer

    dispatch = deliver(put_in())

    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, False)
    assert last_error(dispatch) == f"The mail server refuses it: {answer}"
    assert server.mails == []


def test_one_of_two_refused_is_noted_and_the_other_gets_it_once(
    server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers[BERT] = "550 No such user"

    with caplog.at_level(logging.WARNING):
        dispatch = deliver(put_in(to=[ANNA, BERT]))

    assert dispatch.state == State.DELIVERED
    assert dispatch.progress["refused"] == {BERT: "550 No such user"}
    assert server.recipients == [[ANNA]]
    assert BERT in caplog.text


def test_two_refused_are_tried_again_if_one_of_them_may_pass(
    server: MailServer,
) -> None:
    server.answers |= {ANNA: "550 No such user", BERT: "450 Later"}

    dispatch = deliver(put_in(to=[ANNA, BERT]))

    assert dispatch.state == State.WAITING
    assert "450 Later" in last_error(dispatch)


def test_a_server_that_is_not_there_is_tried_again(server: MailServer) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, but it does not listen
        with override_settings(EMAIL_PORT=nobody.getsockname()[1]):
            dispatch = deliver(put_in())

    assert (dispatch.state, dispatch.in_doubt) == (State.WAITING, False)
    assert "The mail server cannot be reached: ConnectionRefused" in last_error(
        dispatch
    )


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_server_lost_before_the_letter_is_tried_again(
    server: MailServer, command: str, clock: time_machine.Traveller
) -> None:
    server.answers[command] = HANG_UP
    dispatch = deliver(put_in())

    assert (dispatch.state, dispatch.in_doubt) == (State.WAITING, False)
    server.answers.clear()
    clock.move_to(dispatch.due_at)
    assert deliver(dispatch).state == State.DELIVERED
    assert len(server.mails) == 1


def test_a_server_lost_with_the_letter_is_for_a_person(
    server: MailServer, clock: time_machine.Traveller
) -> None:
    server.answers["DATA"] = HANG_UP

    dispatch = deliver(put_in(), clock)

    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, True)
    assert len(server.mails) == 1
    assert server.mails[0]["Message-ID"] in last_error(dispatch)


def test_a_crash_before_the_server_was_asked_is_sent_all_the_same(
    server: MailServer,
) -> None:
    dispatch = put_in()
    Dispatch.objects.filter(pk=dispatch.pk).update(in_doubt=True)

    assert deliver(dispatch).state == State.DELIVERED
    assert len(server.mails) == 1


@pytest.mark.parametrize("missing", ["EMAIL_HOST", "DEFAULT_FROM_EMAIL"])
def test_without_server_or_sender_it_says_what_is_missing(
    server: MailServer, missing: str
) -> None:
    with override_settings(**{missing: ""}):
        dispatch = deliver(put_in())

    assert dispatch.state == State.FAILED
    said = {"EMAIL_HOST": "EMAIL_URL"}.get(missing, missing)
    assert said in last_error(dispatch)


def test_a_wrong_attachment_is_not_sent(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "read", Mock(return_value=b"something else"))

    dispatch = deliver(put_in())

    assert dispatch.state == State.FAILED
    assert hashlib.sha256(PDF).hexdigest() in last_error(dispatch)
    assert server.mails == []


def test_a_damaged_archive_is_said(server: MailServer) -> None:
    attachment = {"name": "x.pdf", "mimetype": "application/pdf", "sha256": "0" * 64}

    dispatch = deliver(put_in(attachments=[attachment]))

    assert dispatch.state == State.FAILED
    assert "is missing from the archive" in last_error(dispatch)


HEADERS = {
    "subject": {"subject": "Factuur\nBcc: spy@example.com"},
    "to": {"to": ["anna@example.com\nBcc: spy@example.com"]},
    "reply to": {"reply_to": ["us@x.test\r\nBcc: spy@example.com"]},
    "language": {"language": "nl\nBcc: spy@example.com"},
}


@pytest.mark.parametrize("changes", HEADERS.values(), ids=HEADERS)
def test_nobody_smuggles_a_header_in(
    server: MailServer, changes: dict[str, Any]
) -> None:
    dispatch = deliver(put_in(**changes))

    assert (dispatch.state, dispatch.in_doubt) == (State.FAILED, False)
    assert server.mails == []


def test_while_trying_out_it_goes_where_django_is_told() -> None:
    dispatch = deliver(put_in())

    assert dispatch.state == State.DELIVERED
    assert [sent.subject for sent in mail.outbox] == [LETTER.subject]
