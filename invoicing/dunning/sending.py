"""Payment reminders leave, once each, and the owner holds them back. PAY-2, INV-8.

Whether a reminder has its turn is looked at again in the transaction that puts it into
the outgoing post, with its invoice locked: what was paid, credited or disputed
meanwhile stops it.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.delivery.letters import sender
from invoicing.models import DunningNotice, DunningSettings, Invoice, Receipt
from ownyourstory.mail import channel
from ownyourstory.outbox import post

from .going_out import Planned, going_out
from .letters import attached, letter_of, pay_by

logger = logging.getLogger(__name__)

FROM_HOUR = 8
"""Nobody gets mail at night."""

FURTHEST = timedelta(days=366)
"""How far ahead she can hold a reminder back."""


class NotPlanned(Exception):
    """The reminder does not go out any more, or did; the message is for the owner."""


def send_due() -> None:
    """Send each reminder whose turn it is, if the owner wants that (``run_due``).

    One whose text is not fit to be sent stops no other. Raises ValueError then, at
    the end.
    """
    now = timezone.localtime()
    if now.hour < FROM_HOUR or channel.missing():
        return
    if not DunningSettings.objects.current().sends_by_itself:
        return
    unfit = send_all(on=now.date(), by=None)[1]
    if unfit:
        raise ValueError(f"payment reminders not composed, of receipts {unfit}")


def send_all(*, on: date, by: User | None) -> tuple[int, list[int]]:
    """Send all reminders whose turn it is; return how many, and what was not fit."""
    count, unfit = 0, []
    for planned in going_out(on=on, until=on):
        if not planned.may_go:
            continue
        receipt = planned.receipt
        try:
            count += send(receipt.pk, planned.level.step, on=on, by=by) is not None
        except ValueError:
            logger.exception("Payment reminder of receipt %s", receipt.pk)
            unfit.append(receipt.pk)
    return count, unfit


@transaction.atomic
def send(
    receipt_pk: int, step: int, *, on: date, by: User | None
) -> DunningNotice | None:
    """Put a reminder into the outgoing post if it still has its turn, and return it."""
    planned = _locked(receipt_pk, step, on=on, until=on)
    if planned is None or not planned.may_go:
        return None
    letter = letter_of(planned, on=on)
    notice = _row(planned)
    notice.claimed = planned.claim.open
    notice.interest, notice.fixed_sum = planned.claim.interest, planned.claim.fixed
    notice.pay_by, notice.sent_by = pay_by(planned, on=on), by
    notice.dispatch = post.put(
        key=_key(planned),
        channel=channel.NAME,
        recipient=planned.address,
        subject=letter.subject[:300],
        payload=channel.payload(
            letter,
            sender=sender(letter.language),
            to=[planned.address],
            attachments=attached(planned.receipt.invoice),
        ),
    )
    notice.save()
    return notice


@transaction.atomic
def hold(
    receipt_pk: int, step: int, *, on: date, by: User, now: datetime
) -> DunningNotice:
    """Hold a reminder back until it is let go, and return it.

    Raises NotPlanned if it went out meanwhile or is not to go out any more.
    """
    planned = _locked(receipt_pk, step, on=on, until=on + FURTHEST)
    if planned is None:
        raise NotPlanned(_("It went out already, or is not to go out any more."))
    notice = _row(planned)
    if not notice.is_held:
        notice.held_at, notice.held_by = now, by
        notice.save()
    return notice


@transaction.atomic
def let_go(notice_pk: int) -> DunningNotice:
    """Let a reminder that is held back go out when it is its turn, and return it.

    Who held it back, and when, stays in its history. Raises NotPlanned if it is not
    held back.
    """
    rows = DunningNotice.objects.select_for_update(of=["self"])
    notice = rows.filter(pk=notice_pk, held_at__isnull=False).first()
    if notice is None:
        raise NotPlanned(_("It is not held back any more."))
    notice.held_at = notice.held_by = None
    notice.save()
    return notice


def _locked(receipt_pk: int, step: int, *, on: date, until: date) -> Planned | None:
    """Lock an invoice and return its reminder as it is planned now, ``None``: not."""
    receipts = Receipt.objects.filter(pk=receipt_pk)
    invoice_pk = receipts.values_list("invoice_id", flat=True).first()
    if invoice_pk is None:
        return None
    Invoice.objects.locked(invoice_pk)
    planned = going_out(receipts, on=on, until=until)
    return next((one for one in planned if one.level.step == step), None)


def _row(planned: Planned) -> DunningNotice:
    """Return the row of a reminder, unsaved where there is none yet."""
    return planned.notice or DunningNotice(
        receipt=planned.receipt, level=planned.level, due_on=planned.receipt.due_on
    )


def _key(planned: Planned) -> str:
    receipt, level = planned.receipt, planned.level
    day = f"{receipt.due_on:%Y-%m-%d}"
    return f"dunning:{receipt.pk}:{day}:{level.audience}:{level.step}"
