"""The letter of a payment reminder, in the client's language."""

from __future__ import annotations

from datetime import date, timedelta

from invoicing.delivery.letters import MIMETYPES, attachments_of
from invoicing.models import FileKind, Invoice, Seller
from invoicing.models.dunning import FREE_STEP
from ownyourstory.mail.channel import Attachment
from ownyourstory.mail.letters import Letter, compose
from programs.road import ENDS

from .claiming import common_ground, to_come
from .costs import free_until
from .going_out import Planned, audience_of
from .levels import Audience
from .purposes import code_of
from .values import Asked, values_of


def pay_by(planned: Planned, *, on: date) -> date:
    """Return by when a reminder that goes out on a day asks to be paid."""
    terms = common_ground().terms
    if _is_free(planned):
        return free_until(on, days_to_pay=terms.days_to_pay)
    return on + timedelta(days=terms.least_between)


def letter_of(planned: Planned, *, on: date) -> Letter:
    """Return the letter of a reminder that goes out on a day.

    Raises ValueError where the owner's own text leaves no subject.
    """
    receipt, step = planned.receipt, planned.level.step
    client = receipt.invoice.client
    audience, ground = audience_of(receipt), common_ground()
    asked = Asked(
        audience=audience,
        claim=planned.claim,
        due_on=receipt.due_on,
        pay_by=pay_by(planned, on=on),
        to_come=to_come(receipt, ground, on=on) if _is_free(planned) else None,
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


def _is_free(planned: Planned) -> bool:
    """Tell whether it is the reminder that costs a consumer nothing."""
    level = planned.level
    return level.audience == Audience.CONSUMER and level.step == FREE_STEP


def _wallet_is_over(invoice: Invoice) -> bool:
    """Tell whether the dossier of an invoice ended without subsidy (DOS-6)."""
    return invoice.enrolment is not None and invoice.enrolment.state in ENDS


def attached(invoice: Invoice) -> list[Attachment]:
    """Return what goes along: the invoice as PDF, to read."""
    pdf = MIMETYPES[FileKind.PDF]
    return [one for one in attachments_of(invoice) if one.mimetype == pdf]
