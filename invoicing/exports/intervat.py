"""The client listing and the list of EU services as XML for Intervat. Pure; VAT-4.

Version 0.9 of the administration's schemas, NewLK and NewICO. The schemas are not kept
here, so what is written was never checked by them: Intervat does that on reception.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree
from lxml.etree import _Element

from invoicing.einvoice.elements import clean
from ownyourstory.money import to_cents

from .eu_services import SERVICES, EuRow, EuServices, TaxPeriod
from .listing import ClientListing, Customer

COMMON = "http://www.minfin.fgov.be/InputCommon"
LISTING = "http://www.minfin.fgov.be/ClientListingConsignment"
INTRA = "http://www.minfin.fgov.be/IntraConsignment"


@dataclass(frozen=True, slots=True)
class Declarant:
    """Who hands it in; ``number`` is ten digits, ``phone`` may be empty."""

    number: str
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    email: str
    phone: str = ""


class CannotDeclare(ValueError):
    """A row that Intervat does not take: it has no VAT number."""

    def __init__(self, rows: Sequence[EuRow]) -> None:
        self.rows = rows
        super().__init__(", ".join(row.name for row in rows))


def client_listing_xml(listing: ClientListing, *, declarant: Declarant) -> bytes:
    """Return the listing of a year as one consignment (VAT-4).

    The control sums are those of the rows, to the cent; a nil listing has 0.00.
    """
    root = _root(LISTING, "ClientListingConsignment", ClientListingsNbr="1")
    body = _add(
        root,
        LISTING,
        "ClientListing",
        SequenceNumber="1",
        ClientsNbr=str(len(listing.customers)),
        DeclarantReference=f"LIST-{listing.year}",
        TurnOverSum=_amount(listing.turnover),
        VATAmountSum=_amount(listing.vat),
    )
    _declare(body, LISTING, declarant)
    _add(body, LISTING, "Period", str(listing.year))
    for sequence, customer in enumerate(listing.customers, start=1):
        _customer(body, customer, sequence=sequence)
    return _written(root)


def eu_services_xml(services: EuServices, *, declarant: Declarant) -> bytes:
    """Return the list of a period as one consignment.

    Raises CannotDeclare with the rows that have no VAT number.
    """
    if services.lacking:
        raise CannotDeclare(services.lacking)
    root = _root(INTRA, "IntraConsignment", IntraListingsNbr="1")
    body = _add(
        root,
        INTRA,
        "IntraListing",
        SequenceNumber="1",
        ClientsNbr=str(len(services.rows)),
        DeclarantReference=f"IC-{services.period}",
        AmountSum=_amount(services.amount),
    )
    _declare(body, INTRA, declarant)
    _period(body, "Period", services.period)
    for sequence, row in enumerate(services.rows, start=1):
        _eu_row(body, row, sequence=sequence)
    return _written(root)


def _customer(body: _Element, customer: Customer, *, sequence: int) -> None:
    row = _add(body, LISTING, "Client", SequenceNumber=str(sequence))
    _add(row, LISTING, "CompanyVATNumber", customer.number, issuedBy="BE")
    _add(row, LISTING, "TurnOver", _amount(customer.turnover))
    _add(row, LISTING, "VATAmount", _amount(customer.vat))


def _eu_row(body: _Element, row: EuRow, *, sequence: int) -> None:
    client = _add(body, INTRA, "IntraClient", SequenceNumber=str(sequence))
    _add(client, INTRA, "CompanyVATNumber", row.number, issuedBy=row.prefix)
    _add(client, INTRA, "Code", SERVICES)
    _add(client, INTRA, "Amount", _amount(row.amount))
    if row.corrects:
        _period(client, "CorrectingPeriod", row.corrects)


def _period(parent: _Element, name: str, period: TaxPeriod) -> None:
    inside = _add(parent, INTRA, name)
    if period.month:
        _add(inside, INTRA, "Month", str(period.month))
    else:
        _add(inside, INTRA, "Quarter", str(period.quarter))
    _add(inside, INTRA, "Year", str(period.year))


def _declare(body: _Element, namespace: str, declarant: Declarant) -> None:
    """Write who declares; what is inside is of the common schema."""
    inside = _add(body, namespace, "Declarant")
    for name, text in [
        ("VATNumber", declarant.number),
        ("Name", declarant.name),
        ("Street", declarant.street),
        ("PostCode", declarant.postal_code),
        ("City", declarant.city),
        ("CountryCode", declarant.country),
        ("EmailAddress", declarant.email),
        ("Phone", re.sub(r"(?!^\+)\D", "", declarant.phone.strip())),
    ]:
        if content := clean(text):
            _add(inside, COMMON, name, content)


def _root(namespace: str, name: str, **attributes: str) -> _Element:
    prefixes = {"list": namespace, "common": COMMON}
    root = etree.Element(f"{{{namespace}}}{name}", nsmap=prefixes)
    _fill(root, attributes)
    return root


def _add(
    parent: _Element, namespace: str, name: str, text: str = "", **attributes: str
) -> _Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{name}")
    element.text = text or None
    _fill(element, attributes)
    return element


def _fill(element: _Element, attributes: dict[str, str]) -> None:
    for name, value in attributes.items():
        element.set(name, value)


def _amount(amount: Decimal) -> str:
    return f"{to_cents(amount):f}"


def _written(root: _Element) -> bytes:
    content: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return content
