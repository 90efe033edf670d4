"""The lists as XML for Intervat: their structure, as no schema is at hand (VAT-4)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from invoicing.exports.eu_services import EuRow, EuServices, TaxPeriod
from invoicing.exports.intervat import (
    COMMON,
    INTRA,
    LISTING,
    CannotDeclare,
    Declarant,
    client_listing_xml,
    eu_services_xml,
)
from invoicing.exports.listing import ClientListing, Customer

D = Decimal
DECLARANT = Declarant(
    number="0824677865",
    name="Café & Fils <Gent>",
    street="Rue de l'École 1",
    postal_code="9000",
    city="Liège",
    country="BE",
    email="info@example.com",
    phone="+32 (0)9 123.45.67",
)
NAMES = {"l": LISTING, "c": COMMON, "i": INTRA}
ROWS = (
    Customer("0403170701", "A & B", D("1000.10"), D("210.02")),
    Customer("0824677865", "<C>", D("-400.00"), D("-84.00")),
)
amounts = st.decimals("-99999.99", "99999.99", places=2)


def listing_of(*customers: Customer) -> etree._Element:
    listing = ClientListing(year=2026, customers=customers)
    return etree.fromstring(client_listing_xml(listing, declarant=DECLARANT))


def shape(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def test_a_listing_has_the_structure_of_a_consignment() -> None:
    """VAT-4."""
    root = listing_of(*ROWS)

    assert root.tag == f"{{{LISTING}}}ClientListingConsignment"
    assert dict(root.items()) == {"ClientListingsNbr": "1"}
    [body] = root
    assert body.tag == f"{{{LISTING}}}ClientListing"
    assert dict(body.items()) == {
        "SequenceNumber": "1",
        "ClientsNbr": "2",
        "DeclarantReference": "LIST-2026",
        "TurnOverSum": "600.10",
        "VATAmountSum": "126.02",
    }
    assert shape(body) == ["Declarant", "Period", "Client", "Client"]
    assert body.findtext("l:Period", namespaces=NAMES) == "2026"


def test_a_row_has_number_turnover_and_vat() -> None:
    first, second = listing_of(*ROWS).iterfind(".//l:Client", NAMES)

    assert (first.get("SequenceNumber"), second.get("SequenceNumber")) == ("1", "2")
    assert shape(second) == ["CompanyVATNumber", "TurnOver", "VATAmount"]
    assert second[0].get("issuedBy") == "BE"
    assert [child.text for child in second] == ["0824677865", "-400.00", "-84.00"]


def test_who_declares_is_of_the_common_schema_and_every_name_survives() -> None:
    [inside] = listing_of().iterfind(".//l:Declarant", NAMES)

    assert {etree.QName(child).namespace for child in inside} == {COMMON}
    assert dict(zip(shape(inside), [child.text for child in inside], strict=True)) == {
        "VATNumber": "0824677865",
        "Name": "Café & Fils <Gent>",
        "Street": "Rue de l'École 1",
        "PostCode": "9000",
        "City": "Liège",
        "CountryCode": "BE",
        "EmailAddress": "info@example.com",
        "Phone": "+32091234567",
    }


def test_a_phone_that_is_not_given_is_left_out() -> None:
    listing = ClientListing(year=2026, customers=())
    content = client_listing_xml(listing, declarant=replace(DECLARANT, phone=""))

    assert b"Phone" not in content


def test_a_nil_listing_has_no_rows_and_sums_of_zero() -> None:
    [body] = listing_of()

    assert shape(body) == ["Declarant", "Period"]
    assert [body.get(name) for name in ("ClientsNbr", "TurnOverSum")] == ["0", "0.00"]
    assert body.get("VATAmountSum") == "0.00"


@given(st.lists(st.tuples(amounts, amounts), max_size=20))
def test_the_control_sums_are_those_of_the_rows(
    rows: list[tuple[Decimal, Decimal]],
) -> None:
    [body] = listing_of(*(Customer("0824677865", "X", *row) for row in rows))

    for attribute, name in [("TurnOverSum", "TurnOver"), ("VATAmountSum", "VATAmount")]:
        cells = body.iterfind(f".//l:{name}", NAMES)
        assert D(body.get(attribute) or "") == sum(D(cell.text or "") for cell in cells)
    assert body.get("ClientsNbr") == str(len(rows))


def services(*rows: EuRow, period: TaxPeriod) -> etree._Element:
    found = EuServices(period=period, rows=rows)
    return etree.fromstring(eu_services_xml(found, declarant=DECLARANT))


def test_the_list_of_eu_services_has_the_structure_of_a_consignment() -> None:
    greek = EuRow("EL094259216", "Hellas", "GR", D("-40.00"), TaxPeriod(2026, month=2))
    [body] = services(
        EuRow("NL123456782B90", "Bv", "NL", D("1000.00")),
        greek,
        period=TaxPeriod(2026, month=7),
    )

    assert body.tag == f"{{{INTRA}}}IntraListing"
    assert (body.get("ClientsNbr"), body.get("AmountSum")) == ("2", "960.00")
    assert shape(body) == ["Declarant", "Period", "IntraClient", "IntraClient"]
    assert shape(body[1]) == ["Month", "Year"]
    dutch, corrected = body.iterfind("i:IntraClient", NAMES)
    assert [child.text for child in dutch] == ["123456782B90", "S", "1000.00"]
    assert corrected[0].get("issuedBy") == "EL"
    assert shape(corrected) == [
        "CompanyVATNumber",
        "Code",
        "Amount",
        "CorrectingPeriod",
    ]
    assert [child.text for child in corrected[3]] == ["2", "2026"]


def test_a_quarter_is_named_as_one() -> None:
    [body] = services(period=TaxPeriod(2026, quarter=3))

    assert [child.text for child in body[1]] == ["3", "2026"]
    assert shape(body[1]) == ["Quarter", "Year"]


def test_who_has_no_vat_number_cannot_be_declared() -> None:
    nameless = EuRow("", "Zonder nummer", "NL", D(10))

    with pytest.raises(CannotDeclare, match="Zonder nummer"):
        services(nameless, period=TaxPeriod(2026, quarter=3))
