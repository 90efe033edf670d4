"""What the e-invoice says, rule by rule; the golden files show all of it."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from lxml import etree

from invoicing.documents.document import Document, Kind
from invoicing.documents.vat import Treatment
from invoicing.einvoice.elements import PREFIXES
from invoicing.einvoice.ubl import EN_16931, PEPPOL, PEPPOL_PROFILE, ubl
from tests.invoicing.documents.samples import draft, line

from . import samples
from .checking import complaints
from .reading import said, written

PAYABLE = "cac:LegalMonetaryTotal/cbc:PayableAmount"
BUYER_ENDPOINT = "cac:AccountingCustomerParty/cac:Party/cbc:EndpointID"


def test_a_structured_invoice_is_marked_for_peppol() -> None:
    """EIN-1."""
    root = written(samples.ordinary())

    assert said(root, "cbc:CustomizationID") == [PEPPOL]
    assert said(root, "cbc:ProfileID") == [PEPPOL_PROFILE]


@pytest.mark.parametrize(
    "document", [samples.private_person(), samples.reverse_charge_on_paper()]
)
def test_any_other_is_not(document: Document) -> None:
    """EIN-1: it keeps to EN 16931, and names no endpoint that is not known."""
    root = written(document)

    assert said(root, "cbc:CustomizationID") == [EN_16931]
    assert said(root, "cbc:ProfileID") == []
    assert said(root, BUYER_ENDPOINT) == []


def test_a_credit_note_to_an_e_invoice_is_one_too() -> None:
    """EIN-2: for Peppol, and it names number and day of the invoice."""
    root = written(samples.credited_whole())
    invoice = "cac:BillingReference/cac:InvoiceDocumentReference"

    assert etree.QName(root).localname == "CreditNote"
    assert said(root, "cbc:CreditNoteTypeCode") == ["381"]
    assert said(root, "cbc:CustomizationID") == [PEPPOL]
    assert said(root, f"{invoice}/cbc:ID") == ["2026-0012"]
    assert said(root, f"{invoice}/cbc:IssueDate") == ["2026-03-02"]
    assert said(root, "cbc:DueDate") == said(root, "cac:PaymentMeans") == []


def test_a_due_date_of_a_credit_note_stands_with_the_payment() -> None:
    document = replace(samples.credited_whole(), due_on=date(2026, 5, 7))

    xml = ubl(document, pdf=samples.PDF, pdf_name="a.pdf")

    root = etree.fromstring(xml)
    assert said(root, "cac:PaymentMeans/cbc:PaymentDueDate") == ["2026-05-07"]
    assert said(root, "cbc:DueDate") == []
    assert complaints(xml) == []


def test_both_sides_are_known_under_their_enterprise_number() -> None:
    """EIN-3: 0208 and ten digits."""
    root = written(samples.ordinary())
    found = {
        (element.get("schemeID"), element.text)
        for path in ("cbc:EndpointID", "cac:PartyLegalEntity/cbc:CompanyID")
        for element in root.iterfind(f".//cac:Party/{path}", PREFIXES)
    }

    assert found == {("0208", "0824677865"), ("0208", "0403170701")}


def test_a_foreign_buyer_is_reached_as_its_endpoint_says() -> None:
    """EIN-3: another scheme than that of Belgium."""
    endpoint = written(samples.reverse_charge()).find(f".//{BUYER_ENDPOINT}", PREFIXES)

    assert endpoint is not None
    assert (endpoint.get("schemeID"), endpoint.text) == ("9944", "NL123456782B90")


def test_the_application_number_is_the_project_of_an_invoice() -> None:
    """EIN-4."""
    root = written(samples.wallet())

    assert said(root, "cac:ProjectReference/cbc:ID") == [samples.APPLICATION]
    assert said(root, "cbc:DocumentTypeCode") == []


def test_a_credit_note_has_it_as_a_document_of_type_50() -> None:
    """EIN-4."""
    root = written(samples.credited_wallet())
    references = root.findall(".//cac:AdditionalDocumentReference", PREFIXES)

    assert said(root, "cac:ProjectReference") == []
    assert [
        said(reference, "cbc:ID")
        for reference in references
        if said(reference, "cbc:DocumentTypeCode") == ["50"]
    ] == [[samples.APPLICATION]]


def test_without_an_application_there_is_no_project() -> None:
    """EIN-4."""
    wallet = samples.wallet().wallet
    assert wallet
    not_applied = replace(wallet, application_number="")

    for sample in (samples.wallet(), samples.credited_wallet()):
        root = written(replace(sample, wallet=not_applied))
        assert said(root, "cac:ProjectReference") == []
        assert said(root, "cbc:DocumentTypeCode") == []


@pytest.mark.parametrize(
    ("document", "gross"),
    [(samples.wallet(), "3369.00"), (samples.wallet_pays_all(), "1520.00")],
    ids=["in part", "all of it"],
)
def test_all_is_payable_whatever_the_wallet_pays(
    document: Document, gross: str
) -> None:
    """EIN-5: the subsidy is no discount, and nothing counts as paid before."""
    root = written(document)

    assert said(root, PAYABLE) == [gross]
    assert said(root, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount") == [gross]
    assert said(root, "cbc:PrepaidAmount") == said(root, "cac:PrepaidPayment") == []
    assert said(root, "cac:AllowanceCharge") == []


def test_who_pays_what_stands_in_the_terms() -> None:
    """EIN-5, INV-6: both amounts with their days, in the document's language."""
    [terms] = said(
        written(replace(samples.wallet(), language="en")), "cac:PaymentTerms/cbc:Note"
    )

    assert terms == (
        "1. Through the KMO-portefeuille: €2,700.00. Do not transfer this amount to "
        "us: order the payment in your wallet, citing our invoice number 2026-0012. "
        "The wallet pays up to and including 31 December 2027.\n"
        "2. Directly to us: €669.00, by 1 April 2026."
    )


