"""Whatever is invoiced or credited, its e-invoice is a right one, to the cent.

VAT-1 and EIN-4 over documents made at random; few, because running the rules takes
its time.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_DOWN, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from invoicing.documents.document import BuyerParty, Document, Kind, Line, Unit
from invoicing.documents.vat import Treatment
from invoicing.einvoice.elements import PREFIXES
from invoicing.einvoice.rules import exact
from invoicing.einvoice.ubl import ubl
from tests.invoicing.documents.samples import line, wallet_part

from . import samples
from .checking import complaints
from .reading import said

CENT = Decimal("0.01")
TAXED = [(Treatment.STANDARD, rate) for rate in ("21", "12", "6")]
EXEMPT = [(Treatment.EXEMPT_TRAINING, "0"), (Treatment.SMALL_ENTERPRISE, "0")]
SHIFTED = [(Treatment.REVERSE_CHARGE, "0")]
OUTSIDE = [(Treatment.OUTSIDE_SCOPE, "0")]
WHO_AND_HOW = [
    (samples.BELGIAN, TAXED + EXEMPT),
    (samples.PERSON, TAXED + EXEMPT),
    (samples.DUTCH, TAXED + EXEMPT + SHIFTED),
    (samples.FRENCH, SHIFTED),
    (samples.SWISS, OUTSIDE),
    (samples.BELGIAN, OUTSIDE),
]
"""Who buys, and what can stand together on an invoice to them."""


@st.composite
def lines(draw: st.DrawFn, treatments: list[tuple[Treatment, str]]) -> list[Line]:
    found = []
    for position in range(1, draw(st.integers(1, 4)) + 1):
        quantity = draw(st.decimals("0.0001", 1000, places=4))
        price = draw(st.decimals(0, 5000, places=4))
        treatment, rate = draw(st.sampled_from(treatments))
        most = (quantity * price).quantize(CENT, rounding=ROUND_DOWN)
        discount = draw(st.just(Decimal(0)) | st.decimals(0, most, places=2))
        found.append(
            line(
                position,
                "Lijn " + draw(st.text(max_size=20)),
                f"{quantity:f}",
                f"{price:f}",
                unit=draw(st.sampled_from(Unit)),
                discount=f"{discount}",
                treatment=treatment,
                vat_rate=rate,
                eligible=draw(st.booleans()),
            )
        )
    return found


@st.composite
def documents(draw: st.DrawFn) -> Document:
    buyer, treatments = draw(st.sampled_from(WHO_AND_HOW))
    charged = draw(lines(treatments))
    invoiced = _invoice(draw, buyer, charged)
    if draw(st.booleans()):
        return invoiced
    return samples.credit_note(invoiced, *charged, refund=draw(st.text(max_size=20)))


def _invoice(draw: st.DrawFn, buyer: BuyerParty, charged: list[Line]) -> Document:
    whole = sum((each.net for each in charged), Decimal(0))
    part = draw(st.just(Decimal(0)) | st.decimals(0, 1, places=2))
    return samples.invoice(
        *charged,
        language=draw(st.sampled_from(["nl", "fr", "en"])),
        buyer=replace(buyer, attention=draw(st.text(max_size=20))),
        is_structured=bool(buyer.endpoint) and draw(st.booleans()),
        wallet=draw(st.sampled_from([None, wallet_part()])),
        discount=f"{(whole * part).quantize(CENT, rounding=ROUND_DOWN)}",
    )


@settings(max_examples=30)
@given(document=documents())
def test_any_document_is_right_and_says_the_same_to_the_cent(
    document: Document,
) -> None:
    xml = ubl(document, pdf=samples.PDF, pdf_name="a.pdf")

    assert complaints(xml) == []
    root = etree.fromstring(xml)
    assert list(exact.findings(root, document)) == []
    discount = document.totals.discount
    assert _totals(root) == {
        "LineExtensionAmount": [document.totals.subtotal],
        "TaxExclusiveAmount": [document.totals.net],
        "TaxInclusiveAmount": [document.totals.gross],
        "AllowanceTotalAmount": [discount] if discount else [],
        "PayableAmount": [document.totals.gross],
    }
    assert _decimals(root, "cac:TaxTotal/cbc:TaxAmount") == [document.totals.vat]
    assert _groups(root) == _groups_of(document)
    lines_of = "InvoiceLine" if document.kind == Kind.INVOICE else "CreditNoteLine"
    found = root.findall(f"cac:{lines_of}", PREFIXES)
    for element, each in zip(found, document.lines, strict=True):
        _check_line(element, each)


def _decimals(root: etree._Element, path: str) -> list[Decimal]:
    return [Decimal(text) for text in said(root, path)]


def _totals(root: etree._Element) -> dict[str, list[Decimal]]:
    names = ("LineExtension", "TaxExclusive", "TaxInclusive", "AllowanceTotal")
    return {
        f"{name}Amount": _decimals(root, f"cac:LegalMonetaryTotal/cbc:{name}Amount")
        for name in (*names, "Payable")
    }


def _groups(root: etree._Element) -> dict[tuple[str, Decimal], list[Decimal]]:
    """Return base and VAT of each category and rate."""
    return {
        (
            said(part, "cac:TaxCategory/cbc:ID")[0],
            Decimal((said(part, "cbc:Percent") or ["0"])[0]),
        ): _decimals(part, "cbc:TaxableAmount") + _decimals(part, "cbc:TaxAmount")
        for part in root.iterfind(".//cac:TaxSubtotal", PREFIXES)
    }


def _groups_of(document: Document) -> dict[tuple[str, Decimal], list[Decimal]]:
    found: dict[tuple[str, Decimal], list[Decimal]] = {}
    for group in document.totals.groups:
        base, vat = found.get((group.category, group.rate), [Decimal(0)] * 2)
        found[group.category, group.rate] = [base + group.base, vat + group.vat]
    return found


def _check_line(element: etree._Element, expected: Line) -> None:
    """The line says what the document does, and its amount follows from the rest."""
    [net] = _decimals(element, "cbc:LineExtensionAmount")
    [price] = _decimals(element, "cbc:PriceAmount")
    [quantity] = [
        Decimal(child.text or "")
        for child in element
        if etree.QName(child).localname.endswith("Quantity")
    ]
    discount = sum(_decimals(element, "cac:AllowanceCharge/cbc:Amount"), Decimal(0))

    assert (quantity, price) == (expected.quantity, expected.unit_price)
    assert (discount, net) == (expected.discount, expected.net)
    assert abs(quantity * price - discount - net) <= CENT / 2
