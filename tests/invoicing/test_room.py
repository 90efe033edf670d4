"""What our own invoices leave of a client's cap after credit notes (SUB-7)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from invoicing import crediting
from invoicing.crediting import Request
from invoicing.models import Invoice
from programs.room import room_used
from tests.factories import (
    MONDAY,
    LineFactory,
    SmallClientFactory,
    issue,
    issued_via_wallet,
    noon,
    wallet_draft,
)

from .test_crediting import all_of, credit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

D = Decimal


def invoiced(price: str = "1000") -> Invoice:
    """An issued wallet invoice with a lunch that the wallet does not pay."""
    draft = wallet_draft(client=SmallClientFactory.create(), unit_price=D(price))
    LineFactory.create(invoice=draft, position=2, unit_price=D(50))
    return issue(draft)


CREDITED: dict[str, tuple[str, list[tuple[str, str]], str]] = {
    "nothing": ("1000", [], "300.00"),
    "a quarter": ("1000", [("0.25", "0")], "225.00"),
    "a quarter, and then a half": ("1000", [("0.25", "0"), ("0.5", "0")], "75.00"),
    "the lunch only": ("1000", [("0", "1")], "300.00"),
    "the training only": ("1000", [("1", "0")], "0.00"),
    "all of it": ("1000", [("1", "1")], "0.00"),
    "a third, to the cent": ("333.33", [("0.3333", "0")], "66.67"),
}


@pytest.mark.parametrize(("price", "parts", "used"), CREDITED.values(), ids=CREDITED)
def test_an_invoice_takes_as_much_as_was_not_credited(
    price: str, parts: list[tuple[str, str]], used: str
) -> None:
    invoice = invoiced(price)
    training, lunch = invoice.lines.all()

    for of_training, of_lunch in parts:
        credit(invoice, {training.pk: D(of_training), lunch.pk: D(of_lunch)})

    assert room_used(invoice.client, year=2026) == D(used)


def test_a_credit_note_has_no_estimate_of_its_own() -> None:
    """SUB-7: what it repeats of its invoice is not used once more."""
    note = credit(invoiced())

    note.refresh_from_db()
    assert (note.subsidy_year, note.subsidy_estimate) == (None, None)
    assert note.document().wallet is not None


def test_an_invoice_that_was_redone_takes_its_room_once() -> None:
    invoice = issued_via_wallet(unit_price=D(1000))
    wanted = Request(all_of(invoice), "Fout")

    _note, draft = crediting.credit_and_redo(
        invoice.pk, wanted, on=MONDAY, now=noon(MONDAY)
    )
    assert room_used(invoice.client, year=2026) == 0
    issue(draft)

    assert room_used(invoice.client, year=2026) == 300