def test_what_is_typed_into_the_wallet_stands_in_the_note() -> None:
    """INV-6: the e-invoice is the invoice, so it says what the paper says."""
    document = replace(samples.wallet(), language="en")

    note = said(written(document), "cbc:Note")[0].split("\n")

    assert note[: len(document.notes)] == list(document.notes)
    assert note[len(document.notes) :] == [
        "For the KMO-portefeuille:",
        "Approval number: DV.O222378 (opleiding)",
        "Registration: Flemish Region (VLAIO), valid 31 August 2022 – 1 September 2027",
        "Training: Strategisch vertellen",
        "Theme: digitalisering",
        "First – last day: 12 March 2026 – 26 March 2026, 18 hours",
        "Participants: Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
    ]


@pytest.mark.parametrize("document", [samples.ordinary(), samples.credited_wallet()])
def test_what_is_not_paid_by_the_wallet_says_nothing_of_it(document: Document) -> None:
    assert "DV.O222378" not in said(written(document), "cbc:Note")[0]


def test_one_day_is_said_as_one_day() -> None:
    sample = samples.wallet()
    assert sample.wallet
    short = replace(sample.wallet, last_day=sample.wallet.first_day)
    document = replace(sample, wallet=short, language="en")

    assert "Day: 12 March 2026, 18 hours" in said(written(document), "cbc:Note")[0]


def test_nothing_is_asked_for_where_the_wallet_pays_all() -> None:
    """DOS-11: no account either, or a program would propose to pay the whole there."""
    document = replace(samples.wallet_pays_all(), language="en")

    root = written(document)

    [terms] = said(root, "cac:PaymentTerms/cbc:Note")
    assert terms.endswith("\n2. Directly to us: nothing.")
    assert said(root, "cac:PaymentMeans") == []
    assert said(root, "cac:PayeeFinancialAccount/cbc:ID") == []


def test_the_communication_is_that_of_the_paper() -> None:
    """PAY-1."""
    document = samples.ordinary()

    root = written(document)

    assert said(root, "cac:PaymentMeans/cbc:PaymentID") == [document.communication]
    assert said(root, "cac:PayeeFinancialAccount/cbc:ID") == ["BE68539007547034"]


