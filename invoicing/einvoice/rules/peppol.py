"""The rules of Peppol BIS Billing 3.0.21 that come on top of EN 16931.

Those that our documents can meet, each under its published id. ``RULES`` is the whole
of it: where a rule looks, what must hold there, and its sense in a sentence. EIN-4 in
docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import cast

from lxml import etree

from . import codes, holding
from .finding import Finding, RuleSet, Severity
from .holding import (
    OF_ALLOWANCE,
    OF_CHARGE,
    Test,
    at_most_one,
    belgian,
    category_fits,
    currency_is_the_documents,
    ends_inside,
    found_at,
    has,
    is_a_day,
    line_fits,
    mandate_where_debited,
    matches,
    numbered,
    one_of,
    percentage_fits,
    place_of,
    positive,
    price_fits,
    starts_inside,
    text_at,
    unit_is_the_lines,
)

NAME, VERSION = "Peppol BIS Billing, own checks", "3.0.21"
CUSTOMIZATION = (
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
)
PROFILE = re.compile(r"urn:fdc:peppol\.eu:2017:poacc:billing:[0-9]{2}:1\.0")
BILLING_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
DUTCH_VAT = re.compile(r"NL[0-9]{9}B[0-9]{2}")


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
        for element in found_at(root, rule.where):
            if not rule.holds(element):
                yield Finding(
                    rule=rule.id,
                    text=rule.text,
                    location=place_of(tree, element),
                    line=cast("int | None", element.sourceline),
                    severity=rule.severity,
                )


def is_marked(root: etree._Element) -> bool:
    """Tell whether a document says that it is one for Peppol, however badly."""
    marks = found_at(root, "/*/cbc:CustomizationID | /*/cbc:ProfileID")
    return any("poacc:billing" in (mark.text or "") for mark in marks)


def rule_set() -> RuleSet:
    """Return these checks as a set of rules; the hash is that of their modules."""
    return RuleSet(name=NAME, version=VERSION, sha256=_HASH)


_MODULES = [__file__, codes.__file__, holding.__file__]
_HASH = sha256(b"".join(Path(file).read_bytes() for file in _MODULES)).hexdigest()


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
        has("cbc:ProfileID"),
        "The business process (ProfileID) is given.",
    ),
    Rule(
        f"{BILLING}R002",
        "/*",
        at_most_one("cbc:Note"),
        "There is at most one note on the document.",
    ),
    Rule(
        f"{BILLING}R003",
        "/*",
        has("cbc:BuyerReference | cac:OrderReference/cbc:ID"),
        "A buyer reference or an order reference is given.",
    ),
    Rule(
        f"{BILLING}R004",
        "/*",
        lambda root: text_at(root, "cbc:CustomizationID").startswith(CUSTOMIZATION),
        "The specification (CustomizationID) is that of Peppol BIS Billing 3.0.",
    ),
    Rule(
        f"{BILLING}R007",
        "/*/cbc:ProfileID",
        matches(PROFILE.pattern),
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
        has("cbc:EndpointID"),
        "The buyer has an electronic address.",
    ),
    Rule(
        f"{BILLING}R020",
        "/*/cac:AccountingSupplierParty/cac:Party",
        has("cbc:EndpointID"),
        "The seller has an electronic address.",
    ),
    Rule(
        f"{BILLING}R040",
        ALLOWANCES,
        percentage_fits,
        "An allowance or charge is its base times its percentage.",
    ),
    Rule(
        f"{BILLING}R041",
        f"({ALLOWANCES})[cbc:MultiplierFactorNumeric]",
        has("cbc:BaseAmount"),
        "An allowance or charge with a percentage has a base.",
    ),
    Rule(
        f"{BILLING}R042",
        f"({ALLOWANCES})[cbc:BaseAmount]",
        has("cbc:MultiplierFactorNumeric"),
        "An allowance or charge with a base has a percentage.",
    ),
    Rule(
        f"{BILLING}R043",
        "//cac:AllowanceCharge/cbc:ChargeIndicator",
        one_of({"true", "false"}),
        "Whether it is a charge is said with true or false.",
    ),
    Rule(
        f"{BILLING}R044",
        "//cac:Price/cac:AllowanceCharge/cbc:ChargeIndicator",
        one_of({"false"}),
        "A price has no charge.",
    ),
    Rule(
        f"{BILLING}R046",
        "//cac:Price/cac:AllowanceCharge",
        price_fits,
        "The net price is the gross price less its discount.",
    ),
    Rule(
        f"{BILLING}R051",
        "//*[@currencyID][not(parent::cac:TaxTotal[not(cac:TaxSubtotal)])]",
        currency_is_the_documents,
        "All amounts are in the currency of the document.",
    ),
    Rule(
        f"{BILLING}R053",
        "/*",
        lambda root: len(found_at(root, "cac:TaxTotal[cac:TaxSubtotal]")) == 1,
        "There is one total of VAT with its parts.",
    ),
    Rule(
        f"{BILLING}R061",
        "/*/cac:PaymentMeans",
        mandate_where_debited,
        "A direct debit names its mandate.",
    ),
    Rule(
        f"{BILLING}R080",
        "/*",
        at_most_one(
            "cac:ProjectReference"
            " | self::*[local-name()='CreditNote']"
            "/cac:AdditionalDocumentReference[cbc:DocumentTypeCode='50']"
        ),
        "There is at most one project reference.",
    ),
    Rule(
        f"{BILLING}R100",
        LINES,
        at_most_one("cac:DocumentReference"),
        "A line refers to at most one object.",
    ),
    Rule(
        f"{BILLING}R101",
        "/*/*/cac:DocumentReference",
        lambda reference: text_at(reference, "cbc:DocumentTypeCode") == "130",
        "A document reference of a line is one to an object.",
    ),
    Rule(
        f"{BILLING}R110",
        "/*/*/cac:InvoicePeriod/cbc:StartDate",
        starts_inside,
        "The period of a line does not start before that of the document.",
    ),
    Rule(
        f"{BILLING}R111",
        "/*/*/cac:InvoicePeriod/cbc:EndDate",
        ends_inside,
        "The period of a line does not end after that of the document.",
    ),
    Rule(
        f"{BILLING}R120",
        LINES,
        line_fits,
        "A line is its quantity times its price, less allowances, plus charges.",
    ),
    Rule(
        f"{BILLING}R121",
        "//cac:Price/cbc:BaseQuantity",
        positive,
        "What a price is for is more than nothing.",
    ),
    Rule(
        f"{BILLING}R130",
        "//cac:Price/cbc:BaseQuantity[@unitCode]",
        unit_is_the_lines,
        "A price is for the unit that the line counts.",
    ),
    Rule(
        f"{BILLING}CL001",
        "//cbc:EmbeddedDocumentBinaryObject",
        one_of(codes.ATTACHMENTS, "mimeCode"),
        "An attachment is of a type that may be attached.",
    ),
    Rule(
        f"{BILLING}CL002",
        f"//{OF_ALLOWANCE}/cbc:AllowanceChargeReasonCode",
        one_of(codes.ALLOWANCES),
        "The reason code of an allowance is on the list.",
    ),
    Rule(
        f"{BILLING}CL003",
        f"//{OF_CHARGE}/cbc:AllowanceChargeReasonCode",
        one_of(codes.CHARGES),
        "The reason code of a charge is on the list.",
    ),
    Rule(
        f"{BILLING}CL006",
        "//cac:InvoicePeriod/cbc:DescriptionCode",
        one_of(codes.PERIODS),
        "When VAT becomes due is said with a code of the list.",
    ),
    Rule(
        f"{BILLING}CL007",
        "//cbc:DocumentCurrencyCode",
        one_of(codes.CURRENCIES),
        "The currency is on the list.",
    ),
    Rule(
        f"{BILLING}CL007",
        "//*[@currencyID]",
        one_of(codes.CURRENCIES, "currencyID"),
        "The currency of an amount is on the list.",
    ),
    Rule(
        f"{BILLING}CL008",
        "//cbc:EndpointID",
        one_of(codes.ENDPOINTS, "schemeID"),
        "The scheme of an electronic address is on the list.",
    ),
    Rule(
        f"{BILLING}F001",
        DATES,
        is_a_day,
        "A date is written as YYYY-MM-DD.",
    ),
    Rule(
        f"{BILLING}P0100",
        f"{OF_THE_PROFILE}/cbc:InvoiceTypeCode",
        one_of(codes.INVOICES),
        "The type of the invoice is one of this profile.",
    ),
    Rule(
        f"{BILLING}P0101",
        f"{OF_THE_PROFILE}/cbc:CreditNoteTypeCode",
        one_of(codes.CREDIT_NOTES),
        "The type of the credit note is one of this profile.",
    ),
    *(
        Rule(
            f"{BILLING}{rule}",
            f"//cac:TaxCategory[{IN_CAPITALS}='{reason}']",
            category_fits(reason),
            f"The reason {reason} goes with VAT category {category}.",
        )
        for reason, (category, rule) in codes.CATEGORY_OF_REASON.items()
    ),
    Rule(
        f"{COMMON}R043",
        numbered("0208"),
        belgian,
        "A Belgian enterprise number is well formed.",
    ),
    Rule(
        f"{COMMON}R054",
        numbered("0106"),
        matches(r"[0-9]{8}"),
        "A Dutch chamber of commerce number has eight digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R055",
        numbered("0190"),
        matches(r"[0-9]{20}"),
        "A Dutch organisation number has twenty digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R056-1",
        numbered("9944"),
        matches(DUTCH_VAT.pattern),
        "A Dutch VAT number is NL, nine digits, B and two digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R056-2",
        "//cac:PartyTaxScheme[cac:TaxScheme/cbc:ID='VAT']"
        "/cbc:CompanyID[not(@schemeID)][starts-with(normalize-space(), 'NL')]",
        matches(DUTCH_VAT.pattern),
        "A Dutch VAT number is NL, nine digits, B and two digits.",
        Severity.WARNING,
    ),
    Rule(
        f"{COMMON}R057",
        numbered("0217"),
        matches(r"[0-9]{12}"),
        "A Dutch establishment number has twelve digits.",
        Severity.WARNING,
    ),
]
