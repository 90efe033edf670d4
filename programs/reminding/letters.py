"""The letter of a reminder, in the client's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from ownyourstory.mail.letters import Letter, Sender, compose
from programs.road import State

from .days import Turn
from .purposes import CODES, day, our_invoice


def sender(language: str) -> Sender:
    """Return who writes: our own company, which the app above knows."""
    who: Sender = import_string(settings.MAIL_SENDER)(language)
    return who


def letter_of(enrolment: Any, turn: Turn) -> Letter:
    """Return the reminder of an enrolment that came ``with_dates``.

    Raises ValueError where the owner's own text leaves no subject.
    """
    client = enrolment.client
    language: str = client.language
    subsidised = [
        step.happened_on
        for step in enrolment.steps.all()
        if step.state == State.SUBSIDISED and step.corrected_at is None
    ]
    named = [one.name for one in client.contacts.all() if one.gets_invoices]
    with translation.override(language):
        values = {
            "name": next(iter(named), client.legal_name),
            "client": client.legal_name,
            "training": enrolment.course.program.title(language),
            "last_day": day(turn.last_day),
            "seller": sender(language).name,
            "applied_on": day(enrolment.applied_on),
            "subsidised_on": day(next(iter(subsidised), None)),
            "our_invoice": our_invoice(enrolment.invoice_number or "", language),
        }
    return compose(CODES[turn.kind], language, values)