def test_all_sentences_make_one_note() -> None:
    document = samples.credited_whole()
    assert document.credits

    note, _terms = said(written(document), "cbc:Note")

    assert note.split("\n") == [document.credits.reason, *document.notes]


def test_without_a_reference_of_their_own_it_is_the_client_number() -> None:
    document = replace(samples.ordinary(), buyer_reference="")

    assert said(written(document), "cbc:BuyerReference") == ["K0042"]


def test_outside_vat_nobody_has_a_vat_number_and_nothing_a_rate() -> None:
    """VAT-2."""
    root = written(samples.outside_scope())

    assert said(root, "cac:PartyTaxScheme") == []
    assert said(root, "cbc:Percent") == []
    assert said(root, "cac:ClassifiedTaxCategory/cbc:ID") == ["O"]


def test_reverse_charge_names_both_vat_numbers_and_its_ground() -> None:
    """VAT-2."""
    root = written(samples.reverse_charge())

    assert said(root, "cac:PartyTaxScheme/cbc:CompanyID") == [
        "BE0824677865",
        "NL123456782B90",
    ]
    assert said(root, "cbc:TaxExemptionReasonCode") == ["VATEX-EU-AE"]


def test_a_number_that_does_not_tell_its_country_is_no_vat_number() -> None:
    """EN 16931 wants a prefix; numbers from outside the EU may lack it."""
    sample = samples.ordinary()
    buyer = replace(samples.SWISS, vat_number="12 3456789")
    document = replace(sample, buyer=buyer, is_structured=False)

    xml = ubl(document, pdf=samples.PDF, pdf_name="a.pdf")

    root = etree.fromstring(xml)
    assert said(root, "cac:PartyTaxScheme/cbc:CompanyID") == ["BE0824677865"]
    assert complaints(xml) == []


def test_a_greek_vat_number_starts_with_el() -> None:
    address = replace(samples.DUTCH.address, country="GR")
    buyer = replace(
        samples.DUTCH,
        address=address,
        vat_number="EL 123456783",
        endpoint="9933:EL123456783",
    )
    document = samples.invoice(samples.untaxed(Treatment.REVERSE_CHARGE), buyer=buyer)

    xml = ubl(document, pdf=samples.PDF, pdf_name="a.pdf")

    root = etree.fromstring(xml)
    assert said(root, "cac:PartyTaxScheme/cbc:CompanyID")[1] == "EL123456783"
    assert complaints(xml) == []


def test_two_grounds_for_exemption_share_one_subtotal() -> None:
    """VAT-2: category E stands once; its reason speaks for both, no code does."""
    document = samples.invoice(
        samples.untaxed(Treatment.EXEMPT_TRAINING, "100.00"),
        replace(samples.untaxed(Treatment.SMALL_ENTERPRISE, "50.00"), position=2),
        language="en",
        discount="30.00",
    )

    xml = ubl(document, pdf=samples.PDF, pdf_name="a.pdf")

    root = etree.fromstring(xml)
    assert said(root, "cac:TaxSubtotal/cbc:TaxableAmount") == ["270.00"]
    assert said(root, "cac:AllowanceCharge/cbc:Amount") == ["30.00"]
    assert said(root, "cbc:TaxExemptionReasonCode") == []
    [reason] = said(root, "cbc:TaxExemptionReason")
    assert reason == (
        "Exempt from VAT: article 44, § 2, 4° of the Belgian VAT Code. "
        "Special exemption scheme for small enterprises: no VAT charged."
    )
    assert complaints(xml) == []


def test_a_discount_on_the_whole_is_shared_out_over_the_vat_groups() -> None:
    """VAT-1: to the cent, as the document has it."""
    document = samples.document_discount()

    root = written(document)

    assert said(root, "cac:AllowanceCharge/cbc:Amount") == [
        str(group.discount) for group in document.totals.groups
    ]
    assert said(root, "cac:TaxSubtotal/cbc:TaxableAmount") == [
        str(group.base) for group in document.totals.groups
    ]
    assert said(root, "cbc:AllowanceTotalAmount") == ["100.00"]


