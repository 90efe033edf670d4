"""A real mail server on loopback, which fails where a test tells it to."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings

HANG_UP = "hang up"
ACCEPTED = "250 OK"


@dataclass
class MailServer:
    """What it received, and what it answers to a command instead of yes.

    ``answers`` are by command, or by address for a single recipient; ``HANG_UP``
    closes the line instead.
    """

    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    # aiosmtpd calls these by name.

    async def handle_MAIL(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._answer(server, "MAIL")

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self._answer(server, "RCPT", address)
        if answer == ACCEPTED:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any
    ) -> str:
        answer = self._answer(server, "DATA")
        if answer in {ACCEPTED, HANG_UP}:
            mail = email.message_from_bytes(envelope.content, policy=email.policy.SMTP)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients.append(envelope.rcpt_tos)
        return answer

    def _answer(self, server: Any, *names: str) -> str:
        answer = next(
            (self.answers[name] for name in names if name in self.answers), ACCEPTED
        )
        if answer == HANG_UP:
            server.transport.abort()
        return answer


class _OnAnyPort(Controller):
    """Listens on a port that is free and remembers which."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server until the end of the block, and send all mail to it."""
    server = MailServer()
    controller = _OnAnyPort(server, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=controller.port,
            EMAIL_USE_TLS=False,
            EMAIL_USE_SSL=False,
            EMAIL_HOST_USER="",
            EMAIL_HOST_PASSWORD="",
            DEFAULT_FROM_EMAIL="Own Your Story <facturen@example.com>",
        ):
            yield server
    finally:
        controller.stop()
