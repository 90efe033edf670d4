"""The e-invoice says what the invoice says, to the cent (EIN-4, EIN-5, VAT-1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from invoicing.documents.document import Document
from invoicing.einvoice.rules.gate import check
from invoicing.einvoice.ubl import ubl
from tests.invoicing.einvoice import samples


def broken(xml: bytes, document: Document) -> set[str]:
    report = check(xml, for_peppol=False, document=document)
    return {one.rule for one in report.errors}


@pytest.mark.parametrize("name", samples.GOLDEN)
def test_what_we_write_is_exact(name: str) -> None:
    document = samples.GOLDEN[name]()
    xml = ubl(document, pdf=samples.PDF, pdf_name="x.pdf")

    assert broken(xml, document) == set()


def test_a_cent_is_too_much_where_the_official_rules_allow_a_euro() -> None:
    document = samples.wallet()
    xml = ubl(document, pdf=samples.PDF, pdf_name="x.pdf").decode()
    vat, gross = f">{document.totals.vat}<", f">{document.totals.gross}<"
    assert xml.count(vat) == 2

    off = xml.replace(vat, f">{document.totals.vat + Decimal('0.01')}<").replace(
        gross, f">{document.totals.gross + Decimal('0.01')}<"
    )

    official = check(off.encode(), for_peppol=False)
    assert official.passes
    assert {"OWN-05", "OWN-16", "OWN-17"} <= broken(off.encode(), document)


def test_a_subsidy_is_never_prepaid() -> None:
    """EIN-5."""
    document = samples.wallet()
    xml = ubl(document, pdf=samples.PDF, pdf_name="x.pdf").decode()
    gross = document.totals.gross
    prepaid = xml.replace(
        f'<cbc:PayableAmount currencyID="EUR">{gross}<',
        f'<cbc:PrepaidAmount currencyID="EUR">{gross}</cbc:PrepaidAmount>'
        '<cbc:PayableAmount currencyID="EUR">0.00<',
    )
    assert prepaid != xml

    assert {"OWN-08", "OWN-18", "OWN-19"} <= broken(prepaid.encode(), document)


CHANGES: dict[str, Callable[[Document], Document]] = {
    "OWN-11": lambda one: replace(one, number="2026-9999"),
    "OWN-12": lambda one: replace(one, issued_on=date(2026, 3, 3)),
    "OWN-15": lambda one: replace(
        one, totals=replace(one.totals, net=one.totals.net + 1)
    ),
    "OWN-20": lambda one: replace(one, buyer=replace(one.buyer, legal_name="Other")),
    "OWN-21": lambda one: replace(one, buyer=replace(one.buyer, endpoint="0208:1")),
    "OWN-22": lambda one: replace(one, communication="+++000/0000/00097+++"),
    "OWN-27": lambda one: replace(
        one, seller=replace(one.seller, iban="BE43 0689 9999 9501")
    ),
    "OWN-28": lambda one: replace(one, due_on=date(2026, 4, 2)),
    "OWN-25": lambda one: replace(one, lines=one.lines[1:]),
    "OWN-26": lambda one: replace(
        one, totals=replace(one.totals, groups=one.totals.groups[1:])
    ),
}


@pytest.mark.parametrize("rule", CHANGES)
def test_a_fact_that_is_not_the_documents_is_named(rule: str) -> None:
    document = samples.wallet()
    xml = ubl(document, pdf=samples.PDF, pdf_name="x.pdf")

    assert rule in broken(xml, CHANGES[rule](document))


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": Decimal(2)},
        {"unit_price": Decimal("600.01")},
        {"discount": Decimal("0.01")},
        {"net": Decimal("0.01")},
        {"vat_rate": Decimal(6)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_each_amount_of_a_line_is_the_documents(change: dict[str, Decimal]) -> None:
    document = samples.wallet()
    xml = ubl(document, pdf=samples.PDF, pdf_name="x.pdf")
    other = replace(document.lines[0], **change)  # type: ignore[arg-type]

    found = broken(xml, replace(document, lines=(other, *document.lines[1:])))

    assert found == {"OWN-25"}


ODD = "A\x07  Z\x0bé\N{NO-BREAK SPACE}B\r\nC"


def test_what_xml_cannot_write_is_no_difference() -> None:
    """A character that nobody sees, pasted along, must not stop an invoice."""
    document = samples.wallet()
    assert document.wallet
    odd = replace(
        document,
        number=f"2026{ODD}",
        buyer=replace(document.buyer, legal_name=ODD),
        wallet=replace(document.wallet, application_number=ODD),
    )

    assert broken(ubl(odd, pdf=samples.PDF, pdf_name="x.pdf"), odd) == set()


def test_the_application_number_and_the_credited_invoice_are_held_to() -> None:
    document, note = samples.wallet(), samples.credited_whole()
    assert document.wallet
    assert note.credits
    other = replace(document, wallet=replace(document.wallet, application_number="X"))
    others = replace(note, credits=replace(note.credits, number="2026-9999"))

    xml = ubl(document, pdf=samples.PDF, pdf_name="x.pdf")
    assert "OWN-24" in broken(xml, other)

    xml = ubl(note, pdf=samples.PDF, pdf_name="x.pdf")
    assert "OWN-23" in broken(xml, others)
