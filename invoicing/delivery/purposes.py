"""What is written to clients about what was issued: the purposes of the mails.

Where the e-invoice is the legal document (EIN-1), the mail says that its PDF is a
copy; where the wallet pays a part (INV-6), it says what goes which way.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from invoicing.documents.document import Document, Kind
from ownyourstory.mail.purposes import Purpose, Text

from .texts.credit_note import CREDIT_NOTE, CREDIT_NOTE_COPY
from .texts.invoice import INVOICE, INVOICE_COPY
from .texts.wallet_invoice import WALLET_INVOICE, WALLET_INVOICE_COPY
from .values import sample

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ALWAYS = {
    "name": _("the contact person for invoices, else the client"),
    "client": _("the client"),
    "number": _("the number"),
    "issued_on": _("the date"),
    "service": _("the day or the days of the service"),
    "net": _("the total excl. VAT"),
    "vat": _("the VAT"),
    "gross": _("the total incl. VAT"),
    "seller": _("your own name"),
}
TO_PAY = {
    "due_on": _("the last day to pay"),
    "iban": _("your account number"),
    "communication": _("the structured communication"),
}
IN_TWO_PARTS = {
    "training": _("the title of the training"),
    "wallet": _("the amount via the KMO-portefeuille"),
    "direct": _("the amount directly to you"),
    "direct_payment": _(
        "a sentence: what is paid directly to you, by when and how, or that it is "
        "nothing"
    ),
    "apply_by": _("the last day to apply for the subsidy"),
    "pay_by": _("the last day on which the KMO-portefeuille pays"),
}
CREDITED = {
    "original": _("the number of the invoice that is credited"),
    "original_on": _("the date of that invoice"),
    "reason": _("the reason of the credit note"),
    "refund": _("who gets what back, where you wrote that on the credit note"),
}


def _purpose(
    code: str,
    label: StrPromise,
    standards: Mapping[str, Text],
    places: Mapping[str, StrPromise],
) -> Purpose:
    return Purpose(
        code=code,
        label=label,
        places={**ALWAYS, **places},
        standards=standards,
        sample=sample,
    )


PURPOSES = [
    _purpose("invoice", _("Invoice"), INVOICE, TO_PAY),
    _purpose(
        "invoice_copy",
        _("Invoice, beside the e-invoice over Peppol"),
        INVOICE_COPY,
        TO_PAY,
    ),
    _purpose(
        "wallet_invoice",
        _("Invoice via the KMO-portefeuille"),
        WALLET_INVOICE,
        {**TO_PAY, **IN_TWO_PARTS},
    ),
    _purpose(
        "wallet_invoice_copy",
        _("Invoice via the KMO-portefeuille, beside the e-invoice over Peppol"),
        WALLET_INVOICE_COPY,
        {**TO_PAY, **IN_TWO_PARTS},
    ),
    _purpose("credit_note", _("Credit note"), CREDIT_NOTE, CREDITED),
    _purpose(
        "credit_note_copy",
        _("Credit note, beside the e-invoice over Peppol"),
        CREDIT_NOTE_COPY,
        CREDITED,
    ),
]


def purpose_of(document: Document) -> str:
    """Return the code of the purpose for which ``document`` is mailed."""
    if document.kind == Kind.CREDIT_NOTE:
        code = "credit_note"
    elif document.wallet is not None:
        code = "wallet_invoice"
    else:
        code = "invoice"
    return f"{code}_copy" if document.is_structured else code
