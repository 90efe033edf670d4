"""Money in: what is open and what is paid follows from the payments (PAY-2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client as Browser

from invoicing.models import Channel, Invoice, Payment
from invoicing.receipts import recording as receiving
from invoicing.receipts.reading import is_paid, receipts_of
from invoicing.receipts.recording import Money, NotRecorded
from programs import lifecycle as dossiers
from programs.lifecycle import Taken
from programs.models import Enrolment
from programs.road import State
from tests.factories import (
    MONDAY,
    OwnerFactory,
    UserFactory,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
)
from tests.invoicing.test_crediting import all_of, credit

pytestmark = [
    pytest.mark.usefixtures("quick_press"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

D = Decimal
TODAY = date(2026, 6, 1)


def receive(invoice: Invoice, channel: str, amount: str, on: date = TODAY) -> Payment:
    return receiving.record(
        invoice.pk,
        Money(Channel(channel), D(amount), on),
        now=noon(TODAY),
        today=TODAY,
        by=None,
    )


def take_back(payment: Payment, reason: str = "Another client") -> Payment:
    return receiving.take_back(payment.pk, reason=reason, now=noon(TODAY), by=None)


def open_of(invoice: Invoice) -> dict[str, Decimal]:
    return {
        channel.value: receipt.open for channel, receipt in receipts_of(invoice).items()
    }


def under_way() -> Invoice:
    """A wallet invoice of EUR 600 and 126 VAT, of a dossier that was applied for."""
    invoice = issued_via_wallet()
    assert invoice.enrolment is not None
    dossiers.take(
        invoice.enrolment.pk,
        State.APPLIED,
        Taken(on=MONDAY),
        now=noon(TODAY),
        today=TODAY,
        by=None,
    )
    return invoice


def test_a_wallet_invoice_expects_two_receipts_and_an_ordinary_one_one() -> None:
    assert open_of(issued_via_wallet()) == {"wallet": D(600), "direct": D(126)}
    assert open_of(issued()) == {"direct": D(121)}


PAID: dict[str, tuple[list[tuple[str, str]], bool, dict[str, Decimal]]] = {
    "nothing yet": ([], False, {"wallet": D(600), "direct": D(126)}),
    "one road only": ([("direct", "126")], False, {"wallet": D(600), "direct": D(0)}),
    "a cent short": (
        [("direct", "126"), ("wallet", "599.99")],
        False,
        {"wallet": D("0.01"), "direct": D(0)},
    ),
    "in parts": (
        [("direct", "26"), ("direct", "100"), ("wallet", "600")],
        True,
        {"wallet": D(0), "direct": D(0)},
    ),
    "too much on one road is nothing on the other": (
        [("direct", "726")],
        False,
        {"wallet": D(600), "direct": D(-600)},
    ),
}


@pytest.mark.parametrize(("came", "paid", "still"), PAID.values(), ids=PAID)
def test_paid_is_both_roads_in(
    came: list[tuple[str, str]], paid: bool, still: dict[str, Decimal]
) -> None:
    invoice = issued_via_wallet()

    for channel, amount in came:
        receive(invoice, channel, amount)

    assert open_of(invoice) == still
    assert is_paid(receipts_of(invoice)) is paid


def test_what_was_credited_is_not_expected() -> None:
    invoice = issued_via_wallet()
    receive(invoice, "direct", "26")

    credit(invoice, all_of(invoice))

    assert open_of(invoice) == {"wallet": D(0), "direct": D(-26)}


def test_the_dossier_is_paid_by_the_money_of_the_wallet() -> None:
    """DOS-1: nobody types it."""
    invoice = under_way()

    receive(invoice, "direct", "126")
    receive(invoice, "wallet", "599.99")
    assert Enrolment.objects.get().state == State.APPLIED
    last = receive(invoice, "wallet", "0.01")
    assert Enrolment.objects.get().state == State.PAID

    take_back(last)
    assert Enrolment.objects.get().state == State.ORDERED


def test_a_payment_taken_back_stays_readable_and_counts_no_more() -> None:
    invoice = issued()
    payment = take_back(receive(invoice, "direct", "121"))

    assert (payment.correction, payment.corrected_at) == ("Another client", noon(TODAY))
    assert open_of(invoice) == {"direct": D(121)}
    with pytest.raises(NotRecorded, match="taken back already"):
        take_back(payment)
    with pytest.raises(NotRecorded, match="the reason is kept"):
        take_back(receive(invoice, "direct", "1"), reason=" ")


WRONG: dict[str, tuple[Any, str, str]] = {
    "nothing": ({"amount": "0"}, "above zero", "amount"),
    "to come": ({"on": date(2026, 6, 2)}, "still to come", "on"),
    "more than anybody asks": ({"amount": "1e9"}, "more than any invoice", "amount"),
    "by a road it has not": (
        {"channel": "wallet"},
        "no part via the wallet",
        "channel",
    ),
}


@pytest.mark.parametrize(("what", "said", "field"), WRONG.values(), ids=WRONG)
def test_what_cannot_have_come_is_refused(what: Any, said: str, field: str) -> None:
    invoice = issued()

    with pytest.raises(NotRecorded, match=said) as refused:
        receive(invoice, **({"channel": "direct", "amount": "121"} | what))

    assert refused.value.field == field
    assert not Payment.objects.exists()


def test_nothing_comes_in_for_a_draft_or_a_credit_note() -> None:
    invoice = issued()
    note = credit(invoice, all_of(invoice))

    for one in (ordinary_draft(), note):
        with pytest.raises(NotRecorded, match="issued invoice only"):
            receive(one, "direct", "1")


def test_the_database_refuses_a_payment_below_zero_and_its_invoice_is_kept() -> None:
    payment = receive(issued(), "direct", "1")

    with pytest.raises(IntegrityError, match="amount_sound"), transaction.atomic():
        Payment.objects.update(amount=0)
    with pytest.raises(ProtectedError), transaction.atomic():
        payment.invoice.client.delete()


# The pages


@pytest.fixture
def owner(client: Browser) -> Any:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    with time_machine.travel(noon(TODAY), tick=False):
        yield client


def page_of(invoice: Invoice, page: str = "change") -> str:
    return f"/admin/invoicing/invoice/{invoice.pk}/{page}/"


def said(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_she_records_what_came_and_sees_what_is_open(owner: Browser) -> None:
    invoice = issued_via_wallet()
    form = owner.get(page_of(invoice, "money")).context["form"]
    assert (form["channel"].value(), form["amount"].value()) == ("wallet", D(600))

    sent = {"channel": "direct", "amount": "100.50", "on": "2026-05-29"}
    page = owner.post(page_of(invoice, "money"), sent, follow=True)

    assert "Recorded: €100.50." in said(page)
    assert "€100.50 of €126.00 received" in said(page)
    payment = Payment.objects.get()
    assert payment.recorded_by is not None
    back = f"/admin/invoicing/invoice/payment/{payment.pk}/take-back/"
    page = owner.post(back, {"reason": "It was of <b>another</b>"}, follow=True)
    assert "&lt;b&gt;another" in said(page)
    assert "€0.00 of €126.00 received" in said(page)


def test_too_much_is_recorded_and_said(owner: Browser) -> None:
    invoice = issued()
    sent = {"channel": "direct", "amount": "131", "on": "2026-05-29"}

    page = owner.post(page_of(invoice, "money"), sent, follow=True)

    assert "€10.00 too much came directly: pay it back." in said(page)
    assert page_of(invoice, "paid-back") in said(page)


BAD = {
    "no amount": ({"amount": ""}, "This field is required."),
    "an amount that is none": ({"amount": "all"}, "Enter a number."),
    "below zero": ({"amount": "-5"}, "An amount is above zero."),
    "a day to come": ({"on": "2026-06-02"}, "This day is still to come."),
    "a road that is none": ({"channel": "wallet"}, "Select a valid choice."),
}


@pytest.mark.parametrize(("wrong", "message"), BAD.values(), ids=BAD)
def test_what_does_not_fit_is_said_and_stays_typed(
    owner: Browser, wrong: dict[str, str], message: str
) -> None:
    sent = {"channel": "direct", "amount": "121", "on": "2026-05-29"} | wrong

    page = owner.post(page_of(issued(), "money"), sent)

    assert page.status_code == 200
    assert message in said(page)
    assert page.context["form"]["amount"].value() == sent["amount"]
    assert not Payment.objects.exists()


def test_who_may_not_record_sees_no_button_and_gets_no_page(client: Browser) -> None:
    invoice = issued()
    user = UserFactory.create(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_invoice"))
    client.force_login(user)

    page = client.get(page_of(invoice))

    assert page.status_code == 200
    assert page_of(invoice, "money") not in said(page)
    assert client.get(page_of(invoice, "money")).status_code == 403
    payment = receive(invoice, "direct", "1")
    back = f"/admin/invoicing/invoice/payment/{payment.pk}/take-back/"
    assert client.post(back, {"reason": "x"}).status_code == 403
