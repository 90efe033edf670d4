"""The letter of a payment reminder, in the client's language."""

from __future__ import annotations

from datetime import date, timedelta

from invoicing.delivery.letters import MIMETYPES, attachments_of
from invoicing.models import FileKind, Invoice, Seller
from ownyourstory.mail.channel import Attachment
from ownyourstory.mail.letters import Letter, compose
from programs.road import ENDS

from .claiming import common_ground, to_come
from .costs import free_until
from .going_out import Planned, audience_of
from .levels import Audience
from .purposes import code_of
from .values import Asked, values_of


def letter_of(planned: Planned, *, on: date) -> Letter:
    """Return the letter of a reminder that goes out on a day.

    Raises ValueError where the owner's own text leaves no subject.
    """
    receipt, step = planned.receipt, planned.level.step
    client = receipt.invoice.client
    audience, ground = audience_of(receipt), common_ground()
    is_free = audience is Audience.CONSUMER and step == 1
    between = timedelta(days=ground.terms.least_between)
    asked = Asked(
        audience=audience,
        claim=planned.claim,
        due_on=receipt.due_on,
        pay_by=free_until(on, days_to_pay=ground.terms.days_to_pay)
        if is_free
        else on + between,
        to_come=to_come(receipt, ground, on=on) if is_free else None,
        wallet_is_over=_wallet_is_over(receipt.invoice),
    )
    named = [one.name for one in client.contacts.all() if one.gets_invoices]
    values = values_of(
        receipt.invoice.document(),
        asked,
        client.language,
        name=next(iter(named), client.legal_name),
        seller=str(Seller.objects.current()),
    )
    return compose(code_of(audience, step), client.language, values)


def _wallet_is_over(invoice: Invoice) -> bool:
    """Tell whether the dossier of an invoice ended without subsidy (DOS-6)."""
    return invoice.enrolment is not None and invoice.enrolment.state in ENDS


def attached(invoice: Invoice) -> list[Attachment]:
    """Return what goes along: the invoice as PDF, to read."""
    pdf = MIMETYPES[FileKind.PDF]
    return [one for one in attachments_of(invoice) if one.mimetype == pdf]
