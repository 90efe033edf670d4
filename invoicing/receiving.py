"""Money in: recorded, taken back, and what is still open. PAY-2 in docs/rules.md.

What was paid is never typed: it follows from the payments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ownyourstory.money import ZERO
from programs import lifecycle as dossiers

from .documents.document import Kind
from .models import Channel, Invoice, Payment


class NotRecorded(Exception):
    """The money cannot be recorded so; the message is for the owner.

    ``field`` is the name of what it is about, empty for all of it.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is expected on one road and what came, in EUR.

    ``expected`` is what the invoice asks less what was credited of it.
    """

    expected: Decimal
    received: Decimal

    @property
    def open(self) -> Decimal:
        """What is still to come; below zero where too much came."""
        return self.expected - self.received

    @property
    def is_settled(self) -> bool:
        """True where nothing is to come any more."""
        return self.open <= ZERO


def receipts_of(invoice: Invoice) -> dict[Channel, Receipt]:
    """Return the one or two receipts that an issued invoice expects (PAY-2)."""
    notes = invoice.credit_notes.aggregate(
        wallet=Sum("wallet_amount"), direct=Sum("direct_amount")
    )
    came = {
        row["channel"]: row["sum"]
        for row in invoice.payments.standing()
        .order_by()
        .values("channel")
        .annotate(sum=Sum("amount"))
    }
    asked = {
        Channel.WALLET: (invoice.wallet_amount, notes["wallet"]),
        Channel.DIRECT: (invoice.direct_amount, notes["direct"]),
    }
    return {
        channel: Receipt(
            expected=(amount or ZERO) - (credited or ZERO),
            received=came.get(channel, ZERO),
        )
        for channel, (amount, credited) in asked.items()
        if amount or channel in came
    }


def is_paid(receipts: Mapping[Channel, Receipt]) -> bool:
    """Tell whether all that was expected is in (PAY-2)."""
    return all(receipt.is_settled for receipt in receipts.values())


@transaction.atomic
def record(
    invoice_id: int,
    *,
    channel: Channel,
    amount: Decimal,
    on: date,
    now: datetime,
    today: date,
    by: User | None,
) -> Payment:
    """Record that ``amount`` (EUR) came in for an issued invoice, and return it.

    Where with it the wallet paid all, its dossier is paid (DOS-1). Raises NotRecorded
    for a credit note, an amount of nothing, and a day to come.
    """
    invoice = _locked(invoice_id)
    if amount <= ZERO:
        raise NotRecorded(_("An amount is above zero."), field="amount")
    if on > today:
        raise NotRecorded(_("This day is still to come."), field="on")
    payment = Payment.objects.create(
        invoice=invoice,
        channel=channel,
        amount=amount,
        received_on=on,
        recorded_at=now,
        recorded_by=by,
    )
    if invoice.enrolment_id and _wallet_is_settled(invoice):
        dossiers.paid(invoice.enrolment_id, on=on, now=now, by=by)
    return payment


@transaction.atomic
def take_back(
    payment_id: int, *, reason: str, now: datetime, by: User | None
) -> Payment:
    """Take back a payment that was recorded by mistake, with the reason.

    Raises NotRecorded without a reason, or if it was taken back already.
    """
    invoice_id = Payment.objects.values_list("invoice_id", flat=True).get(pk=payment_id)
    invoice = _locked(invoice_id)
    payment = invoice.payments.get(pk=payment_id)
    if payment.corrected_at is not None:
        raise NotRecorded(
            _("It was taken back already, on %s.") % date_format(payment.corrected_at)
        )
    if not reason.strip():
        raise NotRecorded(_("Say why: the reason is kept."), field="reason")
    payment.corrected_at, payment.corrected_by = now, by
    payment.correction = reason.strip()
    payment.save(update_fields=["corrected_at", "corrected_by", "correction"])
    if invoice.enrolment_id and not _wallet_is_settled(invoice):
        dossiers.unpaid(invoice.enrolment_id, reason=reason, now=now, by=by)
    return payment


def _locked(invoice_id: int) -> Invoice:
    """Return an issued invoice, locked. Raises NotRecorded if it is none."""
    invoice = Invoice.objects.select_for_update(of=["self"]).get(pk=invoice_id)
    if invoice.is_draft or invoice.kind != Kind.INVOICE:
        raise NotRecorded(_("Money is recorded on an issued invoice only."))
    return invoice


def _wallet_is_settled(invoice: Invoice) -> bool:
    receipt = receipts_of(invoice).get(Channel.WALLET)
    return receipt is not None and receipt.is_settled
