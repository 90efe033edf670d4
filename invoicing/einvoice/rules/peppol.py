"""The rules of Peppol BIS Billing 3.0.21 that come on top of EN 16931.

Those that our documents can meet, each under its published id. ``RULES`` is the whole
of it: where a rule looks, what must hold there, and its sense in a sentence. EIN-4 in
docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import cast

from lxml import etree

from invoicing.einvoice.elements import PREFIXES
from ownyourstory.money import ZERO

from . import codes
from .finding import Finding, RuleSet, Severity

NAME, VERSION = "Peppol BIS Billing, own checks", "3.0.21"
CUSTOMIZATION = (
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
)
PROFILE = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0")
DIRECT_DEBIT = {"49", "59"}
BILLING_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
SLACK = Decimal("0.02")
DUTCH_VAT = re.compile(r"NL[0-9]{9}B[0-9]{2}")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
"""A number as the schema has it. Python reads more, such as ``NaN`` and ``1E9``."""

Test = Callable[[etree._Element], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: ``holds`` is asked of each element that ``where`` finds."""

    id: str
    where: str
    holds: Test
    text: str
    severity: Severity = Severity.ERROR


def findings(root: etree._Element) -> Iterator[Finding]:
    """Yield each broken rule, once for each element that breaks it."""
    tree = root.getroottree()
    for rule in RULES:
        for element in _elements(root, rule.where):
            if not rule.holds(element):
                yield Finding(
                    rule=rule.id,
                    text=rule.text,
                    location=_path(tree, element),
                    line=cast("int | None", element.sourceline),
                    severity=rule.severity,
                )


def is_marked(root: etree._Element) -> bool:
    """Tell whether a document says that it is one for Peppol, however badly."""
    marks = _elements(root, "/*/cbc:CustomizationID | /*/cbc:ProfileID")
    return any("poacc:billing" in (mark.text or "") for mark in marks)


def rule_set() -> RuleSet:
    """Return these checks as a set of rules; the hash is that of this module."""
    return RuleSet(name=NAME, version=VERSION, sha256=_HASH)


_HASH = sha256(
    Path(__file__).read_bytes() + Path(codes.__file__).read_bytes()
).hexdigest()


# Reading


def _elements(element: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", element.xpath(path, namespaces=PREFIXES))


def _text(element: etree._Element, path: str = ".") -> str:
    """Return the text of what ``path`` finds first, without spaces around it."""
    found = _elements(element, path)
    return (found[0].text or "").strip() if found else ""


def _amount(element: etree._Element, path: str) -> Decimal | None:
    text = _text(element, path)
    # Missing, or no number: the schema says so.
    return Decimal(text) if DECIMAL.fullmatch(text) else None


def _sum(element: etree._Element, path: str) -> Decimal:
    amounts = (_amount(found, ".") for found in _elements(element, path))
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _day(element: etree._Element, path: str = ".") -> date | None:
    found = _elements(element, path)
    text = (found[0].text or "") if found else ""
    try:
        # Python reads other shapes of ISO 8601 too; Peppol has this one, and not a
        # space more.
        return date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text) else None
    except ValueError:
        return None


def _path(tree: etree._ElementTree, element: etree._Element) -> str:
    steps = [
        etree.QName(step).localname
        for step in [*reversed(list(element.iterancestors())), element]
    ]
    position = re.search(r"\[\d+\]$", tree.getpath(element))
    return "/" + "/".join(steps) + (position[0] if position else "")


# What must hold


def _has(path: str) -> Test:
    return lambda element: bool(_text(element, path))


def _at_most_one(path: str) -> Test:
    return lambda element: len(_elements(element, path)) <= 1


def _one_of(allowed: frozenset[str] | set[str], attribute: str = "") -> Test:
    def holds(element: etree._Element) -> bool:
        value = element.get(attribute, "") if attribute else _text(element)
        return value in allowed

    return holds


def _matches(pattern: str) -> Test:
    return lambda element: re.fullmatch(pattern, _text(element)) is not None


def _percentage_fits(allowance: etree._Element) -> bool:
    amount = _amount(allowance, "cbc:Amount")
    base = _amount(allowance, "cbc:BaseAmount")
    percent = _amount(allowance, "cbc:MultiplierFactorNumeric")
    if amount is None or base is None or percent is None:
        return True
    return abs(amount - base * percent / 100) <= SLACK


