"""``verify_archive`` and ``check_numbering``: exit code 0 only if all holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from invoicing import crediting, inspecting
from invoicing.models import Inspection, Invoice, InvoiceLine, NumberSeries
from invoicing.models.inspection import InspectionKind
from tests.factories import MONDAY, TUESDAY, issue, issued, noon, ordinary_draft

from .tampering import change, flip_a_byte, path_of, remove, without_guards

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue().strip()


def refused(command: str) -> list[str]:
    with pytest.raises(CommandError) as error:
        call_command(command)
    assert error.value.returncode == 1
    return str(error.value).splitlines()


def credited(invoice: Invoice) -> Invoice:
    quantities = {line.pk: line.quantity for line in invoice.lines.all()}
    wanted = crediting.Request(quantities, "Fout")
    return crediting.credit(invoice.pk, wanted, on=MONDAY, now=noon(MONDAY))


@pytest.mark.parametrize("command", ["verify_archive", "check_numbering"])
def test_an_empty_office_is_in_order(command: str) -> None:
    ordinary_draft()

    assert said(command) == "0 issued documents, all in order."


@pytest.mark.parametrize("command", ["verify_archive", "check_numbering"])
def test_invoices_and_credit_notes_are_counted(command: str) -> None:
    credited(issued())

    assert said(command) == "2 issued documents, all in order."


def test_verify_archive_names_the_first_broken_document_and_what_differs() -> None:
    first, second, third = issued(), issued(), issued()

    with without_guards():
        change(second.lines.get(), "net", 99)
        change(third, "buyer_name", "Somebody else BV")
        found = refused("verify_archive")

    assert all("lacks the guard" in line for line in found[:-2])  # taken away here
    assert found[-2] == "2026-0002: lines.1.net: 100.00 → 99.00"
    assert found[-1].startswith(f"2026-0003: invoice.buyer_name: {third.buyer_name} →")
    assert not any(line.startswith(first.number) for line in found)


def test_verify_archive_names_a_flipped_byte(documents: Path) -> None:
    _first, second = issued(), issued()
    path = path_of(second, documents)
    flip_a_byte(path)

    assert refused("verify_archive") == [
        f"2026-0002: pdf: {path.name} was changed in the archive"
    ]


def test_verify_archive_reads_credit_notes_too(documents: Path) -> None:
    note = credited(issued())
    path_of(note, documents).unlink()

    [found] = refused("verify_archive")

    assert found.startswith("CN2026-0001: pdf:")
    assert "is missing" in found


def test_verify_archive_names_an_invoice_that_is_not_credited_as_it_says() -> None:
    """INV-4: marked as credited in full, its enrolment could be invoiced again."""
    kept, gone = issued(), issued()
    note = credited(gone)
    Invoice.objects.filter(pk__in=[kept.pk, note.pk]).update(is_cancelled=True)
    Invoice.objects.filter(pk=gone.pk).update(is_cancelled=False)

    assert refused("verify_archive") == [
        "2026-0001 is marked as credited in full, but is not.",
        "CN2026-0001 is marked as credited in full, but is not.",
        "2026-0002 is credited in full, but not marked so.",
    ]


def test_verify_archive_adds_up_what_was_credited_in_parts() -> None:
    draft = ordinary_draft()
    draft.lines.update(quantity=Decimal("0.8"))
    invoice = issue(draft)
    [line] = invoice.lines.all()

    for part in ("0.7", "0.1"):
        assert said("verify_archive").endswith("all in order.")
        wanted = crediting.Request({line.pk: Decimal(part)}, "Fout")
        crediting.credit(invoice.pk, wanted, on=MONDAY, now=noon(MONDAY))

    assert said("verify_archive") == "3 issued documents, all in order."


def test_check_numbering_names_gaps_and_the_series() -> None:
    first, second, third = issued(), issued(), issued()

    with without_guards():
        remove(second)
        assert refused("check_numbering") == ["invoice 2026: 2026-0002 is missing."]
        remove(first)
        assert refused("check_numbering") == [
            "invoice 2026: 2026-0001 to 2026-0002 are missing."
        ]
        remove(third)
        assert refused("check_numbering") == [
            "invoice 2026: 2026-0001 to 2026-0003 are missing."
        ]


def test_the_database_gives_no_number_twice_even_without_guards() -> None:
    """INV-1: what ``check_numbering`` would call a double cannot be stored."""
    first, second = issued(), issued()

    with without_guards():
        for column in ("sequence", "number", "communication"):
            with pytest.raises(IntegrityError), transaction.atomic():
                change(second, column, getattr(first, column))


def test_check_numbering_names_a_date_out_of_order_and_out_of_its_year() -> None:
    _first, second = issued(), issued(on=TUESDAY)

    with without_guards():
        change(second, "issued_on", date(2026, 3, 1))
        assert refused("check_numbering") == [
            "invoice 2026: 2026-0002 is dated before the number before it."
        ]
        change(second, "issued_on", date(2027, 1, 1))
        assert refused("check_numbering") == [
            "invoice 2026: 2026-0002 is dated in another year."
        ]


def test_check_numbering_names_a_counter_that_lags() -> None:
    issued()
    issued()

    with without_guards():
        change(NumberSeries.objects.get(), "last", 1)
        [found] = refused("check_numbering")

    assert "counter stands at 2026-0001, but later numbers were given." in found


def test_each_series_and_year_is_checked_by_itself() -> None:
    invoice = issued()
    credited(invoice)
    issued(on=date(2027, 1, 4))

    assert said("check_numbering") == "3 issued documents, all in order."
    with without_guards():
        remove(Invoice.objects.get(number="2027-0001"))
        assert refused("check_numbering") == ["invoice 2027: 2027-0001 is missing."]


def test_what_was_found_is_kept_for_the_page_of_the_owner(documents: Path) -> None:
    invoice = issued()
    with time_machine.travel(noon(MONDAY), tick=False):
        said("verify_archive")
    path_of(invoice, documents).unlink()
    with time_machine.travel(noon(TUESDAY), tick=False):
        refused("verify_archive")

    latest = Inspection.objects.latest_of(InspectionKind.ARCHIVE)

    assert latest is not None
    assert (latest.run_at, latest.documents) == (noon(TUESDAY), 1)
    assert not latest.is_clean
    assert Inspection.objects.earliest("run_at").is_clean
    assert Inspection.objects.latest_of(InspectionKind.NUMBERS) is None


def test_no_more_is_kept_than_can_be_read(
    monkeypatch: pytest.MonkeyPatch, documents: Path
) -> None:
    monkeypatch.setattr(inspecting, "MOST_KEPT", 1)
    for invoice in (issued(), issued()):
        path_of(invoice, documents).unlink()

    [found] = refused("verify_archive")

    assert found.startswith("2026-0001:")


def test_an_inspection_changes_nothing_it_looks_at() -> None:
    issued()
    before = [list(model.objects.values()) for model in (Invoice, InvoiceLine)]

    said("verify_archive")
    said("check_numbering")

    after = [list(model.objects.values()) for model in (Invoice, InvoiceLine)]
    assert after == before
