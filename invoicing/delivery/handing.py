"""How an issued document sets out for its client, and what the owner hands over.

EIN-1 and EIN-2 in docs/rules.md. What the program brings is put into the outbox in the
transaction that issues it; the worker takes it from there.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.identifiers import peppol_id
from invoicing.models import Delivery, FileKind, Invoice, Means, Seller
from ownyourstory.mail.channel import missing as mail_is_missing
from ownyourstory.outbox import post

from . import letters


class HandingError(Exception):
    """The document cannot go this way; the message is for the owner."""


def ways(*, is_structured: bool, email: str, seller: Seller) -> list[Means]:
    """Return how a document may go to its client, the way to propose first (EIN-1).

    Where the e-invoice is the legal one, mail brings no more than a copy: it is no way.
    """
    if is_structured:
        by_program = [Means.ACCESS_POINT] if settings.EINVOICE_API_KEY else []
        return [*by_program, Means.DOWNLOAD]
    if not email or mail_is_missing():
        return [Means.DOWNLOAD]
    if seller.mails_at_issue:
        return [Means.MAIL, Means.DOWNLOAD]
    return [Means.DOWNLOAD, Means.MAIL]


def ways_of(invoice: Invoice) -> list[Means]:
    """Return how a draft, or what it became, may go to its client."""
    is_structured = (
        invoice.client.einvoice_ground.is_structured
        if invoice.is_draft
        else invoice.is_structured
    )
    return ways(
        is_structured=is_structured,
        email=invoice.client.invoice_email,
        seller=Seller.objects.current(),
    )


@transaction.atomic
def begin(invoice: Invoice, means: Means, *, by: User | None) -> Delivery:
    """Let an issued document set out, and return its delivery.

    Raises HandingError if it cannot go this way, or went over Peppol already.
    """
    if means not in ways_of(invoice):
        raise HandingError(
            _("%(invoice)s cannot go %(way)s.")
            % {"invoice": invoice, "way": means.label}
        )
    if means is Means.ACCESS_POINT:
        return _over_peppol(invoice)
    if means is Means.MAIL:
        letter = letters.letter_for(invoice)
        return letters.post(invoice, letter, [invoice.client.invoice_email], by=by)
    return Delivery.objects.create(invoice=invoice, means=means)


@transaction.atomic
def hand_over(invoice: Invoice, *, on: date, by: User | None) -> Delivery:
    """Keep that the owner handed an issued document over on a day, and return it.

    Saying it again corrects the day.
    """
    _lock(invoice)
    delivery, _is_new = Delivery.objects.update_or_create(
        invoice=invoice,
        means=Means.DOWNLOAD,
        defaults={"handed_over_on": on, "handed_over_by": by},
    )
    return delivery


def _over_peppol(invoice: Invoice) -> Delivery:
    """Put the e-invoice into the outbox, once for ever: the key says so."""
    _refuse_a_second(invoice)
    document = invoice.document()
    xml = invoice.files.get(kind=FileKind.XML)
    sender = peppol_id(
        country="BE",
        enterprise_number=document.seller.enterprise_number.replace(".", ""),
        vat_number="",
    )
    dispatch = post.put(
        key=f"invoice:{invoice.pk}:{Means.ACCESS_POINT}",
        channel=Means.ACCESS_POINT,
        recipient=document.buyer.endpoint,
        subject=f"{invoice.get_kind_display()} {invoice.number}",
        payload={
            "invoice": invoice.pk,
            "number": invoice.number,
            "issued_on": f"{invoice.issued_on}",
            "sha256": xml.sha256,
            "sender": sender,
            "receiver": document.buyer.endpoint,
        },
    )
    return Delivery.objects.create(
        invoice=invoice, means=Means.ACCESS_POINT, dispatch=dispatch
    )


def _refuse_a_second(invoice: Invoice) -> None:
    """Raise HandingError if the e-invoice set out already, or was handed over."""
    _lock(invoice)
    for delivery in invoice.deliveries.exclude(means=Means.MAIL):
        if delivery.dispatch_id:
            raise HandingError(_("%s is in the outgoing post already.") % invoice)
        if delivery.handed_over_on:
            raise HandingError(
                _("%(invoice)s was handed over on %(day)s already.")
                % {"invoice": invoice, "day": date_format(delivery.handed_over_on)}
            )


def _lock(invoice: Invoice) -> None:
    """Let whoever sends it, or hands it over, at the same moment wait here."""
    Invoice.objects.select_for_update(of=["self"]).get(pk=invoice.pk)
