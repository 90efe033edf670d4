"""A statement of account says what is open on each road, on any day. PAY-2."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from invoicing import crediting
from invoicing.account.build import statement
from invoicing.account.paper import Statement
from invoicing.dunning import disputing
from invoicing.models import Channel, Invoice, Receipt
from invoicing.receipts.keeping import refresh
from invoicing.receipts.recording import Money, pay_back, record, take_back
from programs.papers.needs import Incomplete
from programs.road import State
from tests.factories import (
    MONDAY,
    SmallClientFactory,
    complete_seller,
    issued,
    issued_via_wallet,
    noon,
)
from tests.programs.steps import take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DUE = MONDAY + 30 * DAY
TODAY = DUE + 10 * DAY


def amounts(*values: int) -> list[Decimal]:
    return [Decimal(value) for value in values]


def at(client: Client, last: date = TODAY, first: date | None = None) -> Statement:
    return statement(client, first=first, last=last, made_on=TODAY)


def pay(invoice: Invoice, amount: int, *, on: date, channel: str = "direct") -> Any:
    money = Money(Channel(channel), Decimal(amount), on)
    return record(invoice.pk, money, now=noon(on), today=on, by=None)


def test_each_road_stands_apart() -> None:
    """PAY-2: the wallet's part is never asked directly."""
    invoice = issued_via_wallet()

    made = at(invoice.client)

    (entry,) = made.entries
    assert [entry.wallet, entry.direct] == [made.to_order, made.to_transfer]
    assert [entry.wallet, entry.direct] == amounts(600, 126)
    assert entry.days_late == 10
    assert entry.communication == invoice.communication


def test_what_is_settled_is_left_out_and_what_is_open_counts_what_came() -> None:
    client = SmallClientFactory.create()
    paid, part = issued(client=client), issued(client=client)
    pay(paid, 121, on=DUE)
    pay(part, 21, on=DUE)

    made = at(client)

    (entry,) = made.entries
    assert entry.number == part.number
    assert [entry.paid, entry.direct] == amounts(21, 100)
    assert made.direct == sum(row.open for row in Receipt.objects.all())


def test_a_day_gone_by_knows_nothing_of_what_came_after_it() -> None:
    invoice = issued()
    payment = pay(invoice, 121, on=DUE)

    assert at(invoice.client).entries == ()
    assert at(invoice.client, DUE - DAY).direct == 121
    assert at(invoice.client, MONDAY - DAY).entries == ()
    take_back(payment.pk, reason="Verkeerd.", now=noon(DUE), by=None)
    assert at(invoice.client).direct == 121


def test_a_credit_note_stands_below_its_invoice() -> None:
    invoice = issued_via_wallet(participants=("Anna", "Bert"))
    line = invoice.lines.get()
    request = crediting.Request(quantities={line.pk: Decimal(1)}, reason="Ziek.")
    note = crediting.credit(invoice.pk, request, on=MONDAY, now=noon(MONDAY))

    (entry,) = at(invoice.client).entries

    (below,) = entry.notes
    assert (below.number, below.change) == (note.number, Decimal(-726))
    assert [entry.amount, entry.wallet, entry.direct] == amounts(1452, 600, 126)


def test_too_much_is_in_the_client_s_favour() -> None:
    invoice = issued()
    pay(invoice, 130, on=DUE)

    made = at(invoice.client)

    assert [made.direct, made.to_transfer, made.in_favour] == amounts(-9, 0, 9)
    assert made.entries[0].communication == ""


def test_what_the_wallet_no_longer_pays_is_asked_directly_from_that_day() -> None:
    """PAY-2, DOS-6."""
    invoice = issued_via_wallet()
    refused_on = DUE + 5 * DAY
    assert invoice.enrolment is not None
    take(invoice.enrolment, State.REFUSED_BY_AGENCY, on=refused_on)
    refresh(invoice)

    (before,) = at(invoice.client, refused_on - DAY).entries
    (after,) = at(invoice.client).entries

    assert [before.wallet, before.direct] == amounts(600, 126)
    assert before.due_on == DUE
    assert [after.wallet, after.direct] == amounts(0, 726)
    assert (after.due_on, after.days_late) == (refused_on + 30 * DAY, 0)


def test_what_is_disputed_is_said_to_be(english: None) -> None:
    invoice = issued()
    disputing.dispute(invoice.pk, reason="x", since=DUE, today=TODAY, by=None)

    assert at(invoice.client).entries[0].is_disputed


def test_a_period_shows_all_that_changed_the_balance() -> None:
    client = SmallClientFactory.create(language="en")
    first, second = issued(client=client), issued(client=client)
    pay(first, 121, on=DUE - DAY)
    pay(second, 131, on=DUE)
    money = Money(Channel.DIRECT, Decimal(10), DUE + DAY)
    pay_back(second.pk, money, now=noon(TODAY), today=TODAY, by=None)

    made = at(client, first=DUE)

    assert made.before == 121
    paid, back = made.movements
    assert (paid.what, back.what) == ("Paid directly", "Paid back to you")
    assert [paid.amount, paid.balance] == amounts(-131, -10)
    assert [back.amount, back.balance] == amounts(10, 0)
    assert made.balance == 0
    assert made.entries == ()


def test_the_balance_is_what_is_open_on_both_roads() -> None:
    invoice = issued_via_wallet()
    pay(invoice, 100, on=DUE, channel="wallet")
    pay(invoice, 26, on=DUE)

    made = at(invoice.client, first=MONDAY)

    assert made.balance == made.wallet + made.direct == 600


def test_without_our_own_particulars_there_is_no_paper(english: None) -> None:
    """INV-2."""
    client = SmallClientFactory.create()

    with pytest.raises(Incomplete, match="Own company"):
        at(client)


def test_it_asks_the_same_however_many_invoices(
    django_assert_num_queries: Any,
) -> None:
    complete_seller()
    invoice = issued_via_wallet()
    with django_assert_num_queries(8):
        at(invoice.client)
    issued(client=invoice.client)
    with django_assert_num_queries(8):
        assert len(at(invoice.client).entries) == 2
