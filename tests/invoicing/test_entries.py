"""What goes into the books of each document, and in which grids (EXP-1, VAT-3)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from invoicing.documents.document import Kind
from invoicing.documents.grids import Grids, grids
from invoicing.documents.vat import Treatment
from invoicing.models import JournalEntry, VatRate
from tests.factories import ClientFactory, LineFactory, issue, ordinary_draft

D = Decimal

GRIDS = {
    "21 %": (Treatment.STANDARD, "03", "BE", ("03", "54"), ("49", "64")),
    "12 %": (Treatment.STANDARD, "02", "BE", ("02", "54"), ("49", "64")),
    "6 %": (Treatment.STANDARD, "01", "BE", ("01", "54"), ("49", "64")),
    "Belgian VAT to a Frenchman": (
        Treatment.STANDARD,
        "03",
        "FR",
        ("03", "54"),
        ("49", "64"),
    ),
    "exempt training": (Treatment.EXEMPT_TRAINING, "", "BE", ("00", ""), ("49", "")),
    "a service in the EU": (Treatment.REVERSE_CHARGE, "", "FR", ("44", ""), ("48", "")),
    "Greece is in the EU": (Treatment.REVERSE_CHARGE, "", "GR", ("44", ""), ("48", "")),
    "reverse charge at home": (
        Treatment.REVERSE_CHARGE,
        "",
        "BE",
        ("45", ""),
        ("49", ""),
    ),
    "outside the EU": (Treatment.OUTSIDE_SCOPE, "", "CH", ("47", ""), ("49", "")),
    "reverse charge outside the EU": (
        Treatment.REVERSE_CHARGE,
        "",
        "GB",
        ("47", ""),
        ("49", ""),
    ),
    "outside the scope at home": (
        Treatment.OUTSIDE_SCOPE,
        "",
        "BE",
        ("", ""),
        ("", ""),
    ),
    "small enterprise": (Treatment.SMALL_ENTERPRISE, "", "BE", ("", ""), ("", "")),
}


@pytest.mark.parametrize(
    ("treatment", "rate_grid", "country", "invoiced", "credited"),
    GRIDS.values(),
    ids=GRIDS,
)
def test_each_treatment_has_its_grids(
    treatment: Treatment,
    rate_grid: str,
    country: str,
    invoiced: tuple[str, str],
    credited: tuple[str, str],
) -> None:
    """VAT-3."""
    for kind, found in [(Kind.INVOICE, invoiced), (Kind.CREDIT_NOTE, credited)]:
        assert grids(
            treatment, rate_grid=rate_grid, country=country, kind=kind
        ) == Grids(*found)


def test_a_rate_without_a_grid_is_refused() -> None:
    with pytest.raises(ValueError, match="has a grid"):
        grids(Treatment.STANDARD, rate_grid="", country="BE", kind=Kind.INVOICE)


@pytest.mark.django_db
def test_the_rates_that_come_with_the_program_have_their_grids() -> None:
    rates = VatRate.objects.values_list("percent", "grid")

    assert dict(rates) == {D(21): "03", D(12): "02", D(6): "01"}


def mixed() -> Any:
    """Issue an invoice with a line at 6 % and two at 21 %."""
    client = ClientFactory.create(
        legal_name="Drukkerij Voorbeeld BV", enterprise_number="0123456749"
    )
    draft = ordinary_draft(client=client)
    LineFactory.create(
        invoice=draft,
        position=2,
        description="Boek\nover schrijven",
        unit_price=50,
        vat_rate=6,
    )
    return issue(draft)


@pytest.mark.django_db
def test_a_document_goes_into_the_books_by_vat_group() -> None:
    """EXP-1."""
    invoice = mixed()

    rows = invoice.entries.values_list(
        "position", "description", "vat_rate", "base", "vat", "base_grid", "vat_grid"
    )
    assert list(rows) == [
        (1, "Boek over schrijven", D(6), D(50), D(3), "01", "54"),
        (2, "Advies", D(21), D(100), D(21), "03", "54"),
    ]
    entry = invoice.entries.first()
    assert (entry.enterprise_number, entry.vat_number, entry.country) == (
        "0123456749",
        "BE0123456749",
        "BE",
    )


@pytest.mark.django_db
def test_the_books_of_a_document_are_never_changed() -> None:
    """INV-3: neither changed, nor deleted, nor added to."""
    mixed()
    table = JournalEntry._meta.db_table
    for statement in (
        f"UPDATE {table} SET base = 1",  # noqa: S608 – our own name
        f"DELETE FROM {table}",  # noqa: S608 – our own name
    ):
        with (
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    entry = JournalEntry.objects.first()
    assert entry is not None
    entry.pk, entry.position = None, 3
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        entry.save(force_insert=True)
