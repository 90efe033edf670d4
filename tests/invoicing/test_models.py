"""Invoices and their lines: what the database refuses, what a search finds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from factory.django import DjangoModelFactory

from clients.models import Client
from invoicing.models import Invoice
from tests.factories import (
    FIRST_DAY,
    MONDAY,
    ClientFactory,
    DraftFactory,
    LineFactory,
    draft,
    enrolled,
    issue,
    issued,
    noon,
    ordinary_draft,
    wallet_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

ROWS: dict[str, type[DjangoModelFactory[Any]]] = {
    "invoice": DraftFactory,
    "invoiceline": LineFactory,
}
REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("invoice", "(kind_valid|credit_note_credits)", {"kind": "receipt"}),
    ("invoice", "service_ordered", {"service_until": date(2026, 3, 1)}),
    ("invoice", "wallet_has_enrolment", {"via_wallet": True}),
    ("invoice", "discount_sound", {"discount": -1}),
    ("invoice", "draft_or_complete", {"status": "issued"}),
    ("invoice", "draft_or_complete", {"status": "sent"}),
    ("invoice", "draft_or_complete", {"number": "2026-0001"}),
    ("invoice", "draft_or_complete", {"sequence": 1}),
    ("invoice", "draft_or_complete", {"issued_on": MONDAY}),
    ("invoice", "draft_or_complete", {"due_on": MONDAY}),
    ("invoice", "draft_or_complete", {"issued_at": noon(MONDAY)}),
    ("invoice", "draft_or_complete", {"communication": "+++202/6000/00192+++"}),
    ("invoiceline", "amounts_sound", {"quantity": 0}),
    ("invoiceline", "amounts_sound", {"unit_price": -1}),
    ("invoiceline", "amounts_sound", {"discount": -1}),
    ("invoiceline", "amounts_sound", {"discount": Decimal("100.01")}),
    ("invoiceline", "rate_fits_treatment", {"vat_rate": 0}),
    ("invoiceline", "rate_fits_treatment", {"treatment": "reverse_charge"}),
    ("invoiceline", "treatment_valid", {"treatment": "none", "vat_rate": 0}),
    ("invoiceline", "unit_valid", {"unit": "KGM"}),
]


@pytest.mark.parametrize(
    ("model", "fact", "changes"),
    REFUSED,
    ids=[f"{model} {fact} {next(iter(changes))}" for model, fact, changes in REFUSED],
)
def test_the_database_refuses(model: str, fact: str, changes: dict[str, Any]) -> None:
    row = ROWS[model].create()

    with pytest.raises(IntegrityError, match=f"invoicing_{model}_{fact}"):
        type(row)._default_manager.filter(pk=row.pk).update(**changes)


def completed(invoice: Invoice) -> dict[str, Any]:
    """Return what makes a draft complete, as a number after that of ``invoice``."""
    return {
        "status": "issued",
        "series": invoice.series,
        "sequence": 2,
        "number": "2026-0002",
        "communication": "+++202/6000/00293+++",
        "issued_on": MONDAY,
        "issued_at": noon(MONDAY),
        "due_on": MONDAY,
        "language": "nl",
        "buyer_name": "Bakkerij",
        "net": Decimal(100),
        "vat": Decimal(21),
        "gross": Decimal(121),
        "wallet_amount": Decimal(0),
        "direct_amount": Decimal(121),
        "record": {},
    }


@pytest.mark.parametrize(
    "field",
    [
        "series",
        "sequence",
        "issued_on",
        "issued_at",
        "net",
        "vat",
        "gross",
        "wallet_amount",
        "direct_amount",
        "record",
        "number",
        "language",
        "buyer_name",
    ],
)
def test_an_invoice_is_complete_or_a_draft(field: str) -> None:
    """INV-2, INV-3."""
    invoice, other = issued(), ordinary_draft()
    values = completed(invoice)
    empty = "" if isinstance(values[field], str) else None
    row = Invoice.objects.filter(pk=other.pk)

    with (
        pytest.raises(IntegrityError, match="draft_or_complete"),
        transaction.atomic(),
    ):
        row.update(**values | {field: empty})

    assert row.update(**values) == 1


@pytest.mark.parametrize(
    "amounts",
    [
        {"gross": Decimal("121.01"), "direct_amount": Decimal("121.01")},
        {"vat": Decimal("20.99")},
        {"wallet_amount": Decimal("0.01")},
        {"direct_amount": Decimal(100)},
    ],
)
def test_amounts_that_do_not_add_up_are_refused(amounts: dict[str, Decimal]) -> None:
    """VAT-1, INV-6."""
    invoice, other = issued(), ordinary_draft()

    with pytest.raises(IntegrityError, match="invoicing_invoice_amounts_add_up"):
        Invoice.objects.filter(pk=other.pk).update(**completed(invoice) | amounts)


@pytest.mark.parametrize("field", ["number", "sequence", "communication"])
def test_no_two_invoices_share_it(field: str) -> None:
    """INV-1, PAY-1: by going round the code, too."""
    invoice, other = issued(), ordinary_draft()
    taken = {field: getattr(invoice, field)}

    with pytest.raises(IntegrityError, match=field):
        Invoice.objects.filter(pk=other.pk).update(**completed(invoice) | taken)


def test_an_enrolment_has_one_invoice() -> None:
    first = draft()

    with pytest.raises(IntegrityError, match="enrolment"):
        DraftFactory.create(enrolment=first.enrolment)


def test_a_form_refuses_the_enrolment_of_another_client() -> None:
    other = DraftFactory.build(client=ClientFactory.create(), enrolment=enrolled())

    with pytest.raises(ValidationError) as refused:
        other.full_clean()

    assert list(refused.value.message_dict) == ["enrolment"]


def test_a_line_without_vat_loses_its_rate_and_one_with_vat_needs_it() -> None:
    line = LineFactory.create()
    line.treatment = "reverse_charge"
    line.full_clean()
    assert line.vat_rate == 0

    line.treatment = "standard"
    with pytest.raises(ValidationError) as refused:
        line.full_clean()
    assert list(refused.value.message_dict) == ["vat_rate"]


SEARCHES = {
    "the number": "2026-0001",
    "the end of it": "0001",
    "the buyer": "korst",
    "its enterprise number": "BE 0824.677.865",
    "the communication": "+++202/6000/00192+++",
    "its digits": "202600000192",
    "their order number": "po-7",
    "the application number": "2026kmo1",
}


@pytest.mark.parametrize("term", SEARCHES.values(), ids=SEARCHES)
def test_an_invoice_is_found_by_what_is_known_of_it(term: str) -> None:
    client = ClientFactory.create(
        legal_name="Bakkerij De Korst BV", enterprise_number="0824677865"
    )
    draft = wallet_draft(
        client=client, order_reference="PO-7", application_number="2026KMO123"
    )
    invoice = issue(draft)
    issued(client__legal_name="Iemand anders")

    assert list(Invoice.objects.search(term)) == [invoice]


def test_an_invoice_is_found_by_the_name_it_was_issued_to() -> None:
    invoice = issued(client__legal_name="Oude naam BV")
    Client.objects.update(legal_name="Nieuwe naam BV")

    assert list(Invoice.objects.search("oude")) == [invoice]
    assert list(Invoice.objects.search("nieuwe")) == [invoice]


def test_a_draft_is_due_the_15th_of_the_month_after_the_service() -> None:
    """INV-5."""
    assert DraftFactory.build(service_until=FIRST_DAY).issue_by == date(2026, 4, 15)
