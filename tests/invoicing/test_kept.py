"""Nothing that was issued can be changed or deleted, by any road (INV-3, INV-7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from invoicing import guards
from invoicing.models import FileKind, Invoice, InvoiceLine, NumberSeries, StoredFile
from invoicing.models.invoice import IssuedIsKept
from tests.factories import LineFactory, issued, issued_via_wallet, ordinary_draft
from tests.stored import bytes_of, file_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


def the_row() -> None:
    Invoice.objects.get().delete()


def the_rows() -> None:
    Invoice.objects.all().delete()


def a_line() -> None:
    InvoiceLine.objects.get().delete()


def the_lines() -> None:
    InvoiceLine.objects.all().delete()


def the_file() -> None:
    file_of(Invoice.objects.get()).delete()


def the_files() -> None:
    StoredFile.objects.all().delete()


def its_client() -> None:
    Invoice.objects.get().client.delete()


def its_enrolment() -> None:
    enrolment = Invoice.objects.get().enrolment
    assert enrolment is not None
    enrolment.delete()


def its_series() -> None:
    NumberSeries.objects.get().delete()


ROADS = [
    the_row,
    the_rows,
    a_line,
    the_lines,
    the_file,
    the_files,
    its_client,
    its_enrolment,
    its_series,
]


@pytest.mark.parametrize("delete", ROADS)
def test_what_was_issued_is_not_deleted(delete: Callable[[], None]) -> None:
    invoice = issued_via_wallet()

    with (
        pytest.raises((IssuedIsKept, ProtectedError, DatabaseError)),
        transaction.atomic(),
    ):
        delete()

    stands(invoice)


STATEMENTS = {
    "delete the invoice": "DELETE FROM invoicing_invoice",
    "delete the lines": "DELETE FROM invoicing_invoiceline",
    "delete the files": "DELETE FROM invoicing_storedfile",
    "delete the seal": "DELETE FROM invoicing_seal",
    "delete the series": "DELETE FROM invoicing_numberseries",
    "make it a draft again": "UPDATE invoicing_invoice SET status = 'draft'",
    "renumber it": "UPDATE invoicing_invoice SET number = '2026-0009'",
    "date it back": "UPDATE invoicing_invoice SET issued_on = '2026-01-01'",
    "change its amounts": (
        "UPDATE invoicing_invoice SET net = 1, vat = 0, gross = 1, direct_amount = 1, "
        "wallet_amount = 0"
    ),
    "change its record": "UPDATE invoicing_invoice SET record = '{}'",
    "change a line": "UPDATE invoicing_invoiceline SET unit_price = 1",
    "change a file": "UPDATE invoicing_storedfile SET sha256 = 'x'",
    "change the seal": "UPDATE invoicing_seal SET record = '{}'",
    "give a number again": "UPDATE invoicing_numberseries SET last = NULL",
    "skip a number": "UPDATE invoicing_numberseries SET last = last + 2",
    "change the first number": "UPDATE invoicing_numberseries SET first = 9, last = 9",
    "change how numbers look": "UPDATE invoicing_numberseries SET prefix = 'X{year}'",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_itself_refuses(statement: str) -> None:
    invoice = issued_via_wallet()

    with (
        pytest.raises(DatabaseError, match=guards.REFUSAL),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    stands(invoice)


def test_an_issued_invoice_takes_no_more_lines_and_files() -> None:
    invoice, draft = issued(), ordinary_draft()
    [line] = draft.lines.all()

    with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
        LineFactory.create(invoice=invoice)
    with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
        InvoiceLine.objects.filter(pk=line.pk).update(invoice=invoice)
    with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
        StoredFile.objects.create(invoice=invoice, kind="xml", sha256="x", size=1)

    stands(invoice)


def test_a_draft_among_issued_ones_does_not_take_them_along() -> None:
    invoice, draft = issued(), ordinary_draft()

    with pytest.raises(IssuedIsKept):
        Invoice.objects.filter(pk__in=[invoice.pk, draft.pk]).delete()

    stands(invoice)
    assert Invoice.objects.filter(pk=draft.pk).exists()


def test_a_draft_can_be_changed_and_deleted_with_its_lines() -> None:
    draft = ordinary_draft()
    draft.lines.update(unit_price=1)
    draft.remark = "Thank you"
    draft.save()

    draft.delete()

    assert not InvoiceLine.objects.exists()


def test_drafts_can_be_deleted_together() -> None:
    ordinary_draft()
    ordinary_draft()

    Invoice.objects.drafts().delete()

    assert not Invoice.objects.exists()


def test_every_guard_is_in_place() -> None:
    assert guards.missing(connection) == []


def stands(invoice: Invoice) -> None:
    """Assert that ``invoice`` is there as it was issued: row, lines and files."""
    now = Invoice.objects.get(pk=invoice.pk)
    assert (now.number, now.gross, now.status) == (
        invoice.number,
        invoice.gross,
        "issued",
    )
    assert now.document() == invoice.document()
    assert now.lines.count() == len(invoice.document().lines)
    assert bytes_of(now).startswith(b"%PDF")
    assert bytes_of(now, FileKind.XML).startswith(b"<?xml")
    assert now.files.count() == len(FileKind)
    assert now.series is not None
    assert now.series.last == invoice.sequence
