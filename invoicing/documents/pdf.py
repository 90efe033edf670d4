"""The PDF of a document: a tagged PDF/A-3b, the same bytes for the same document.

Reads ``Document`` only. INV-2 (what it must show) and INV-6 (who pays what) in
docs/rules.md.
"""

from __future__ import annotations

from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from ownyourstory.money import ZERO
from ownyourstory.press.printing import DAY_FORMAT, printable_logo, printed

from .document import Document, Kind
from .qr import transfer_qr

TEMPLATE = "invoicing/pdf/invoice.html"
STYLESHEET = Path(__file__).parent / "assets" / "invoice.css"


def render_pdf(document: Document, *, logo: bytes | None) -> bytes:
    """Return ``document`` as PDF in its own language.

    ``logo`` is a picture in any format that Pillow reads; without one the trade
    name is set in type. Two calls with equal arguments return equal bytes.

    Raises ValueError if ``logo`` is not a picture.
    """
    images = {}
    if logo is not None:
        images["logo"] = printable_logo(logo)
    if _asks_for_transfer(document):
        images["qr"] = _qr(document)
    with translation.override(document.language):
        html = render_to_string(TEMPLATE, _context(document, images=set(images)))
    return printed(html, stylesheet=STYLESHEET, images=images)


def _context(document: Document, *, images: set[str]) -> dict[str, object]:
    """Return what the template reads; ``images`` are the names it may show."""
    is_credit_note = document.kind == Kind.CREDIT_NOTE
    return {
        "document": document,
        "seller": document.seller,
        "buyer": document.buyer,
        "totals": document.totals,
        "wallet": document.wallet,
        "is_credit_note": is_credit_note,
        "in_two_parts": document.wallet is not None and document.totals.wallet > ZERO,
        "one_day": document.service_from == document.service_until,
        "with_discount": any(line.discount for line in document.lines),
        "all_eligible": all(line.eligible for line in document.lines),
        "day_format": DAY_FORMAT,
        "word": _word(document.kind),
        "with_logo": "logo" in images,
        "with_qr": "qr" in images,
    }


def _word(kind: Kind) -> str:
    """Return the word that the law wants on it (INV-2), in the active language."""
    return gettext("Credit note") if kind == Kind.CREDIT_NOTE else gettext("Invoice")


def _asks_for_transfer(document: Document) -> bool:
    """Tell whether a QR code goes on it (PAY-4): not on drafts and credit notes."""
    return (
        document.kind == Kind.INVOICE
        and bool(document.communication)
        and document.totals.direct > ZERO
    )


def _qr(document: Document) -> bytes:
    """Return the code for what is paid directly: never the wallet's part (INV-6)."""
    seller = document.seller
    return transfer_qr(
        name=seller.full_name,
        iban=seller.iban,
        bic=seller.bic,
        amount=document.totals.direct,
        communication=document.communication,
    )
