"""What the rules of Peppol ask of an element of an e-invoice, and how it is read.

Each function that returns a ``Test``, or is one, is what a rule in ``peppol`` holds an
element to. Odd content is no number and no day here: the schema says so already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import cast

from lxml import etree

from invoicing.einvoice.elements import PREFIXES
from ownyourstory.money import ZERO

from . import codes

DIRECT_DEBIT = {"49", "59"}
SLACK = Decimal("0.02")
DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
"""A number as the schema has it. Python reads more, such as ``NaN`` and ``1E9``."""

OF_ALLOWANCE = "cac:AllowanceCharge[normalize-space(cbc:ChargeIndicator)='false']"
OF_CHARGE = "cac:AllowanceCharge[normalize-space(cbc:ChargeIndicator)='true']"

Test = Callable[[etree._Element], bool]


# Reading


def found_at(element: etree._Element, path: str) -> list[etree._Element]:
    return cast("list[etree._Element]", element.xpath(path, namespaces=PREFIXES))


def text_at(element: etree._Element, path: str = ".") -> str:
    """Return the text of what ``path`` finds first, without spaces around it."""
    found = found_at(element, path)
    return (found[0].text or "").strip() if found else ""


def _amount(element: etree._Element, path: str) -> Decimal | None:
    text = text_at(element, path)
    # Missing, or no number: the schema says so.
    return Decimal(text) if DECIMAL.fullmatch(text) else None


def _sum(element: etree._Element, path: str) -> Decimal:
    amounts = (_amount(found, ".") for found in found_at(element, path))
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _day(element: etree._Element, path: str = ".") -> date | None:
    found = found_at(element, path)
    text = (found[0].text or "") if found else ""
    try:
        # Python reads other shapes of ISO 8601 too; Peppol has this one, and not a
        # space more.
        return date.fromisoformat(text) if re.fullmatch(r"[0-9-]{10}", text) else None
    except ValueError:
        return None


def place_of(tree: etree._ElementTree, element: etree._Element) -> str:
    steps = [
        etree.QName(step).localname
        for step in [*reversed(list(element.iterancestors())), element]
    ]
    position = re.search(r"\[\d+\]$", tree.getpath(element))
    return "/" + "/".join(steps) + (position[0] if position else "")


# What must hold


def has(path: str) -> Test:
    return lambda element: bool(text_at(element, path))


def at_most_one(path: str) -> Test:
    return lambda element: len(found_at(element, path)) <= 1


def one_of(allowed: frozenset[str] | set[str], attribute: str = "") -> Test:
    def holds(element: etree._Element) -> bool:
        value = element.get(attribute, "") if attribute else text_at(element)
        return value in allowed

    return holds


def matches(pattern: str) -> Test:
    return lambda element: re.fullmatch(pattern, text_at(element)) is not None


def percentage_fits(allowance: etree._Element) -> bool:
    amount = _amount(allowance, "cbc:Amount")
    base = _amount(allowance, "cbc:BaseAmount")
    percent = _amount(allowance, "cbc:MultiplierFactorNumeric")
    if amount is None or base is None or percent is None:
        return True
    return abs(amount - base * percent / 100) <= SLACK


def price_fits(allowance: etree._Element) -> bool:
    base = _amount(allowance, "cbc:BaseAmount")
    price = _amount(allowance, "../cbc:PriceAmount")
    off = _amount(allowance, "cbc:Amount")
    return None in {base, price, off} or price == base - off  # type: ignore[operator]


def line_fits(line: etree._Element) -> bool:
    quantity = _amount(line, "cbc:InvoicedQuantity | cbc:CreditedQuantity")
    price = _amount(line, "cac:Price/cbc:PriceAmount")
    net = _amount(line, "cbc:LineExtensionAmount")
    if quantity is None or price is None or net is None:
        return True
    per = _amount(line, "cac:Price/cbc:BaseQuantity") or Decimal(1)
    off = _sum(line, f"{OF_ALLOWANCE}/cbc:Amount")
    on = _sum(line, f"{OF_CHARGE}/cbc:Amount")
    return abs(net - (quantity * price / per + on - off)) <= SLACK


def is_a_day(element: etree._Element) -> bool:
    return _day(element) is not None


def currency_is_the_documents(element: etree._Element) -> bool:
    root = element.getroottree().getroot()
    return element.get("currencyID") == text_at(root, "cbc:DocumentCurrencyCode")


def mandate_where_debited(means: etree._Element) -> bool:
    if text_at(means, "cbc:PaymentMeansCode") not in DIRECT_DEBIT:
        return True
    return bool(text_at(means, "cac:PaymentMandate/cbc:ID"))


def starts_inside(start: etree._Element) -> bool:
    whole = _day(start.getroottree().getroot(), "cac:InvoicePeriod/cbc:StartDate")
    own = _day(start)
    return whole is None or own is None or own >= whole


def ends_inside(end: etree._Element) -> bool:
    whole = _day(end.getroottree().getroot(), "cac:InvoicePeriod/cbc:EndDate")
    own = _day(end)
    return whole is None or own is None or own <= whole


def unit_is_the_lines(base: etree._Element) -> bool:
    quantity = "../../cbc:InvoicedQuantity | ../../cbc:CreditedQuantity"
    [*found] = found_at(base, quantity)
    return not found or found[0].get("unitCode") == base.get("unitCode")


def positive(element: etree._Element) -> bool:
    amount = _amount(element, ".")
    return amount is not None and amount > 0


def category_fits(reason: str) -> Test:
    category, _rule = codes.CATEGORY_OF_REASON[reason]
    return lambda element: text_at(element, "cbc:ID") == category


def belgian(element: etree._Element) -> bool:
    number = text_at(element)
    if not re.fullmatch(r"[01][0-9]{9}", number):
        return False
    return int(number[8:]) == 97 - int(number[:8]) % 97


def numbered(scheme: str) -> str:
    """Return the path of every number that is given under a scheme."""
    return " | ".join(
        f"//{name}[@schemeID='{scheme}']"
        for name in [
            "cbc:EndpointID",
            "cac:PartyIdentification/cbc:ID",
            "cbc:CompanyID",
        ]
    )