def _price_fits(allowance: etree._Element) -> bool:
    base = _amount(allowance, "cbc:BaseAmount")
    price = _amount(allowance, "../cbc:PriceAmount")
    off = _amount(allowance, "cbc:Amount")
    return None in {base, price, off} or price == base - off  # type: ignore[operator]


def _line_fits(line: etree._Element) -> bool:
    quantity = _amount(line, "cbc:InvoicedQuantity | cbc:CreditedQuantity")
    price = _amount(line, "cac:Price/cbc:PriceAmount")
    net = _amount(line, "cbc:LineExtensionAmount")
    if quantity is None or price is None or net is None:
        return True
    per = _amount(line, "cac:Price/cbc:BaseQuantity") or Decimal(1)
    off = _sum(line, f"{OF_ALLOWANCE}/cbc:Amount")
    on = _sum(line, f"{OF_CHARGE}/cbc:Amount")
    return abs(net - (quantity * price / per + on - off)) <= SLACK


def _currency_is_the_documents(element: etree._Element) -> bool:
    root = element.getroottree().getroot()
    return element.get("currencyID") == _text(root, "cbc:DocumentCurrencyCode")


def _mandate_where_debited(means: etree._Element) -> bool:
    if _text(means, "cbc:PaymentMeansCode") not in DIRECT_DEBIT:
        return True
    return bool(_text(means, "cac:PaymentMandate/cbc:ID"))


def _starts_inside(start: etree._Element) -> bool:
    whole = _day(start.getroottree().getroot(), "cac:InvoicePeriod/cbc:StartDate")
    own = _day(start)
    return whole is None or own is None or own >= whole


def _ends_inside(end: etree._Element) -> bool:
    whole = _day(end.getroottree().getroot(), "cac:InvoicePeriod/cbc:EndDate")
    own = _day(end)
    return whole is None or own is None or own <= whole


def _unit_is_the_lines(base: etree._Element) -> bool:
    quantity = "../../cbc:InvoicedQuantity | ../../cbc:CreditedQuantity"
    [*found] = _elements(base, quantity)
    return not found or found[0].get("unitCode") == base.get("unitCode")


def _positive(element: etree._Element) -> bool:
    amount = _amount(element, ".")
    return amount is not None and amount > 0


def _category_fits(reason: str) -> Test:
    category, _rule = codes.CATEGORY_OF_REASON[reason]
    return lambda element: _text(element, "cbc:ID") == category


def _belgian(element: etree._Element) -> bool:
    number = _text(element)
    if not re.fullmatch(r"[01][0-9]{9}", number):
        return False
    return int(number[8:]) == 97 - int(number[:8]) % 97


def _numbered(scheme: str) -> str:
    """Return the path of every number that is given under a scheme."""
    return " | ".join(
        f"//{name}[@schemeID='{scheme}']"
        for name in [
            "cbc:EndpointID",
            "cac:PartyIdentification/cbc:ID",
            "cbc:CompanyID",
        ]
    )


# The rules

ALLOWANCES = "/*/cac:AllowanceCharge | /*/*/cac:AllowanceCharge"
LINES = "/*/cac:InvoiceLine | /*/cac:CreditNoteLine"
DATES = " | ".join(
    f"//cbc:{name}"
    for name in [
        "IssueDate",
        "DueDate",
        "PaymentDueDate",
        "TaxPointDate",
        "StartDate",
        "EndDate",
        "ActualDeliveryDate",
    ]
)
OF_ALLOWANCE = "cac:AllowanceCharge[normalize-space(cbc:ChargeIndicator)='false']"
OF_CHARGE = "cac:AllowanceCharge[normalize-space(cbc:ChargeIndicator)='true']"
OF_THE_PROFILE = f"/*[normalize-space(cbc:ProfileID)='{BILLING_PROFILE}']"
IN_CAPITALS = (
    "translate(normalize-space(cbc:TaxExemptionReasonCode),"
    " 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ')"
)
BILLING, COMMON = "PEPPOL-EN16931-", "PEPPOL-COMMON-"

