"""Who gets what back of a wallet invoice, as the owner confirms it (INV-4, INV-6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from invoicing import crediting
from invoicing.documents.refund import Cause, WalletState
from invoicing.models import Invoice
from tests.factories import (
    LineFactory,
    issue,
    issued_via_wallet,
    wallet_draft,
)
from tests.stored import text_of

from .test_crediting import all_of, credit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

D = Decimal

OWN = "€420.00 of your own contribution to you, €180.00 of subsidy to the agency"
PROPOSALS: dict[str, tuple[dict[str, Any], list[str], list[str]]] = {
    "nothing paid": (
        {"state": WalletState.NOTHING},
        ["€126.00 is cancelled", "do not order payment of €600.00"],
        ["still has", "of subsidy"],
    ),
    "all paid": ({"state": WalletState.ALL}, ["€126.00", OWN], ["do not order"]),
    "a part paid": (
        {"state": WalletState.PART, "paid": D(100)},
        ["€70.00 of your own contribution", "€30.00 of subsidy"],
        ["do not order", "still has"],
    ),
    "we cancel": (
        {"cause": Cause.PROVIDER},
        ["We cancel this training."],
        ["You withdraw"],
    ),
    "the client withdraws": (
        {"cause": Cause.CLIENT},
        ["You withdraw from this training."],
        ["We cancel"],
    ),
    "a mistake": ({}, [], ["We cancel", "You withdraw"]),
    "half of it, nothing paid": (
        {"part": "0.5"},
        ["€63.00 is cancelled", "still has €300.00 to pay", "payment of €300.00"],
        ["of subsidy"],
    ),
}


@pytest.mark.parametrize(("case", "said", "unsaid"), PROPOSALS.values(), ids=PROPOSALS)
def test_the_proposal_names_each_party_and_amount(
    case: dict[str, Any], said: list[str], unsaid: list[str]
) -> None:
    invoice = issued_via_wallet(client__language="en")
    case = dict(case)
    part = D(case.pop("part", "1"))
    quantities = {pk: quantity * part for pk, quantity in all_of(invoice).items()}
    asked: dict[str, Any] = {
        "state": WalletState.NOTHING,
        "cause": Cause.CORRECTION,
        "paid": D(0),
    }

    text = crediting.refund_proposal(
        invoice, crediting.amounts_of(invoice, quantities), **asked | case
    )

    assert [words for words in said if words not in text] == []
    assert [words for words in unsaid if words in text] == []


def test_the_proposal_speaks_the_language_of_the_invoice() -> None:
    invoice = issued_via_wallet(client__language="nl")

    text = crediting.refund_proposal(
        invoice,
        crediting.amounts_of(invoice, all_of(invoice)),
        state=WalletState.NOTHING,
        cause=Cause.CLIENT,
        paid=D(0),
    )

    assert "portefeuille" in text
    assert "wallet" not in text


def test_what_the_owner_confirmed_is_printed_and_kept() -> None:
    invoice = issued_via_wallet()

    note = credit(invoice, refund="Zoals besproken: alles naar jou.")

    assert note.refund == "Zoals besproken: alles naar jou."
    assert note.document().credits is not None
    assert "Zoals besproken: alles naar jou." in text_of(note)


def test_both_parts_of_the_payment_are_taken_back() -> None:
    invoice = issued_via_wallet()

    note = credit(invoice)

    assert (note.wallet_amount, note.direct_amount) == (D("600.00"), D("126.00"))


def test_crediting_the_lunch_leaves_the_wallet_part_alone() -> None:
    draft = wallet_draft()
    lunch = LineFactory.create(invoice=draft, position=2, unit_price=D(22))
    invoice = issue(draft)

    note = credit(invoice, {lunch.pk: D(1)})

    assert (note.wallet_amount, note.direct_amount) == (D("0.00"), D("26.62"))


def test_a_second_credit_counts_with_what_the_first_left() -> None:
    invoice = issued_via_wallet(client__language="en")
    half = {pk: quantity / 2 for pk, quantity in all_of(invoice).items()}
    credit(invoice, half)

    text = crediting.refund_proposal(
        invoice,
        crediting.amounts_of(invoice, half),
        state=WalletState.ALL,
        cause=Cause.CORRECTION,
        paid=D(0),
    )

    assert "€210.00 of your own contribution to you, €90.00 of subsidy" in text


def test_the_amounts_shown_are_those_that_are_credited() -> None:
    invoice = issued_via_wallet()
    half = {pk: quantity / 2 for pk, quantity in all_of(invoice).items()}

    shown = crediting.amounts_of(invoice, half)

    assert credit(invoice, half).document().totals == shown


def test_a_failure_after_the_number_leaves_neither_number_nor_note(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """INV-1: all or nothing, as issuing is."""
    invoice = issued_via_wallet()

    class PowerCut(Exception):
        pass

    def fail(*_args: object) -> None:
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr("invoicing.lifecycle.cancel", fail)
        with pytest.raises(PowerCut):
            credit(invoice)

    assert Invoice.objects.get() == invoice
    assert credit(invoice).number == "CN2026-0001"
