"""The lines of an e-invoice."""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from invoicing.documents.document import Kind, Line
from ownyourstory.money import to_cents

from .amounts import discount, tax_category
from .elements import cac, cbc, money, number

NAMES = {
    Kind.INVOICE: ("InvoiceLine", "InvoicedQuantity"),
    Kind.CREDIT_NOTE: ("CreditNoteLine", "CreditedQuantity"),
}
"""What a line and its quantity are called, by kind of document."""


def line_of(line: Line, *, kind: Kind) -> etree._Element | None:
    """Return ``line``: its amount is quantity × price − discount, as printed."""
    name, quantity = NAMES[kind]
    return cac(
        name,
        cbc("ID", str(line.position)),
        cbc(quantity, number(line.quantity), unitCode=line.unit.value),
        money("LineExtensionAmount", line.net),
        discount(line.discount),
        cac(
            "Item",
            cbc("Name", " ".join(line.description.split())),
            tax_category("ClassifiedTaxCategory", line.category, line.vat_rate),
        ),
        cac("Price", cbc("PriceAmount", _price(line.unit_price), currencyID="EUR")),
    )


def _price(price: Decimal) -> str:
    """Return a unit price (EUR) with as many decimals as it needs, at least two."""
    cents = to_cents(price)
    return f"{cents:f}" if cents == price else number(price)
