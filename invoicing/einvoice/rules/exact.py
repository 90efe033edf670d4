"""Our own check: what the file says is the document, to the cent.

The official rules let a euro of difference pass; we let none (VAT-1). Each sum is
worked out anew from the file, and each fact held against the frozen ``Document``.
EIN-4 and EIN-5 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from typing import cast

from lxml import etree

from invoicing.documents.document import Document, Kind
from invoicing.einvoice.elements import PREFIXES, clean
from ownyourstory.money import ZERO, percent_of, to_cents

from .finding import Finding, RuleSet

NAME, VERSION = "Exact amounts, own checks", "2"
TOTAL = "cac:LegalMonetaryTotal/cbc:"
BUYER = "cac:AccountingCustomerParty/cac:Party/"
LINES = "cac:InvoiceLine | cac:CreditNoteLine"
TYPES = {Kind.INVOICE: "380", Kind.CREDIT_NOTE: "381"}


def findings(root: etree._Element, document: Document) -> Iterator[Finding]:
    """Yield each sum that is not exact and each fact that is not the document's."""
    yield from _sums(root)
    facts = _facts(document)
    for rule, (path, fact) in facts.items():
        # As XML can hold it: a character that it has no way to write is no difference.
        said, wanted = _text(root, path), _plain(clean(fact))
        if said != wanted:
            yield Finding(rule, f"{path}: “{said}”, not “{wanted}”.", location=path)
    yield from _parts(root, document)


def rule_set() -> RuleSet:
    """Return these checks as a set of rules; the hash is that of this module."""
    return RuleSet(name=NAME, version=VERSION, sha256=_HASH)


_HASH = sha256(Path(__file__).read_bytes()).hexdigest()


# Sums


def _sums(root: etree._Element) -> Iterator[Finding]:
    lines = _all(root, LINES)
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
            for line in _all(root, LINES)
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
            buyer.legal_name,
        ),
        "OWN-21": (f"{BUYER}cbc:EndpointID", ""),
        "OWN-22": (
            "cac:PaymentMeans/cbc:PaymentID",
            document.communication if sums.direct else "",
        ),
    }
    if document.is_structured or buyer.endpoint:
        path = facts["OWN-21"][0]
        facts["OWN-21"] = (path, buyer.endpoint.partition(":")[2])
    if document.credits is not None:
        original = "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"
        facts["OWN-23"] = (original, document.credits.number)
    if not is_note:
        account = "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"
        iban = document.seller.iban.replace(" ", "")
        facts["OWN-27"] = (account, iban if sums.direct else "")
        facts["OWN-28"] = ("cbc:DueDate", f"{document.due_on or ''}")
    if document.wallet is not None and not is_note:
        project = document.wallet.application_number
        facts["OWN-24"] = ("cac:ProjectReference/cbc:ID", project)
    return facts


# Parts


def _parts(root: etree._Element, document: Document) -> Iterator[Finding]:
    """Yield the lines and the VAT groups that are not those of the document."""
    lines = {
        f"{line.position}": (
            line.quantity,
            line.unit_price,
            line.discount,
            line.net,
            (line.category, line.vat_rate),
        )
        for line in document.lines
    }
    yield from _not_the_same("OWN-25", _lines_said(root), lines, place="InvoiceLine")
    groups: dict[str, tuple[Decimal, Decimal]] = {}
    for group in document.totals.groups:
        name = f"{group.category} {group.rate:.2f}"
        base, vat = groups.get(name, (ZERO, ZERO))
        groups[name] = (base + group.base, vat + group.vat)
    yield from _not_the_same("OWN-26", _groups_said(root), groups, place="TaxSubtotal")


def _lines_said(root: etree._Element) -> dict[str, object]:
    """Return what each line of the file says, by its number."""
    return {
        _text(line, "cbc:ID"): (
            _amount(line, "cbc:InvoicedQuantity | cbc:CreditedQuantity"),
            _amount(line, "cac:Price/cbc:PriceAmount"),
            _amount(line, "cac:AllowanceCharge/cbc:Amount"),
            _amount(line, "cbc:LineExtensionAmount"),
            _category(line, "cac:Item/cac:ClassifiedTaxCategory"),
        )
        for line in _all(root, LINES)
    }


def _groups_said(root: etree._Element) -> dict[str, object]:
    """Return base and VAT of each category and rate of the file."""
    return {
        "{} {:.2f}".format(*_category(group, "cac:TaxCategory")): (
            _amount(group, "cbc:TaxableAmount"),
            _amount(group, "cbc:TaxAmount"),
        )
        for group in _all(root, "cac:TaxTotal/cac:TaxSubtotal")
    }


def _not_the_same(
    rule: str, said: Mapping[str, object], wanted: Mapping[str, object], *, place: str
) -> Iterator[Finding]:
    for name in sorted(said.keys() | wanted.keys()):
        if said.get(name) != wanted.get(name):
            text = f"{place} {name} is not that of the document."
            yield Finding(rule, text, location=place)


# Reading


def _all(element: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", element.xpath(path, namespaces=PREFIXES))


def _text(element: etree._Element, path: str) -> str:
    found = _all(element, path)
    return _plain(found[0].text or "") if found else ""


def _plain(text: str) -> str:
    return " ".join(text.split())


def _amount(element: etree._Element, path: str) -> Decimal:
    """Return an amount; nothing where there is none, as the VAT rate of category O."""
    try:
        return Decimal(_text(element, path))
    except InvalidOperation:
        return ZERO


def _category(element: etree._Element, path: str) -> tuple[str, Decimal]:
    return _text(element, f"{path}/cbc:ID"), _amount(element, f"{path}/cbc:Percent")
