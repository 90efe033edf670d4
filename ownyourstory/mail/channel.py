"""Mail as a channel of the outbox: text and HTML, with what is attached.

The payload, as ``payload`` makes it: ``subject``, ``text``, ``html``, ``language``;
``to``, ``cc`` and ``reply_to`` as lists of addresses; ``attachments``, each with
``name``, ``mimetype``, ``size`` and the ``sha256`` under which its bytes are kept.
"""

from __future__ import annotations

import hashlib
import json
import logging
import smtplib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import BadHeaderError, sanitize_address
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.outbox.channel import Parcel, Receipt, Refused, Uncertain, Unreachable

from .letters import Letter, Sender, html_of, text_of
from .smtp import before_the_letter, hand_over

NAME = "mail"
"""The name of this channel in ``OUTBOX_CHANNELS``."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along: its name there, its type, its SHA-256 and its bytes."""

    name: str
    mimetype: str
    sha256: str
    size: int


def payload(
    letter: Letter,
    *,
    sender: Sender,
    to: Sequence[str],
    cc: Sequence[str] = (),
    attachments: Sequence[Attachment] = (),
) -> dict[str, Any]:
    """Return what to put into the outbox so that ``letter`` goes to ``to``."""
    return {
        "subject": letter.subject,
        "text": text_of(letter, sender),
        "html": html_of(letter, sender),
        "language": letter.language,
        "to": list(to),
        "cc": list(cc),
        "reply_to": [sender.reply_to] if sender.reply_to else [],
        "attachments": [asdict(attachment) for attachment in attachments],
    }


def missing() -> str:
    """Return what has to be set up before mail can leave; empty if nothing."""
    by_smtp = settings.EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend"
    if by_smtp and not settings.EMAIL_HOST:
        return _("There is no mail server yet: EMAIL_URL.")
    if not settings.DEFAULT_FROM_EMAIL:
        return _("There is no sender yet: DEFAULT_FROM_EMAIL.")
    return ""


class MailChannel:
    """The channel ``mail``, see ``ownyourstory.outbox.channel.Channel``.

    A receipt means that the mail server accepted it: whether it was read, or came
    back later as a mail of its own, is not known here.
    """

    label = gettext_lazy("mail")

    def send(self, parcel: Parcel) -> Receipt:
        """Hand the mail over to the mail server, and note who of several it refused."""
        if problem := missing():
            raise Refused(problem)
        message, connection = _message(parcel), get_connection()
        if isinstance(connection, EmailBackend):
            _by_smtp(connection, message, parcel)
        else:  # on the screen, or in a test
            connection.send_messages([message])
        return Receipt(message_id(parcel))

    def look_up(self, parcel: Parcel) -> Receipt | None:
        """Return ``None`` if no mail server was asked yet; else only a person can tell.

        Mail servers answer no questions about what they were given.
        """
        if not parcel.progress.get("began"):
            return None
        raise Uncertain(
            _("Ask whether the mail arrived: mail servers do not tell. Its id is %s")
            % message_id(parcel)
        )

    def follow(self, parcel: Parcel, reference: str) -> Receipt:
        """Return that it was accepted: nothing more is ever known."""
        return Receipt(reference)


def message_id(parcel: Parcel) -> str:
    """Return the id of the mail: the same at each attempt, so that a double shows.

    What is in it counts too: another installation that begins at number 1 as well
    makes another id, else mail programs would hide its mail as a double.
    """
    contents = json.dumps(dict(parcel.payload), sort_keys=True)
    digest = hashlib.sha256(f"{parcel.key}\n{contents}".encode()).hexdigest()
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{digest[:40]}@{domain or 'localhost'}>"


def _by_smtp(
    connection: EmailBackend, message: EmailMultiAlternatives, parcel: Parcel
) -> None:
    """Hand ``message`` over; note before that it began, and then who was refused.

    Raises Refused, Unreachable or Uncertain.
    """
    content = _content(message)
    try:
        with before_the_letter():
            connection.open()
        parcel.note({"began": True})
        refused = hand_over(
            connection.connection,  # type: ignore[arg-type]  # open() raises or sets it
            sender=_envelope(message.from_email),
            recipients=[_envelope(address) for address in message.recipients()],
            content=content,
        )
    except (Refused, Unreachable):
        parcel.note({"began": False})
        raise
    finally:
        # What the server says to our goodbye changes nothing.
        with suppress(smtplib.SMTPException):
            connection.close()
    if refused:
        logger.warning("Mail %s: not for %s", parcel.key, refused)
        parcel.note({"refused": refused})


def _message(parcel: Parcel) -> EmailMultiAlternatives:
    """Return the mail of a parcel. Raises Refused if what is attached is not intact."""
    facts = parcel.payload
    message = EmailMultiAlternatives(
        subject=facts["subject"],
        body=facts["text"],
        to=facts["to"],
        cc=facts["cc"],
        reply_to=facts["reply_to"],
        headers={
            "Message-ID": message_id(parcel),
            "Content-Language": facts["language"],
        },
    )
    message.attach_alternative(facts["html"], "text/html")
    for attached in facts["attachments"]:
        content = _bytes_of(attached["sha256"])
        message.attach(attached["name"], content, attached["mimetype"])
    return message


def _content(message: EmailMultiAlternatives) -> bytes:
    """Return a mail as it goes over the wire. Raises Refused for a broken header."""
    try:
        content: bytes = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]  # Django's own has it
    except BadHeaderError as error:
        raise Refused(str(error)) from error
    return content


def _bytes_of(sha256: str) -> bytes:
    """Return what is kept under ``sha256``. Raises Refused if it is not that."""
    content: bytes = import_string(settings.MAIL_ATTACHMENTS)(sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refused(_("What was to be attached is not what it was: %s") % sha256)
    return content


def _envelope(address: str) -> str:
    """Return the bare address, its domain as the wire wants it."""
    return parseaddr(sanitize_address(address, settings.DEFAULT_CHARSET))[1]
