"""Credit notes: the whole or a part, never more, linked both ways (INV-4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from clients.models import Client
from invoicing import crediting, drafting, lifecycle, sealing
from invoicing.crediting import Request
from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, InvoiceStatus
from tests.factories import (
    MONDAY,
    TUESDAY,
    LineFactory,
    issue,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
    wallet_draft,
)
from tests.stored import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

D = Decimal


def mixed(*, discount: str = "0") -> Invoice:
    """An issued invoice of two lines with VAT, at two rates, and one without."""
    draft = ordinary_draft(discount=D(discount), unit_price=D("33.335"))
    draft.lines.update(quantity=3, discount=D("0.01"))
    LineFactory.create(invoice=draft, position=2, vat_rate=D(6), unit_price=D("9.99"))
    LineFactory.create(
        invoice=draft,
        position=3,
        treatment=Treatment.EXEMPT_TRAINING,
        vat_rate=0,
        unit_price=D("0.07"),
    )
    return issue(draft)


def all_of(invoice: Invoice) -> dict[int, Decimal]:
    return {line.pk: line.quantity for line in invoice.lines.all()}


def credit(
    invoice: Invoice,
    quantities: Mapping[int, Decimal] | None = None,
    *,
    on: date = MONDAY,
    reason: str = "Fout",
    refund: str = "",
) -> Invoice:
    wanted = Request(quantities or all_of(invoice), reason, refund)
    return crediting.credit(invoice.pk, wanted, on=on, now=noon(on))


@pytest.mark.parametrize("discount", ["0", "10.01", "110.04"])
def test_the_whole_is_minus_the_invoice_to_the_cent(discount: str) -> None:
    """VAT-1: positive amounts, the same per treatment and rate."""
    invoice = mixed(discount=discount)

    note = credit(invoice)

    assert min(note.document().totals.groups, key=lambda each: each.base).base >= 0
    assert [
        (each.treatment, each.rate, each.base, each.vat) for each in note.amounts.groups
    ] == [
        (each.treatment, each.rate, each.base, each.vat)
        for each in invoice.amounts.groups
    ]
    for column in ("net", "vat", "gross", "wallet_amount", "direct_amount"):
        assert getattr(note, column) == getattr(invoice, column), column
    assert all(line.net is not None and line.net >= 0 for line in note.lines.all())


def test_it_has_a_number_of_its_own_series_and_is_linked_both_ways() -> None:
    """INV-1, INV-4."""
    first, second = issued(), issued()

    notes = [credit(second), credit(first, on=TUESDAY)]

    assert [note.number for note in notes] == ["CN2026-0001", "CN2026-0002"]
    assert [note.credits for note in notes] == [second, first]
    assert list(first.credit_notes.all()) == [notes[1]]
    [line] = notes[1].lines.all()
    assert line.credits == first.lines.get()
    assert list(first.lines.get().credited_by.all()) == [line]
    assert issued().number == "2026-0003"


def test_its_pdf_names_the_invoice_the_reason_and_the_vat_to_pay_back() -> None:
    """INV-4."""
    invoice = issued()

    note = credit(invoice, on=TUESDAY, reason="Dubbel gefactureerd")

    said = text_of(note)
    assert "Creditnota" in said
    assert "CN2026-0001" in said
    assert "Dubbel gefactureerd" in said
    assert invoice.number in said
    assert "2 maart 2026" in said.replace("\xa0", " ")
    assert (
        "Btw terug te storten aan de Staat in de mate waarin ze oorspronkelijk "
        "in aftrek werd gebracht" in said
    )
    assert "€ 121,00" in said.replace("\xa0", " ")
    assert "-121" not in said


def test_it_speaks_to_the_buyer_as_the_invoice_did() -> None:
    """INV-3: later edits of the client do not reach it."""
    invoice = issued()
    Client.objects.update(legal_name="New name", language="fr", city="Brugge")

    note = credit(invoice)

    assert note.document().buyer == invoice.document().buyer
    assert (note.language, note.buyer_name) == ("nl", invoice.buyer_name)
    assert (note.communication, note.due_on) == ("", None)


def test_chosen_lines_and_quantities() -> None:
    invoice = mixed()
    first, second, third = invoice.lines.all()

    note = credit(invoice, {first.pk: D("1.5"), third.pk: D(1)})

    assert [(line.credits, line.quantity, line.net) for line in note.lines.all()] == [
        (first, D("1.5"), D("50.00")),
        (third, D(1), D("0.07")),
    ]
    left = [one.left.quantity for one in crediting.creditable(invoice)]
    assert left == [D("1.5"), D(1), D(0)]
    invoice.refresh_from_db()
    assert not invoice.is_cancelled
    assert second.credited_by.count() == 0


def test_the_last_part_takes_what_is_left_and_cancels_the_invoice() -> None:
    invoice = mixed(discount="10.01")
    quantities = all_of(invoice)
    third = {pk: quantity / 4 for pk, quantity in quantities.items()}

    notes = [credit(invoice, third) for _ in range(4)]

    invoice.refresh_from_db()
    assert invoice.is_cancelled
    assert sum(note.net or 0 for note in notes) == invoice.net
    assert {one.left.quantity for one in crediting.creditable(invoice)} == {D(0)}
    assert {one.left.net for one in crediting.creditable(invoice)} == {D("0.00")}


def test_the_day_is_that_of_belgium_whatever_clock_is_read() -> None:
    """INV-1: half past midnight in Ghent is still yesterday in UTC."""
    invoice = issued()
    now = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)

    wanted = Request(all_of(invoice), "Fout")
    note = crediting.credit(invoice.pk, wanted, on=TUESDAY, now=now)

    assert note.issued_on == TUESDAY


def test_it_is_sealed_and_leaves_the_seal_of_its_invoice_whole() -> None:
    """INV-3."""
    invoice = issued()

    note = credit(invoice)

    for document in (note, invoice):
        series = Invoice.objects.get(pk=document.pk).seal.series
        assert list(sealing.broken(series)) == []
    assert note.seal.previous == ""
    assert note.status == InvoiceStatus.ISSUED


def test_a_redo_gives_a_new_draft_of_the_enrolment() -> None:
    draft = wallet_draft(discount=D(50))
    LineFactory.create(invoice=draft, position=2, description="Lunch")
    Invoice.objects.filter(pk=draft.pk).update(remark="Dank", discount=D("1.50"))
    invoice = issue(draft)
    wanted = Request(all_of(invoice), "Fout", "Alles terug")

    note, redone = crediting.credit_and_redo(
        invoice.pk, wanted, on=MONDAY, now=noon(MONDAY)
    )

    assert (note.credits, redone.is_draft) == (invoice, True)
    same = ["client", "enrolment", "via_wallet", "remark", "discount", "service_from"]
    assert [getattr(redone, name) for name in same] == [
        getattr(invoice, name) for name in same
    ]
    columns = ("description", "quantity", "unit_price", "discount", "is_eligible")
    assert list(redone.lines.values_list(*columns)) == list(
        invoice.lines.values_list(*columns)
    )
    again = issue(redone)
    assert (again.number, again.gross) == ("2026-0002", invoice.gross)


def test_a_redo_of_a_part_is_refused_and_leaves_nothing() -> None:
    invoice = issued()
    [line] = invoice.lines.all()
    wanted = Request({line.pk: D("0.5")}, "Fout")

    with pytest.raises(lifecycle.LifecycleError, match="something would remain"):
        crediting.credit_and_redo(invoice.pk, wanted, on=MONDAY, now=noon(MONDAY))

    assert Invoice.objects.get() == invoice
    assert credit(invoice).number == "CN2026-0001"


def test_an_enrolment_is_invoiced_again_only_after_all_of_it_was_credited() -> None:
    invoice = issued_via_wallet()
    [line] = invoice.lines.all()
    assert invoice.enrolment is not None

    credit(invoice, {line.pk: D("0.5")})
    with pytest.raises(lifecycle.LifecycleError):
        drafting.draft_invoice(invoice.enrolment.pk, on=MONDAY)
    credit(invoice, {line.pk: D("0.5")})

    assert drafting.draft_invoice(invoice.enrolment.pk, on=MONDAY).is_draft
