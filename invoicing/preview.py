"""A draft as it would look: the same document and page, marked as a draft."""

from __future__ import annotations

from datetime import date

from django.utils import translation

from .documents.build import build
from .documents.document import Document
from .documents.pdf import render_pdf
from .models import Invoice, Seller


def draft_document(draft: Invoice, *, on: date) -> Document:
    """Return ``draft`` as a document without number, in the client's language."""
    with translation.override(draft.client.language):
        return build(draft, seller=Seller.objects.current(), on=on)


def draft_pdf(draft: Invoice, *, on: date) -> bytes:
    """Return the PDF of ``draft``, with its mark and without a number."""
    logo = Seller.objects.current().logo_bytes()
    return render_pdf(draft_document(draft, on=on), logo=logo)
