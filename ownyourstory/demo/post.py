"""How the invoices went to their clients: handed over, mailed, refused, or not yet.

The outgoing post is written as the worker would have left it. Nothing is put into it
to be brought: no example leaves the house, whatever mail server or access point there
is.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum, auto

from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.delivery import handing, letters
from invoicing.models import Delivery, Invoice, Means
from ownyourstory.mail import channel
from ownyourstory.outbox.models import Dispatch, State


class Fate(Enum):
    """What became of an invoice once it was issued."""

    TO_HAND_OVER = auto()
    HANDED_OVER = auto()
    MAILED = auto()
    REFUSED = auto()


def bring(invoice: Invoice, fate: Fate, *, at: datetime) -> None:
    """Let ``invoice``, just issued to be handed over, have its ``fate``."""
    if fate is Fate.HANDED_OVER:
        handing.hand_over(invoice, on=timezone.localdate(at), by=None)
    elif fate is Fate.MAILED:
        dispatch = _mail(invoice, at=at, state=State.DELIVERED)
        dispatch.attempts.create(started_at=at, ended_at=at)
    elif fate is Fate.REFUSED:
        dispatch = _mail(invoice, at=at, state=State.FAILED)
        error = _("The mail server refuses it: %s") % "550 mailbox unavailable"
        dispatch.attempts.create(started_at=at, ended_at=at, error=error)


def _mail(invoice: Invoice, *, at: datetime, state: State) -> Dispatch:
    letter, to = letters.letter_for(invoice), invoice.client.invoice_email
    arrived_at = at if state is State.DELIVERED else None
    dispatch = Dispatch.objects.create(
        key=f"invoice:{invoice.pk}:mail",
        channel=channel.NAME,
        recipient=to,
        subject=letter.subject,
        payload=channel.payload(
            letter,
            sender=letters.sender(letter.language),
            to=[to],
            attachments=letters.attachments_of(invoice),
        ),
        state=state,
        attempt_count=1,
        due_at=at,
        accepted_at=arrived_at,
        delivered_at=arrived_at,
    )
    dispatch.created_at = at
    dispatch.save(update_fields=["created_at"])
    Delivery.objects.create(invoice=invoice, means=Means.MAIL, dispatch=dispatch)
    return dispatch
