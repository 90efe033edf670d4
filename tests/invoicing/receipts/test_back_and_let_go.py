"""Money that goes back or is let go, and receipts that follow their rows (PAY-2)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from invoicing.models import Bookkeeping, Channel, Invoice, Payment, Receipt
from invoicing.receipts import reading, recording
from invoicing.receipts.keeping import worked_out
from invoicing.receipts.recording import Money, NotRecorded
from programs import lifecycle as dossiers
from programs.lifecycle import Taken
from programs.models import Enrolment
from programs.road import State
from tests.factories import MONDAY, OwnerFactory, issued, issued_via_wallet, noon
from tests.invoicing.test_crediting import all_of, credit

from .test_recording import TODAY, open_of, page_of, receive, said, take_back, under_way

pytestmark = [
    pytest.mark.usefixtures("quick_press"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

D = Decimal
WALLET, DIRECT = Channel.WALLET, Channel.DIRECT


def pay_back(invoice: Invoice, channel: Channel, amount: str) -> Payment:
    return recording.pay_back(
        invoice.pk,
        Money(channel, D(amount), TODAY, "too much"),
        now=noon(TODAY),
        today=TODAY,
        by=None,
    )


def let_go(
    invoice: Invoice, channel: Channel = DIRECT, reason: str = "cents"
) -> Payment:
    return recording.let_go(
        invoice.pk, channel, reason=reason, now=noon(TODAY), today=TODAY, by=None
    )


def step(invoice: Invoice, state: State, *, reason: str = "") -> Enrolment:
    assert invoice.enrolment_id is not None
    return dossiers.take(
        invoice.enrolment_id,
        state,
        Taken(on=MONDAY, reason=reason),
        now=noon(TODAY),
        today=TODAY,
        by=None,
    )


# Back


def test_what_goes_back_is_no_longer_received() -> None:
    invoice = issued()
    receive(invoice, "direct", "150")

    back = pay_back(invoice, DIRECT, "29")

    receipt = Receipt.objects.get()
    assert (receipt.received, receipt.open) == (D(121), D(0))
    take_back(back)
    assert open_of(invoice) == {"direct": D(-29)}


def test_no_more_goes_back_than_came_that_way() -> None:
    invoice = issued_via_wallet()
    first = receive(invoice, "direct", "150")

    with pytest.raises(NotRecorded, match=r"Only €150\.00 came this way"):
        pay_back(invoice, DIRECT, "150.01")
    with pytest.raises(NotRecorded, match=r"Only €0\.00 came this way"):
        pay_back(invoice, WALLET, "1")
    pay_back(invoice, DIRECT, "100")
    with pytest.raises(NotRecorded, match="take that back first"):
        take_back(first)
    assert open_of(invoice) == {"wallet": D(600), "direct": D(76)}


def test_nothing_goes_back_before_it_came() -> None:
    invoice = issued()
    receive(invoice, "direct", "150")

    with pytest.raises(NotRecorded, match="nothing goes back before that") as refused:
        recording.pay_back(
            invoice.pk,
            Money(DIRECT, D(29), MONDAY),
            now=noon(TODAY),
            today=TODAY,
            by=None,
        )
    assert refused.value.field == "on"


def test_what_the_wallet_paid_and_gets_back_is_not_paid() -> None:
    invoice = under_way()
    receive(invoice, "wallet", "600")
    assert Enrolment.objects.get().state == State.PAID

    pay_back(invoice, WALLET, "100")

    assert Enrolment.objects.get().state == State.ORDERED


def test_what_was_credited_and_paid_back_is_not_paid() -> None:
    """DOS-1: nothing came any more, whatever was expected."""
    invoice = under_way()
    receive(invoice, "wallet", "600")
    credit(invoice, all_of(invoice))
    assert Enrolment.objects.get().state == State.PAID

    pay_back(invoice, WALLET, "600")

    assert open_of(invoice) == {"wallet": D(0), "direct": D(0)}
    assert Enrolment.objects.get().state == State.ORDERED


def test_a_credit_note_that_settles_the_wallet_tells_its_dossier() -> None:
    invoice = under_way()
    receive(invoice, "wallet", "300")

    half = {key: quantity / 2 for key, quantity in all_of(invoice).items()}
    credit(invoice, half)

    assert open_of(invoice)["wallet"] == 0
    assert Enrolment.objects.get().state == State.PAID


# Let go


def test_cents_are_let_go_with_a_reason_and_then_it_is_paid() -> None:
    invoice = issued()
    receive(invoice, "direct", "120.98")

    with pytest.raises(NotRecorded, match="Say why"):
        let_go(invoice, reason=" ")
    gone = let_go(invoice)

    assert (gone.amount, gone.reason) == (D("0.02"), "cents")
    assert reading.is_paid(reading.receipts_of(invoice))
    with pytest.raises(NotRecorded, match="nothing to write off"):
        let_go(invoice)
    take_back(gone)
    assert open_of(invoice) == {"direct": D("0.02")}


def test_cents_too_much_are_kept() -> None:
    invoice = issued()
    receive(invoice, "direct", "121.30")

    assert let_go(invoice).amount == D("-0.30")
    assert open_of(invoice) == {"direct": D(0)}


def test_more_than_the_owner_set_is_not_let_go() -> None:
    invoice = issued()
    receive(invoice, "direct", "119.99")

    with pytest.raises(NotRecorded, match=r"€1\.01 is more than you write off"):
        let_go(invoice)
    Bookkeeping.objects.update(most_let_go=D("1.01"))
    let_go(invoice)
    assert open_of(invoice) == {"direct": D(0)}


def test_the_database_wants_a_reason_and_amounts_that_are_some() -> None:
    invoice = issued()
    receive(invoice, "direct", "120.98")
    let_go(invoice)

    without_reason = Payment.objects.filter(kind="let_go")
    with (
        pytest.raises(IntegrityError, match="let_go_with_reason"),
        transaction.atomic(),
    ):
        without_reason.update(reason="")
    with pytest.raises(IntegrityError, match="amount_sound"), transaction.atomic():
        Payment.objects.filter(kind="received").update(amount=D(-1))
    with pytest.raises(IntegrityError, match="adds_up"), transaction.atomic():
        Receipt.objects.update(open=D(5))


# The dossier


def test_what_the_wallet_no_longer_pays_is_owed_directly() -> None:
    """DOS-6: with a term of its own; and it goes back if the end is taken back."""
    invoice = under_way()
    receive(invoice, "wallet", "100")

    step(invoice, State.REFUSED_BY_AGENCY, reason="Too late")

    direct = Receipt.objects.get(channel=DIRECT)
    assert open_of(invoice) == {"wallet": D(0), "direct": D(626)}
    assert direct.due_on == date(2026, 4, 1)
    assert invoice.enrolment_id is not None
    dossiers.take_back(
        invoice.enrolment_id, reason="A mistake", now=noon(TODAY), by=None
    )
    assert open_of(invoice) == {"wallet": D(500), "direct": D(126)}


def test_an_end_that_moves_nothing_leaves_the_last_day_as_it_was() -> None:
    invoice = under_way()
    credit(invoice, all_of(invoice))

    step(invoice, State.STOPPED, reason="Cancelled")

    direct = Receipt.objects.get(channel=DIRECT)
    assert (direct.expected, direct.due_on) == (D(0), invoice.due_on)


def test_money_that_came_before_its_application_was_noted_counts() -> None:
    """DOS-1."""
    invoice = issued_via_wallet()
    receive(invoice, "wallet", "600")
    assert Enrolment.objects.get().state == State.AGREED

    assert step(invoice, State.APPLIED).state == State.PAID


def test_wallet_and_direct_have_a_last_day_each() -> None:
    issued_via_wallet()

    days = dict(Receipt.objects.values_list("channel", "due_on"))

    assert days == {"wallet": date(2027, 12, 31), "direct": date(2026, 4, 1)}


# Whatever happens


DOINGS = st.lists(
    st.tuples(
        st.sampled_from(["receive", "pay_back", "let_go", "take_back"]),
        st.sampled_from([WALLET, DIRECT]),
        st.integers(1, 80_000).map(lambda cents: D(cents) / 100),
    ),
    min_size=3,
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(doings=DOINGS)
def test_receipts_are_what_their_rows_come_to(doings: list[Any]) -> None:
    """Kept beside the payments, they never differ from what those say."""
    with transaction.atomic():
        invoice = Invoice.objects.first() or issued_via_wallet()
        for what, channel, amount in doings:
            try:
                _do(invoice, what, channel, amount)
            except NotRecorded:
                continue

        kept = {
            (row.channel, row.expected, row.received, row.let_go, row.open)
            for row in Receipt.objects.all()
        }
        assert kept == {
            (row.channel, row.expected, row.received, row.let_go, row.open)
            for row in worked_out(invoice)
        }
        by_hand = sum(
            (-1 if row.kind == "refunded" else 1) * row.amount
            for row in Payment.objects.standing()
        )
        assert sum(row.open for row in Receipt.objects.all()) == D(726) - by_hand


def _do(invoice: Invoice, what: str, channel: Channel, amount: Decimal) -> None:
    match what:
        case "receive":
            receive(invoice, channel.value, str(amount))
        case "pay_back":
            pay_back(invoice, channel, str(amount))
        case "let_go":
            let_go(invoice, channel)
        case "take_back":
            if payment := Payment.objects.standing().order_by("-pk").first():
                take_back(payment)


# The pages


@pytest.fixture
def owner(client: Browser) -> Any:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    with time_machine.travel(noon(TODAY), tick=False):
        yield client


def test_direct_money_for_the_wallet_is_said_and_paid_back(owner: Browser) -> None:
    invoice = issued_via_wallet()
    receive(invoice, "direct", "726")

    page = said(owner.get(page_of(invoice)))

    assert "€600.00 came directly that the wallet is to pay" in page
    assert f"with our number {invoice.number}: only then" in page
    form = owner.get(page_of(invoice, "paid-back")).context["form"]
    assert (form["channel"].value(), form["amount"].value()) == ("direct", D(600))
    sent = {"channel": "direct", "amount": "600", "on": "2026-06-01", "reason": ""}
    page = said(owner.post(page_of(invoice, "paid-back"), sent, follow=True))
    assert "Recorded: €600.00 paid back." in page
    assert "came directly that the wallet" not in page
    assert open_of(invoice) == {"wallet": D(600), "direct": D(0)}


def test_cents_are_written_off_on_a_page_that_wants_a_reason(owner: Browser) -> None:
    invoice = issued()
    receive(invoice, "direct", "120.99")
    address = page_of(invoice, "write-off/direct")

    assert address in said(owner.get(page_of(invoice)))
    assert "This field is required." in said(owner.post(address, {"reason": ""}))
    page = said(owner.post(address, {"reason": "Not worth a letter"}, follow=True))

    assert "Written off: €0.01." in page
    assert "(Not worth a letter)" in page
    assert owner.get(page_of(invoice, "write-off/wallet")).status_code == 404


def test_too_large_an_amount_is_refused_beside_its_field(owner: Browser) -> None:
    invoice = issued()
    receive(invoice, "direct", "10")
    sent = {"channel": "direct", "amount": "11", "on": "2026-05-29", "reason": ""}

    page = owner.post(page_of(invoice, "paid-back"), sent)

    assert page.context["form"].errors["amount"]
    assert page.context["form"]["amount"].value() == "11"


def test_the_lists_tell_what_is_open_and_what_came(owner: Browser) -> None:
    wallet, other = issued_via_wallet(), issued()
    receive(wallet, "direct", "126")
    receive(other, "direct", "130")

    def found(address: str) -> set[str]:
        page = owner.get(address)
        rows = page.context["cl"].result_list
        return {str(row) for row in rows}

    receipts = "/admin/invoicing/receipt/"
    assert len(found(receipts)) == 2
    assert len(found(f"{receipts}?state=all")) == 3
    assert found(f"{receipts}?state=to_come") == {f"{wallet.number}: via the wallet"}
    assert found(f"{receipts}?state=too_much") == {f"{other.number}: directly"}
    assert found(f"{receipts}?state=settled") == {f"{wallet.number}: directly"}
    assert found(f"{receipts}?state=overdue") == set()
    assert found(f"{receipts}?q={other.number}") == {f"{other.number}: directly"}
    assert len(found("/admin/invoicing/payment/")) == 2
    invoices = "/admin/invoicing/invoice/"
    assert found(f"{invoices}?money=to_come") == {wallet.number}
    assert found(f"{invoices}?money=too_much") == {other.number}
    assert found(f"{invoices}?money=paid") == set()