def test_the_paper_is_inside() -> None:
    root = written(samples.ordinary())
    [paper] = root.iterfind(".//cbc:EmbeddedDocumentBinaryObject", PREFIXES)

    assert paper.get("mimeCode") == "application/pdf"
    assert paper.get("filename") == "2026-0012.pdf"
    assert b64decode(paper.text or "") == samples.PDF


def test_what_xml_cannot_hold_is_left_out() -> None:
    sample = samples.ordinary()
    document = replace(
        sample,
        buyer=replace(sample.buyer, attention="\x07\ud800 ", legal_name="Zoë\x00 BV"),
        order_reference="\x1b\ufffe",
        notes=("Eén\r\ntwee\x0b 🎓",),
    )

    root = written(document)

    assert said(root, "cac:AccountingCustomerParty//cbc:RegistrationName") == ["Zoë BV"]
    assert said(root, "cbc:Note")[0] == "Eén\ntwee 🎓"
    assert said(root, "cac:OrderReference") == []
    assert said(root, "cac:AccountingCustomerParty//cac:Contact/cbc:Name") == []


def test_a_description_of_several_lines_is_one_name() -> None:
    document = samples.invoice(line(1, "Opleiding\r\n  in drie delen\n", "1", "600.00"))

    assert said(written(document), "cac:Item/cbc:Name") == ["Opleiding in drie delen"]


def test_a_price_has_the_decimals_it_needs_and_a_quantity_no_more() -> None:
    lines = [
        line(at, "Lijn", quantity, price)
        for at, (quantity, price) in enumerate(
            [("1.2500", "98.123456"), ("100.0000", "600.000000"), ("1", "0.500000")], 1
        )
    ]

    root = written(samples.invoice(*lines))

    assert said(root, "cbc:InvoicedQuantity") == ["1.25", "100", "1"]
    assert said(root, "cbc:PriceAmount") == ["98.123456", "600.00", "0.50"]


def test_nothing_has_no_sign() -> None:
    """A discount of the rounded price can leave less than half a cent below zero."""
    document = samples.invoice(line(1, "Lijn", "0.96", "0.10", discount="0.10"))

    assert str(document.lines[0].net) == "0.00"
    assert "-" not in "".join(said(written(document), "cbc:LineExtensionAmount"))


@pytest.mark.parametrize("document", [samples.wallet(), samples.credited_wallet()])
def test_no_element_is_empty(document: Document) -> None:
    found = [
        element.tag
        for element in written(document).iter()
        if not len(element) and not (element.text or "").strip()
    ]

    assert found == []


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_it_is_the_same_bytes_whatever_language_the_pages_speak(language: str) -> None:
    document = samples.wallet()
    expected = ubl(document, pdf=samples.PDF, pdf_name="a.pdf")

    with translation.override(language):
        assert ubl(document, pdf=samples.PDF, pdf_name="a.pdf") == expected


@pytest.mark.parametrize(
    "document",
    [draft(), replace(samples.ordinary(), kind=Kind.CREDIT_NOTE)],
    ids=["a draft", "a credit note of nothing"],
)
def test_there_is_no_e_invoice_of(document: Document) -> None:
    with pytest.raises(ValueError, match=r"draft|credits"):
        ubl(document, pdf=samples.PDF, pdf_name="a.pdf")


def test_schema_and_rules_do_complain() -> None:
    """Or the tests that find no complaint would say nothing."""
    xml = ubl(samples.ordinary(), pdf=samples.PDF, pdf_name="a.pdf")

    assert complaints(xml.replace(b"cbc:IssueDate", b"cbc:IssueDay"))
    found = complaints(xml.replace(b">1210.00<", b">1210.01<"))
    assert [text.split()[0] for text in found] == ["BR-CO-15"]
