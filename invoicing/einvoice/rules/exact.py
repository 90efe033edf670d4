"""Our own check: what the file says is the document, to the cent.

The official rules let a euro of difference pass; we let none (VAT-1). Each sum is
worked out anew from the file, and each fact held against the frozen ``Document``.
EIN-4 and EIN-5 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import cast

from lxml import etree

from invoicing.documents.document import Document, Kind
from invoicing.einvoice.elements import PREFIXES
from ownyourstory.money import ZERO, percent_of, to_cents

from .finding import Finding, RuleSet

NAME, VERSION = "Exact amounts, own checks", "1"
TOTAL = "cac:LegalMonetaryTotal/cbc:"
BUYER = "cac:AccountingCustomerParty/cac:Party/"
TYPES = {Kind.INVOICE: "380", Kind.CREDIT_NOTE: "381"}


def findings(root: etree._Element, document: Document) -> Iterator[Finding]:
    """Yield each sum that is not exact and each fact that is not the document's."""
    yield from _sums(root)
    facts = _facts(document)
    for rule, (path, wanted) in facts.items():
        said = _text(root, path)
        if said != wanted:
            yield Finding(rule, f"{path}: “{said}”, not “{wanted}”.", location=path)


def rule_set() -> RuleSet:
    """Return these checks as a set of rules; the hash is that of this module."""
    return RuleSet(name=NAME, version=VERSION, sha256=_HASH)


_HASH = sha256(Path(__file__).read_bytes()).hexdigest()


# Sums


def _sums(root: etree._Element) -> Iterator[Finding]:
    lines = _all(root, "cac:InvoiceLine | cac:CreditNoteLine")
    for line in lines:
        yield from _differs("OWN-01", line, "cbc:LineExtensionAmount", _line(line))
    nets = sum((_amount(line, "cbc:LineExtensionAmount") for line in lines), ZERO)
    yield from _differs("OWN-02", root, f"{TOTAL}LineExtensionAmount", nets)
    off = sum(
        (_amount(one, "cbc:Amount") for one in _all(root, "cac:AllowanceCharge")), ZERO
    )
    yield from _differs("OWN-03", root, f"{TOTAL}TaxExclusiveAmount", nets - off)
    groups = _all(root, "cac:TaxTotal/cac:TaxSubtotal")
    for group in groups:
        base = _base(root, group)
        rate = _amount(group, "cac:TaxCategory/cbc:Percent")
        yield from _differs("OWN-04", group, "cbc:TaxableAmount", base)
        yield from _differs("OWN-05", group, "cbc:TaxAmount", percent_of(base, rate))
    vat = sum((_amount(group, "cbc:TaxAmount") for group in groups), ZERO)
    yield from _differs("OWN-06", root, "cac:TaxTotal/cbc:TaxAmount", vat)
    gross = nets - off + vat
    yield from _differs("OWN-07", root, f"{TOTAL}TaxInclusiveAmount", gross)
    yield from _differs("OWN-08", root, f"{TOTAL}PayableAmount", gross)


def _line(line: etree._Element) -> Decimal:
    """Return what a line comes to: price times quantity, less its discounts."""
    quantity = _amount(line, "cbc:InvoicedQuantity | cbc:CreditedQuantity")
    price = _amount(line, "cac:Price/cbc:PriceAmount")
    off = (_amount(one, "cbc:Amount") for one in _all(line, "cac:AllowanceCharge"))
    return to_cents(quantity * price - sum(off, ZERO))


def _base(root: etree._Element, group: etree._Element) -> Decimal:
    """Return what the lines and allowances of a VAT group come to."""
    category = _category(group, "cac:TaxCategory")
    lines = sum(
        (
            _amount(line, "cbc:LineExtensionAmount")
            for line in _all(root, "cac:InvoiceLine | cac:CreditNoteLine")
            if _category(line, "cac:Item/cac:ClassifiedTaxCategory") == category
        ),
        ZERO,
    )
    allowances = sum(
        (
            _amount(one, "cbc:Amount")
            for one in _all(root, "cac:AllowanceCharge")
            if _category(one, "cac:TaxCategory") == category
        ),
        ZERO,
    )
    return lines - allowances


def _differs(
    rule: str, element: etree._Element, path: str, wanted: Decimal
) -> Iterator[Finding]:
    said = _amount(element, path)
    if said != wanted:
        name = etree.QName(element).localname
        yield Finding(rule, f"{path}: {said}, not {wanted}.", location=f"{name}/{path}")


# Facts


def _facts(document: Document) -> dict[str, tuple[str, str]]:
    """Return what must stand where, by rule."""
    sums, buyer = document.totals, document.buyer
    is_note = document.kind is Kind.CREDIT_NOTE
    type_code = "cbc:CreditNoteTypeCode" if is_note else "cbc:InvoiceTypeCode"
    facts = {
        "OWN-11": ("cbc:ID", document.number),
        "OWN-12": ("cbc:IssueDate", f"{document.issued_on}"),
        "OWN-13": (type_code, TYPES[document.kind]),
        "OWN-14": ("cbc:DocumentCurrencyCode", "EUR"),
        "OWN-15": (f"{TOTAL}TaxExclusiveAmount", f"{sums.net:.2f}"),
        "OWN-16": ("cac:TaxTotal/cbc:TaxAmount", f"{sums.vat:.2f}"),
        "OWN-17": (f"{TOTAL}TaxInclusiveAmount", f"{sums.gross:.2f}"),
        "OWN-18": (f"{TOTAL}PayableAmount", f"{sums.gross:.2f}"),
        "OWN-19": (f"{TOTAL}PrepaidAmount", ""),
        "OWN-20": (
            f"{BUYER}cac:PartyLegalEntity/cbc:RegistrationName",
            " ".join(buyer.legal_name.split()),
        ),
        "OWN-21": (f"{BUYER}cbc:EndpointID", ""),
        "OWN-22": ("cac:PaymentMeans/cbc:PaymentID", document.communication),
    }
    if document.is_structured or buyer.endpoint:
        path = facts["OWN-21"][0]
        facts["OWN-21"] = (path, buyer.endpoint.partition(":")[2])
    if document.credits is not None:
        original = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
        facts["OWN-23"] = (original, document.credits.number)
    if document.wallet is not None and not is_note:
        project = document.wallet.application_number
        facts["OWN-24"] = ("cac:ProjectReference/cbc:ID", project)
    return facts


# Reading


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", element.xpath(path, namespaces=PREFIXES))


def _text(element: etree._Element, path: str) -> str:
    found = _all(element, path)
    return " ".join((found[0].text or "").split()) if found else ""


def _amount(element: etree._Element, path: str) -> Decimal:
    """Return an amount; nothing where there is none, as the VAT rate of category O."""
    try:
        return Decimal(_text(element, path))
    except InvalidOperation:
        return ZERO


def _category(element: etree._Element, path: str) -> tuple[str, Decimal]:
    return _text(element, f"{path}/cbc:ID"), _amount(element, f"{path}/cbc:Percent")
