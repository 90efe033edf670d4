"""Seller and buyer in an e-invoice.

EIN-3 in docs/rules.md: a Belgian is known under ``0208`` and the enterprise number.
"""

from __future__ import annotations

from lxml import etree

from invoicing.documents.document import Address, BuyerParty, SellerParty

from .elements import cac, cbc

ENTERPRISE_NUMBER = "0208"
"""The scheme of Belgian enterprise numbers."""

VAT_PREFIX = {"GR": "EL"}
"""The countries whose VAT numbers start with something else than their ISO code."""


def supplier(seller: SellerParty, *, with_vat: bool) -> etree._Element | None:
    """Return the seller; ``with_vat`` tells whether its VAT number may stand there."""
    number = _digits(seller.enterprise_number)
    return cac(
        "AccountingSupplierParty",
        cac(
            "Party",
            cbc("EndpointID", number, schemeID=ENTERPRISE_NUMBER),
            _name(seller.trade_name or seller.legal_name),
            _address(seller.address),
            _vat(_compact(seller.vat_number)) if with_vat else None,
            cac(
                "PartyLegalEntity",
                cbc("RegistrationName", seller.full_name),
                cbc("CompanyID", number, schemeID=ENTERPRISE_NUMBER),
                cbc(
                    "CompanyLegalForm",
                    " - ".join(filter(None, [seller.legal_form, seller.court])),
                ),
            ),
            cac(
                "Contact",
                cbc("Telephone", seller.phone),
                cbc("ElectronicMail", seller.email),
            ),
        ),
    )


def customer(buyer: BuyerParty, *, with_vat: bool) -> etree._Element | None:
    """Return the buyer; ``with_vat`` tells whether its VAT number may stand there."""
    scheme, _colon, endpoint = buyer.endpoint.partition(":")
    return cac(
        "AccountingCustomerParty",
        cac(
            "Party",
            cbc("EndpointID", endpoint, schemeID=scheme),
            _name(buyer.trade_name or buyer.legal_name),
            _address(buyer.address),
            _vat(_buyer_vat_number(buyer)) if with_vat else None,
            cac(
                "PartyLegalEntity",
                cbc("RegistrationName", buyer.legal_name),
                cbc(
                    "CompanyID",
                    _digits(buyer.enterprise_number),
                    schemeID=ENTERPRISE_NUMBER,
                ),
            ),
            cac(
                "Contact",
                cbc("Name", buyer.attention),
                cbc("ElectronicMail", buyer.email),
            ),
        ),
    )


def _name(name: str) -> etree._Element | None:
    return cac("PartyName", cbc("Name", name))


def _address(address: Address) -> etree._Element | None:
    return cac(
        "PostalAddress",
        cbc("StreetName", address.street),
        cbc("CityName", address.city),
        cbc("PostalZone", address.postal_code),
        cac("Country", cbc("IdentificationCode", address.country)),
    )


def _vat(number: str) -> etree._Element | None:
    if not number:
        return None
    return cac(
        "PartyTaxScheme",
        cbc("CompanyID", number),
        cac("TaxScheme", cbc("ID", "VAT")),
    )


def _buyer_vat_number(buyer: BuyerParty) -> str:
    """Return the VAT number of the buyer if it starts with its country.

    EN 16931 wants that prefix, and numbers from outside the EU may lack it.
    """
    country = buyer.address.country
    number = _compact(buyer.vat_number)
    return number if number.startswith(VAT_PREFIX.get(country, country)) else ""


def _compact(number: str) -> str:
    """Return a printed number as it is stored: ``BE0824677865``."""
    return "".join(number.split()).replace(".", "")


def _digits(number: str) -> str:
    return "".join(filter(str.isdigit, number))
