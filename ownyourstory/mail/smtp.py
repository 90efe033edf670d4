"""One letter handed over to a mail server, so that each end is told from the others.

``smtplib.SMTP.sendmail`` has one answer for a server that was lost before it got
anything and for one that was lost with the letter in its hands: here they differ.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext as _

from ownyourstory.outbox.channel import Refused, Uncertain, Unreachable

TEMPORARY, PERMANENT = range(400, 500), range(500, 600)
WILL_DELIVER = {250, 251}
OK = 250
LONGEST = 1000


@contextmanager
def before_the_letter() -> Iterator[None]:
    """Take what goes wrong as it is while nothing was handed over yet.

    Raises Refused where the server says no for good, else Unreachable.
    """
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except OSError as error:  # also what smtplib raises, and a certificate that fails
        said = f"{type(error).__name__}: {error}"
        raise Unreachable(
            _("The mail server cannot be reached: %s") % said[:LONGEST]
        ) from error


def hand_over(
    server: smtplib.SMTP, *, sender: str, recipients: Sequence[str], content: bytes
) -> dict[str, str]:
    """Hand ``content`` over; return who of several was refused, each with the reason.

    Raises Refused or Unreachable where nobody gets it, and Uncertain where the server
    was lost with the letter.
    """
    with before_the_letter():
        server.ehlo_or_helo_if_needed()
        _check(*server.mail(sender, _options(server, content)))
        answers = {recipient: server.rcpt(recipient) for recipient in recipients}
    refused = {
        recipient: answer
        for recipient, answer in answers.items()
        if answer[0] not in WILL_DELIVER
    }
    if len(refused) == len(answers):
        # One that may pass later on is worth another try.
        raise _refusal(*min(refused.values()))
    try:
        code, said = server.data(content)
    except smtplib.SMTPDataError as error:  # it did not want to begin
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except OSError as error:
        raise Uncertain(
            _("The mail server was lost while it took the mail: %s") % error
        ) from error
    if code not in {OK, *TEMPORARY, *PERMANENT}:
        raise Uncertain(_("The mail server answered: %s") % _text(code, said))
    _check(code, said)
    return {recipient: _text(*answer) for recipient, answer in refused.items()}


def _options(server: smtplib.SMTP, content: bytes) -> list[str]:
    """Announce the size where the server wants it: it can refuse before it has all."""
    return [f"size={len(content)}"] if server.has_extn("size") else []


def _check(code: int, said: bytes) -> None:
    """Raise Refused or Unreachable if the server did not agree."""
    if code != OK:
        raise _refusal(code, said)


def _refusal(code: int, said: bytes | str) -> Refused | Unreachable:
    text = _text(code, said)
    if code in PERMANENT:
        return Refused(_("The mail server refuses it: %s") % text)
    return Unreachable(_("The mail server cannot take it now: %s") % text)


def _text(code: int, said: bytes | str) -> str:
    """Return what the server said, on one line, with its code."""
    text = said if isinstance(said, str) else said.decode("utf-8", "replace")
    return f"{code} {' '.join(text.split())}"[:LONGEST]
