"""An invoice is disputed, and the dispute ends: meanwhile no reminder goes out."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.models import Dispute, Invoice


class NotDisputed(Exception):
    """The dispute cannot take this step; the message is for the owner.

    ``field`` is the name of what it is about, empty for all of it.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def dispute(
    invoice_id: int, *, reason: str, since: date, today: date, by: User | None
) -> Dispute:
    """Note that a client disputes an issued invoice, and return that.

    Raises NotDisputed for a draft, a day to come, without a reason, and if it is
    disputed already.
    """
    invoice = Invoice.objects.locked(invoice_id)
    if invoice.is_draft or invoice.kind != Kind.INVOICE:
        raise NotDisputed(_("Only an issued invoice is disputed."))
    if since > today:
        raise NotDisputed(_("This day is still to come."), field="since")
    if not reason.strip():
        raise NotDisputed(_("Say why: the reason is kept."), field="reason")
    if invoice.disputes.filter(ended_on=None).exists():
        raise NotDisputed(_("It is disputed already."))
    return Dispute.objects.create(
        invoice=invoice, since=since, reason=reason.strip(), opened_by=by
    )


@transaction.atomic
def end(dispute_id: int, *, outcome: str, today: date, by: User | None) -> Dispute:
    """Note how a dispute ended, from which day reminders go out again.

    Raises NotDisputed if it ended before, and without a word on how.
    """
    invoice_id = Dispute.objects.values_list("invoice_id", flat=True).get(pk=dispute_id)
    invoice = Invoice.objects.locked(invoice_id)
    row = invoice.disputes.get(pk=dispute_id)
    if row.ended_on is not None:
        raise NotDisputed(_("This dispute has ended already."))
    if not outcome.strip():
        raise NotDisputed(_("Say how it ended: that is kept."), field="outcome")
    row.ended_on, row.ended_by, row.outcome = today, by, outcome.strip()
    row.save()
    return row
