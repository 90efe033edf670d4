"""Receipts and dossiers follow the money, and receipts follow the dossier.

PAY-2, DOS-1 and DOS-6 in docs/rules.md.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.models import Channel, Invoice
from programs import lifecycle as dossiers

from .keeping import refresh
from .reading import receipts_of


def follow(
    invoice: Invoice, *, now: datetime, by: User | None, because: str = ""
) -> None:
    """Bring the receipts up to date, and the dossier with them."""
    refresh(invoice)
    tell_dossier(invoice, now=now, by=by, because=because)


def tell_dossier(
    invoice: Invoice, *, now: datetime, by: User | None, because: str = ""
) -> None:
    """Note on the dossier that the wallet paid all, or that it does not any more."""
    receipt = receipts_of(invoice).get(Channel.WALLET)
    if invoice.enrolment_id is None or receipt is None:
        return
    if not receipt.is_settled or not receipt.received:
        dossiers.unpaid(
            invoice.enrolment_id,
            reason=because or _("Not all of it came."),
            now=now,
            by=by,
        )
    else:
        last = invoice.payments.standing().filter(channel=Channel.WALLET).last()
        on = last.received_on if last else now.date()
        dossiers.paid(invoice.enrolment_id, on=on, now=now, by=by)


def after_step(enrolment_id: int, *, now: datetime, by: User | None) -> None:
    """Let the receipts follow a step of their dossier (``DOSSIER_STEPPED``).

    Called in the transaction of the step, with the client locked. Money of the wallet
    that came before its application was noted counts from then on (DOS-1); what the
    wallet no longer pays is owed directly (DOS-6).
    """
    issued = Invoice.objects.issued().filter(enrolment=enrolment_id)
    for invoice in issued.filter(kind=Kind.INVOICE).select_for_update(of=["self"]):
        refresh(invoice)
        tell_dossier(invoice, now=now, by=by)
