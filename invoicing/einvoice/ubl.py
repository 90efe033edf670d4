"""A document as UBL 2.1: an invoice (380) or a credit note (381).

Reads ``Document`` only. Element by element as Peppol BIS Billing 3.0 has it, in the
order of the schema, which is the same for both kinds as far as we use it. EIN-1 to
EIN-5 in docs/rules.md.
"""

from __future__ import annotations

from base64 import b64encode

from django.utils import translation
from django.utils.translation import gettext as _
from lxml import etree

from invoicing.documents.document import Credited, Document, Kind

from . import payment, wallet
from .amounts import OUTSIDE_SCOPE, discounts, monetary_total, subtotals, tax_total
from .elements import PREFIXES, cac, cbc, day
from .lines import line_of
from .parties import customer, supplier

EN_16931 = "urn:cen.eu:en16931:2017"
PEPPOL = f"{EN_16931}#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PEPPOL_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:%s-2"
ROOT = {Kind.INVOICE: "Invoice", Kind.CREDIT_NOTE: "CreditNote"}
TYPE_CODE = {Kind.INVOICE: "380", Kind.CREDIT_NOTE: "381"}
"""UNCL 1001: a commercial invoice, a credit note."""

PROJECT = "50"
"""UNCL 1001: what a document refers to is a project."""


def ubl(document: Document, *, pdf: bytes, pdf_name: str) -> bytes:
    """Return ``document`` as UBL in its own language, with ``pdf`` inside.

    ``pdf`` is the readable copy and ``pdf_name`` the name it is saved under. Only a
    structured document is marked for Peppol (EIN-1). Two calls with equal arguments
    return equal bytes.

    Raises ValueError if it is a draft, or a credit note that names no invoice.
    """
    if document.is_draft or document.issued_on is None:
        raise ValueError("a draft has no e-invoice")
    if document.kind == Kind.CREDIT_NOTE and document.credits is None:
        raise ValueError("a credit note names the invoice it credits")
    name = ROOT[document.kind]
    namespace = NAMESPACE % name
    root = etree.Element(
        f"{{{namespace}}}{name}",
        nsmap={None: namespace, **PREFIXES},  # type: ignore[dict-item]  # lxml-stubs
    )
    with translation.override(document.language):
        content = [
            *_head(document),
            *_references(document, pdf=pdf, pdf_name=pdf_name),
            *_parties(document),
            *_payment(document),
            *(line_of(line, kind=document.kind) for line in document.lines),
        ]
    root.extend([element for element in content if element is not None])
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )


def _head(document: Document) -> list[etree._Element | None]:
    """Return what the document is, of which day and in which money."""
    is_credit_note = document.kind == Kind.CREDIT_NOTE
    client_number = document.buyer.client_number
    return [
        cbc("CustomizationID", PEPPOL if document.is_structured else EN_16931),
        cbc("ProfileID", PEPPOL_PROFILE if document.is_structured else ""),
        cbc("ID", document.number),
        day("IssueDate", document.issued_on),
        day("DueDate", None if is_credit_note else document.due_on),
        cbc(f"{ROOT[document.kind]}TypeCode", TYPE_CODE[document.kind]),
        cbc("Note", _note(document)),
        cbc("DocumentCurrencyCode", document.currency),
        cbc("BuyerReference", document.buyer_reference or client_number),
        cac(
            "InvoicePeriod",
            day("StartDate", document.service_from),
            day("EndDate", document.service_until),
        ),
    ]


def _note(document: Document) -> str:
    """Return all that has to be said as the one note that Peppol allows."""
    reason = document.credits.reason if document.credits else ""
    applied_for = None if document.credits else document.wallet
    facts = wallet.facts(applied_for) if applied_for else ()
    return "\n".join(filter(None, [reason, *document.notes, *facts]))


def _references(
    document: Document, *, pdf: bytes, pdf_name: str
) -> list[etree._Element | None]:
    """Return what it refers to. A credit note has no place of its own for a project."""
    project = document.wallet.application_number if document.wallet else ""
    is_credit_note = document.kind == Kind.CREDIT_NOTE
    return [
        cac("OrderReference", cbc("ID", document.order_reference)),
        _credited(document.credits) if document.credits else None,
        _readable_copy(document.number, pdf=pdf, pdf_name=pdf_name),
        _project(project) if is_credit_note else None,
        None if is_credit_note else cac("ProjectReference", cbc("ID", project)),
    ]


def _credited(credited: Credited) -> etree._Element | None:
    return cac(
        "BillingReference",
        cac(
            "InvoiceDocumentReference",
            cbc("ID", credited.number),
            day("IssueDate", credited.issued_on),
        ),
    )


def _readable_copy(number: str, *, pdf: bytes, pdf_name: str) -> etree._Element | None:
    return cac(
        "AdditionalDocumentReference",
        cbc("ID", number),
        cbc("DocumentDescription", _("Readable PDF")),
        cac(
            "Attachment",
            cbc(
                "EmbeddedDocumentBinaryObject",
                b64encode(pdf).decode(),
                mimeCode="application/pdf",
                filename=pdf_name,
            ),
        ),
    )


def _project(number: str) -> etree._Element | None:
    """Return the reference to a project; without a number not even its type."""
    if not number:
        return None
    return cac(
        "AdditionalDocumentReference",
        cbc("ID", number),
        cbc("DocumentTypeCode", PROJECT),
    )


def _parties(document: Document) -> list[etree._Element | None]:
    """Return seller, buyer and delivery; outside VAT nobody has a VAT number."""
    with_vat = all(line.category != OUTSIDE_SCOPE for line in document.lines)
    return [
        supplier(document.seller, with_vat=with_vat),
        customer(document.buyer, with_vat=with_vat),
        cac("Delivery", day("ActualDeliveryDate", document.service_until)),
    ]


def _payment(document: Document) -> list[etree._Element | None]:
    """Return how it is paid and what it comes to."""
    parts = subtotals(document.totals.groups)
    return [
        payment.means(document),
        payment.terms(document),
        *discounts(parts),
        tax_total(document.totals, parts),
        monetary_total(document.totals),
    ]