RULES = [
    Rule(
        f"{BILLING}R001",
        "/*",
        _has("cbc:ProfileID"),
        "The business process (ProfileID) is given.",
    ),
    Rule(
        f"{BILLING}R002",
        "/*",
        _at_most_one("cbc:Note"),
        "There is at most one note on the document.",
    ),
    Rule(
        f"{BILLING}R003",
        "/*",
        _has("cbc:BuyerReference | cac:OrderReference/cbc:ID"),
        "A buyer reference or an order reference is given.",
    ),
    Rule(
        f"{BILLING}R004",
        "/*",
        lambda root: _text(root, "cbc:CustomizationID").startswith(CUSTOMIZATION),
        "The specification (CustomizationID) is that of Peppol BIS Billing 3.0.",
    ),
    Rule(
        f"{BILLING}R007",
        "/*/cbc:ProfileID",
        _matches(PROFILE.pattern),
        "The business process (ProfileID) is one of Peppol billing.",
    ),
    Rule(
        f"{BILLING}R008",
        "//*[not(*) and not(normalize-space())]",
        lambda _element: False,
        "No element is empty.",
    ),
    Rule(
        f"{BILLING}R010",
        "/*/cac:AccountingCustomerParty/cac:Party",
        _has("cbc:EndpointID"),
        "The buyer has an electronic address.",
    ),
    Rule(
        f"{BILLING}R020",
        "/*/cac:AccountingSupplierParty/cac:Party",
        _has("cbc:EndpointID"),
        "The seller has an electronic address.",
    ),
    Rule(
        f"{BILLING}R040",
        ALLOWANCES,
        _percentage_fits,
        "An allowance or charge is its base times its percentage.",
    ),
    Rule(
        f"{BILLING}R041",
        f"({ALLOWANCES})[cbc:MultiplierFactorNumeric]",
        _has("cbc:BaseAmount"),
        "An allowance or charge with a percentage has a base.",
    ),
    Rule(
        f"{BILLING}R042",
        f"({ALLOWANCES})[cbc:BaseAmount]",
        _has("cbc:MultiplierFactorNumeric"),
        "An allowance or charge with a base has a percentage.",
    ),
    Rule(
        f"{BILLING}R043",
        "//cac:AllowanceCharge/cbc:ChargeIndicator",
        _one_of({"true", "false"}),
        "Whether it is a charge is said with true or false.",
    ),
    Rule(
        f"{BILLING}R044",
        "//cac:Price/cac:AllowanceCharge/cbc:ChargeIndicator",
        _one_of({"false"}),
        "A price has no charge.",
    ),
    Rule(
        f"{BILLING}R046",
        "//cac:Price/cac:AllowanceCharge",
        _price_fits,
        "The net price is the gross price less its discount.",
    ),
    Rule(
        f"{BILLING}R051",
        "//*[@currencyID][not(parent::cac:TaxTotal[not(cac:TaxSubtotal)])]",
        _currency_is_the_documents,
        "All amounts are in the currency of the document.",
    ),
    Rule(
        f"{BILLING}R053",
        "/*",
        lambda root: len(_elements(root, "cac:TaxTotal[cac:TaxSubtotal]")) == 1,
        "There is one total of VAT with its parts.",
    ),
    Rule(
        f"{BILLING}R061",
        "/*/cac:PaymentMeans",
        _mandate_where_debited,
        "A direct debit names its mandate.",
    ),
    Rule(
        f"{BILLING}R080",
        "/*",
        _at_most_one(
            "cac:ProjectReference"
            " | self::*[local-name()='CreditNote']"
            "/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='50']"
        ),
        "There is at most one project reference.",
    ),
    Rule(
        f"{BILLING}R100",
        LINES,
        _at_most_one("cac:DocumentReference"),
        "A line refers to at most one object.",
    ),
    Rule(
        f"{BILLING}R101",
        "/*/*/cac:DocumentReference",
        lambda reference: _text(reference, "cbc:DocumentTypeCode") == "130",
        "A document reference of a line is one to an object.",
    ),
    Rule(
        f"{BILLING}R110",
        "/*/*/cac:InvoicePeriod/cbc:StartDate",
        _starts_inside,
        "The period of a line does not start before that of the document.",
    ),
    Rule(
        f"{BILLING}R111",
        "/*/*/cac:InvoicePeriod/cbc:EndDate",
        _ends_inside,
        "The period of a line does not end after that of the document.",
    ),
    Rule(
        f"{BILLING}R120",
        LINES,
        _line_fits,
        "A line is its quantity times its price, less allowances, plus charges.",
    ),
    Rule(
        f"{BILLING}R121",
        "//cac:Price/cbc:BaseQuantity",
        _positive,
        "What a price is for is more than nothing.",
    ),
    Rule(
        f"{BILLING}R130",
        "//cac:Price/cbc:BaseQuantity[@unitCode]",
        _unit_is_the_lines,
        "A price is for the unit that the line counts.",
    ),
    Rule(
        f"{BILLING}CL001",
        "//cbc:EmbeddedDocumentBinaryObject",
        _one_of(codes.ATTACHMENTS, "mimeCode"),
        "An attachment is of a type that may be attached.",
    ),
    Rule(
        f"{BILLING}CL002",
        f"//{OF_ALLOWANCE}/cbc:AllowanceChargeReasonCode",
        _one_of(codes.ALLOWANCES),
        "The reason code of an allowance is on the list.",
    ),
    Rule(
        f"{BILLING}CL003",
        f"//{OF_CHARGE}/cbc:AllowanceChargeReasonCode",
        _one_of(codes.CHARGES),
        "The reason code of a charge is on the list.",
    ),
    Rule(
        f"{BILLING}CL006",
        "//cac:InvoicePeriod/cbc:DescriptionCode",
        _one_of(codes.PERIODS),
        "When VAT becomes due is said with a code of the list.",
    ),
    Rule(
        f"{BILLING}CL007",
        "//cbc:DocumentCurrencyCode",
        _one_of(codes.CURRENCIES),
        "The currency is on the list.",
    ),
    Rule(
        f"{BILLING}CL007",
        "//*[@currencyID]",
        _one_of(codes.CURRENCIES, "currencyID"),
        "The currency of an amount is on the list.",
    ),
    Rule(
        f"{BILLING}CL008",
        "//cbc:EndpointID",
        _one_of(codes.ENDPOINTS, "schemeID"),
        "The scheme of an electronic address is on the list.",
    ),
    Rule(
        f"{BILLING}F001",
        DATES,
        lambda element: _day(element) is not None,
        "A date is written as YYYY-MM-DD.",
    ),
    Rule(
        f"{BILLING}P0100",
        f"{OF_THE_PROFILE}/cbc:InvoiceTypeCode",
        _one_of(codes.INVOICES),
        "The type of the invoice is one of this profile.",
    ),
    Rule(
        f"{BILLING}P0101",
        f"{OF_THE_PROFILE}/cbc:CreditNoteTypeCode",
        _one_of(codes.CREDIT_NOTES),
        "The type of the credit note is one of this profile.",
    ),
    *(
        Rule(
            f"{BILLING}{rule}",
            f"//cac:TaxCategory[{IN_CAPITALS}='{reason}']",
            _category_fits(reason),
            f"The reason {reason} goes with VAT category {category}.",
        )
        for reason, (category, rule) in codes.CATEGORY_OF_REASON.items()
    ),
    Rule(
        f"{COMMON}R043",
        _numbered("0208"),
        _belgian,
        "A Belgian enterprise number is well formed.",
    ),
    Rule(
        f"{COMMON}R054",
        _numbered("0106"),
        _matches(r"[0-9]{8}"),
        "A Dutch chamber of commerce number has eight digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R055",
        _numbered("0190"),
        _matches(r"[0-9]{20}"),
        "A Dutch organisation number has twenty digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R056-1",
        _numbered("9944"),
        _matches(DUTCH_VAT.pattern),
        "A Dutch VAT number is NL, nine digits, B and two digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R056-2",
        "//cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']"
        "/cbc:CompanyID[not(@schemeID)][starts-with(normalize-space(), 'NL')]",
        _matches(DUTCH_VAT.pattern),
        "A Dutch VAT number is NL, nine digits, B and two digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R057",
        _numbered("0217"),
        _matches(r"[0-9]{12}"),
        "A Dutch establishment number has twelve digits.",
        Severity.WARNING,
    ),
]
