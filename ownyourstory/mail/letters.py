"""A letter: its subject and text, and how it looks as plain text and as HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string

from .models import MailText
from .placeholders import fill
from .purposes import purpose_named

PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes to somebody, in one ``language`` (``nl``, ``fr`` or ``en``).

    ``body`` is plain text, with a blank line between paragraphs. Raises ValueError
    if ``subject`` is empty or more than one line: it becomes a header of the mail.
    """

    subject: str
    body: str
    language: str

    def __post_init__(self) -> None:
        if self.subject.splitlines() != [self.subject]:
            raise ValueError("a subject is one line")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the name, the particulars that stand at the foot, and for answers."""

    name: str
    particulars: tuple[str, ...]
    reply_to: str


def compose(purpose: str, language: str, values: Mapping[str, str]) -> Letter:
    """Return the letter for the ``purpose`` of that code, with ``values`` put in.

    In the owner's own text, else in the standard one. Raises KeyError for a purpose
    or a language that is not known.
    """
    standard = purpose_named(purpose).standards[language]
    own = MailText.objects.filter(purpose=purpose, language=language).first()
    text = own or standard
    on_one_line = {name: " ".join(value.split()) for name, value in values.items()}
    return Letter(
        subject=fill(text.subject, on_one_line),
        body=fill(text.body, values),
        language=language,
    )


def text_of(letter: Letter, sender: Sender) -> str:
    """Return ``letter`` as the plain text that is sent, with the sender's foot."""
    foot = "\n".join([sender.name, *sender.particulars])
    # Mail programs know by the two dashes and the space what is the foot.
    return f"{letter.body}\n\n-- \n{foot}\n"


def html_of(letter: Letter, sender: Sender) -> str:
    """Return ``letter`` as HTML: the same words, escaped, and links to click on."""
    paragraphs = PARAGRAPHS.split(letter.body)
    context = {"letter": letter, "paragraphs": paragraphs, "sender": sender}
    return render_to_string("mail/letter.html", context)
