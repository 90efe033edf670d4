"""What the papers of a dossier must be told by the books: who we are, what was charged.

INV-2 and INV-6 in docs/rules.md. ``settings.PAPERS_…`` lead here.
"""

from __future__ import annotations

from django.utils import translation

from clients.wording import ENTERPRISES
from invoicing.documents.build import seller_party
from invoicing.documents.document import Kind
from invoicing.models import Invoice, Seller
from invoicing.readiness.books import missing_of
from ownyourstory.letterhead import Address, Letterhead
from ownyourstory.money import ZERO
from programs.models import Enrolment
from programs.papers.paper import Charged, Estimated


def letterhead(language: str) -> Letterhead:
    """Return our particulars in ``language``; what is missing in the active one."""
    seller = Seller.objects.current()
    missing = tuple(missing_of(seller))
    with translation.override(language):
        party = seller_party(seller)
    return Letterhead(
        full_name=party.full_name,
        legal_name=party.legal_name,
        trade_name=party.trade_name or party.legal_name,
        address=Address(
            street=party.address.street,
            postal_code=party.address.postal_code,
            city=party.address.city,
        ),
        vat_number=party.vat_number,
        court=party.court,
        iban=party.iban,
        bic=party.bic,
        bank=party.bank,
        email=party.email,
        phone=party.phone,
        website=party.website,
        logo=_logo(seller),
        missing=missing,
    )


def charged(enrolment: Enrolment) -> Charged | None:
    """Return the wallet invoice that stands for ``enrolment``, ``None`` before it.

    What was credited of it is taken off.
    """
    invoice = (
        Invoice.objects.issued()
        .filter(
            enrolment=enrolment, kind=Kind.INVOICE, via_wallet=True, is_cancelled=False
        )
        .first()
    )
    if invoice is None or invoice.issued_on is None:
        return None
    document, notes = invoice.document(), list(invoice.credit_notes.all())
    return Charged(
        number=invoice.number,
        issued_on=invoice.issued_on,
        due_on=document.due_on,
        wallet=document.totals.wallet
        - sum((note.wallet_amount or ZERO for note in notes), ZERO),
        direct=document.totals.direct
        - sum((note.direct_amount or ZERO for note in notes), ZERO),
        communication=document.communication,
        # Of what was credited in part there is no estimate: the agency has to say.
        estimate=None if notes else _estimated(invoice),
    )


def _estimated(invoice: Invoice) -> Estimated | None:
    """Return the estimate that the invoice went out with, in the active language."""
    wallet = invoice.document().wallet
    if wallet is None or wallet.estimate is None:
        return None
    found = wallet.estimate
    with translation.override(invoice.language):
        sizes = {str(label): size for size, label in ENTERPRISES.items()}
    size = sizes.get(found.size_label)
    return Estimated(
        size_label=str(ENTERPRISES[size]) if size else found.size_label,
        rate=found.rate,
        base=found.base,
        subsidy=found.subsidy,
        own_contribution=found.own_contribution,
    )


def _logo(seller: Seller) -> bytes | None:
    """Return the logo; ``None`` where its file is gone: a paper does without."""
    try:
        return seller.logo_bytes()
    except OSError:
        return None
