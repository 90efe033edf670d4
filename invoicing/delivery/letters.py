"""Mails about what was issued: composed, and put into the outgoing post."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from invoicing.documents.build import seller_party
from invoicing.models import Delivery, FileKind, Invoice, Means, Seller
from ownyourstory import archive
from ownyourstory.mail import channel
from ownyourstory.mail.channel import Attachment
from ownyourstory.mail.letters import Letter, Sender, compose
from ownyourstory.outbox import post as outbox
from ownyourstory.outbox.channel import Refused

from .purposes import purpose_of
from .values import values_of

MIMETYPES = {FileKind.PDF: "application/pdf", FileKind.XML: "application/xml"}


class AlreadyMailed(Exception):
    """It was mailed since the caller looked; the message is for the owner."""


def letter_for(invoice: Invoice, language: str | None = None) -> Letter:
    """Return the mail to go with an issued invoice or credit note.

    In the language of the document, or in ``language``. Raises ValueError on a draft.
    """
    document, language = invoice.document(), language or invoice.language
    seller = str(Seller.objects.current())
    values = values_of(document, language, seller=seller)
    return compose(purpose_of(document), language, values)


def sender(language: str) -> Sender:
    """Return who writes: our own company, with its particulars (INV-2)."""
    seller = Seller.objects.current()
    with translation.override(language):
        party = seller_party(seller)
        address = party.address
        particulars = [
            [party.full_name, address.street, f"{address.postal_code} {address.city}"],
            [f"{_('VAT')} {party.vat_number}", party.court],
            [f"IBAN {party.iban}", f"BIC {party.bic}", party.bank],
            [party.email, party.phone, party.website],
        ]
    lines = tuple(" · ".join(filter(None, line)) for line in particulars)
    return Sender(name=str(seller), particulars=lines, reply_to=seller.email)


def attachments_of(invoice: Invoice) -> list[Attachment]:
    """Return what goes along: the PDF, and the e-invoice if the buyer is a business."""
    buyer = invoice.document().buyer
    kinds = [FileKind.PDF]
    if buyer.enterprise_number or buyer.vat_number:
        kinds.append(FileKind.XML)
    return [
        Attachment(
            name=invoice.file_name(stored.kind),
            mimetype=MIMETYPES[FileKind(stored.kind)],
            sha256=stored.sha256,
            size=stored.size,
        )
        for stored in invoice.files.filter(kind__in=kinds)
    ]


def attached_bytes(sha256: str) -> bytes:
    """Return the bytes of an attachment. Raises Refused if the archive is damaged."""
    try:
        return archive.read(sha256)
    except archive.Damaged as damaged:
        raise Refused(str(damaged)) from damaged


@transaction.atomic
def post(
    invoice: Invoice,
    letter: Letter,
    to: Sequence[str],
    *,
    by: User | None,
    seen: int | None = None,
) -> Delivery:
    """Put ``letter`` with the files of ``invoice`` into the outgoing post.

    ``to`` are addresses. ``seen`` is how many mails of this invoice the caller knew
    of: one click too many is no second mail. Raises AlreadyMailed if there are more
    by now, and ValueError on a draft.
    """
    if invoice.is_draft:
        raise ValueError(f"invoice {invoice.pk} is a draft")
    # Whoever mails it too waits here.
    Invoice.objects.select_for_update(of=["self"]).get(pk=invoice.pk)
    before = mails_of(invoice).count()
    if seen is not None and seen != before:
        raise AlreadyMailed(
            _("It was put in the outgoing post in the meantime. Send it once more?")
        )
    nth = f":{before + 1}" if before else ""
    dispatch = outbox.put(
        key=f"invoice:{invoice.pk}:mail{nth}",
        channel=channel.NAME,
        recipient=", ".join(to)[:300],
        subject=letter.subject[:300],
        payload=channel.payload(
            letter,
            sender=sender(letter.language),
            to=to,
            attachments=attachments_of(invoice),
        ),
    )
    return Delivery.objects.create(
        invoice=invoice, means=Means.MAIL, dispatch=dispatch, handed_over_by=by
    )


def mails_of(invoice: Invoice) -> QuerySet[Delivery]:
    """Return the mails of ``invoice`` so far, the first one first."""
    mails = invoice.deliveries.filter(means=Means.MAIL)
    return mails.select_related("dispatch").order_by("pk")
