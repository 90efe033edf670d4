"""What cannot be credited, and on which day (INV-4, INV-1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from invoicing import crediting, lifecycle
from invoicing.crediting import Request
from invoicing.models import Invoice
from tests.factories import MONDAY, TUESDAY, issued, noon, ordinary_draft

from .test_crediting import all_of, credit

pytestmark = [
    pytest.mark.usefixtures("quick_press"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

D = Decimal


REFUSED = {
    "more than the line": (["1.0001"], "only 1 can still be credited"),
    "more than is left": (["0.6", "0.4001"], "only 0.4 can still be credited"),
    "what is all credited": (["1", "0.0001"], "only 0 can still be credited"),
    "less than nothing": (["-1"], "can still be credited"),
    "nothing": (["0"], "Nothing was chosen"),
}


@pytest.mark.parametrize(("asked", "said"), REFUSED.values(), ids=REFUSED)
def test_more_than_is_left_is_refused(asked: list[str], said: str) -> None:
    invoice = issued()
    [line] = invoice.lines.all()
    *before, last = ({line.pk: D(quantity)} for quantity in asked)
    for quantities in before:
        credit(invoice, quantities)
    notes = invoice.credit_notes.count()

    with pytest.raises(lifecycle.LifecycleError, match=said):
        credit(invoice, last)

    assert invoice.credit_notes.count() == notes


def test_a_line_of_another_invoice_is_not_credited() -> None:
    invoice, other = issued(), issued()

    with pytest.raises(lifecycle.LifecycleError, match="Nothing was chosen"):
        credit(invoice, all_of(other))


def test_drafts_and_credit_notes_are_not_credited() -> None:
    note = credit(issued())

    for document in (ordinary_draft(), note):
        with pytest.raises(lifecycle.LifecycleError, match="Only an issued invoice"):
            credit(document)


def test_no_credit_note_without_its_reason_not_even_in_the_database() -> None:
    with (
        pytest.raises(IntegrityError, match="credit_note_credits"),
        transaction.atomic(),
    ):
        credit(issued(), reason="")


DAYS = {
    "before the invoice": (MONDAY, TUESDAY, ["INV-4"]),
    "in the future": (date(2026, 3, 5), MONDAY, ["INV-1"]),
}


@pytest.mark.parametrize(("on", "invoiced", "rules"), DAYS.values(), ids=DAYS)
def test_its_date_fits(on: date, invoiced: date, rules: list[str]) -> None:
    invoice = issued(on=invoiced)
    wanted = Request(all_of(invoice), "Fout")

    with pytest.raises(lifecycle.NotReady) as refused:
        crediting.credit(invoice.pk, wanted, on=on, now=noon(TUESDAY))

    assert [problem.rule for problem in refused.value.problems] == rules
    assert Invoice.objects.get() == invoice


def test_its_date_is_not_before_that_of_the_last_credit_note() -> None:
    """INV-1: numbers follow dates in this series too."""
    first, second = issued(), issued()
    credit(first, on=TUESDAY)

    with pytest.raises(lifecycle.NotReady, match="CN2026-0001 is dated"):
        crediting.credit(
            second.pk, Request(all_of(second), "Fout"), on=MONDAY, now=noon(TUESDAY)
        )
