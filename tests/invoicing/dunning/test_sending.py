"""Payment reminders leave once each, for what is late directly, and stop in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import override_settings

from clients.models import Client
from invoicing import crediting
from invoicing.dunning import disputing, sending
from invoicing.dunning.going_out import going_out
from invoicing.dunning.sending import NotPlanned, send_due
from invoicing.models import (
    Channel,
    DunningLevel,
    DunningNotice,
    DunningPause,
    DunningSettings,
    Invoice,
    LateInterest,
    Payment,
)
from invoicing.receipts.keeping import refresh
from invoicing.receipts.recording import Money, record
from ownyourstory.mail.models import MailText
from ownyourstory.outbox.models import Dispatch, State
from programs.road import State as DossierState
from tests.factories import (
    BRUSSELS,
    MONDAY,
    OwnerFactory,
    PersonFactory,
    SmallClientFactory,
    complete_seller,
    issued,
    issued_via_wallet,
    noon,
)
from tests.programs.steps import take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DUE = MONDAY + 30 * DAY  # 1 April 2026
ADDRESS = "els@example.com"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    complete_seller()
    DunningSettings.objects.update(sends_by_itself=True)
    with time_machine.travel(noon(MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> User:
    return OwnerFactory.create()


def late(**fields: Any) -> Invoice:
    """Return an invoice of EUR 121 that is payable until 1 April."""
    return issued(**{"client__invoice_email": ADDRESS, **fields})


def late_person(**fields: Any) -> Invoice:
    client = PersonFactory.create(invoice_email=ADDRESS, **fields)
    return issued(client=client)


def sent() -> list[int]:
    """Return the steps that went out so far, in their order."""
    rows = DunningNotice.objects.filter(dispatch__isnull=False).order_by("pk")
    return list(rows.values_list("level__step", flat=True))


def send_on(clock: time_machine.Traveller, *days: date) -> None:
    """Let the job run on ``days``, and the post leave."""
    for day in days:
        clock.move_to(noon(day))
        send_due()
        leave(day)


def leave(day: date) -> None:
    waiting = Dispatch.objects.filter(state=State.WAITING)
    waiting.update(state=State.ACCEPTED, accepted_at=noon(day))


def every_day(clock: time_machine.Traveller, first: date, last: date) -> None:
    for at in range((last - first).days + 1):
        send_on(clock, first + at * DAY, first + at * DAY)


def pay(invoice: Invoice, amount: Any, *, on: date, channel: Any = "direct") -> Payment:
    money = Money(Channel(channel), Decimal(amount), on)
    return record(invoice.pk, money, now=noon(on), today=on, by=None)


def text() -> str:
    said = str(Dispatch.objects.latest("pk").payload["text"])
    return said.replace("\N{NO-BREAK SPACE}", " ")


# When they go out


def test_a_business_gets_each_reminder_once_on_its_day(
    clock: time_machine.Traveller,
) -> None:
    late()
    gone = {}
    for days in range(60):
        send_on(clock, *[DUE + days * DAY] * 2)
        gone[days] = len(sent())

    assert sent() == [1, 2, 3]
    assert [gone[days] for days in (0, 6, 7, 20, 21, 34, 35)] == [0, 0, 1, 1, 2, 2, 3]


def test_after_weeks_down_the_most_urgent_goes_alone_and_the_next_not_soon(
    clock: time_machine.Traveller,
) -> None:
    late()

    send_on(clock, DUE + 33 * DAY, DUE + 35 * DAY, DUE + 39 * DAY)
    assert sent() == [2]
    send_on(clock, DUE + 40 * DAY)
    assert sent() == [2, 3]


def test_the_next_waits_until_the_one_before_it_left(
    clock: time_machine.Traveller,
) -> None:
    late()
    clock.move_to(noon(DUE + 7 * DAY))
    send_due()

    for days in (8, 30):
        clock.move_to(noon(DUE + days * DAY))
        send_due()
    assert sent() == [1]
    leave(DUE + 30 * DAY)
    send_on(clock, DUE + 36 * DAY)
    assert sent() == [1]
    send_on(clock, DUE + 37 * DAY)
    assert sent() == [1, 3]


def test_one_that_was_taken_back_is_passed_over(clock: time_machine.Traveller) -> None:
    late()
    clock.move_to(noon(DUE + 7 * DAY))
    send_due()
    Dispatch.objects.update(state=State.WITHDRAWN)

    send_on(clock, DUE + 8 * DAY, DUE + 21 * DAY)

    assert sent() == [1, 2]


def test_nothing_goes_out_by_itself_until_she_wants_it(
    clock: time_machine.Traveller, user: User
) -> None:
    DunningSettings.objects.update(sends_by_itself=False)
    late()

    send_on(clock, DUE + 7 * DAY)
    assert sent() == []
    assert sending.send_all(on=DUE + 7 * DAY, by=user) == (1, [])
    assert DunningNotice.objects.get().sent_by == user


@pytest.mark.parametrize(("at", "count"), [(time(7, 59), 0), (time(8, 0), 1)])
def test_nobody_gets_mail_at_night(
    clock: time_machine.Traveller, at: time, count: int
) -> None:
    late()

    clock.move_to(datetime.combine(DUE + 7 * DAY, at, tzinfo=BRUSSELS))
    send_due()

    assert len(sent()) == count


@override_settings(DEFAULT_FROM_EMAIL="")
def test_nothing_is_claimed_while_no_mail_can_leave(
    clock: time_machine.Traveller,
) -> None:
    late()

    send_on(clock, DUE + 7 * DAY)

    assert not DunningNotice.objects.exists()


def test_a_text_that_is_not_fit_stops_no_other(
    clock: time_machine.Traveller,
) -> None:
    late()
    late(client__language="fr")
    MailText.objects.create(
        purpose="dunning_business_1", language="nl", subject="{wallet_note}", body="x"
    )

    clock.move_to(noon(DUE + 7 * DAY))
    with pytest.raises(ValueError, match="not composed"):
        send_due()

    assert len(sent()) == 1


# What stops them


def test_what_is_paid_is_not_reminded_of(clock: time_machine.Traveller) -> None:
    invoice = late()
    pay(invoice, 121, on=DUE)

    every_day(clock, DUE + 7 * DAY, DUE + 8 * DAY)

    assert sent() == []


def test_paid_between_the_list_and_the_sending_stops_it(user: User) -> None:
    invoice, day = late(), DUE + 7 * DAY
    planned = going_out(on=day, until=day)[0]
    pay(invoice, 121, on=DUE + 6 * DAY)

    assert sending.send(planned.receipt.pk, 1, on=day, by=user) is None
    assert not Dispatch.objects.exists()


def test_disputed_or_held_since_the_list_stops_it_too(user: User) -> None:
    invoice, day = late(), DUE + 7 * DAY
    receipt = invoice.receipts.get()
    found = disputing.dispute(invoice.pk, reason="x", since=day, today=day, by=user)
    assert sending.send(receipt.pk, 1, on=day, by=user) is None

    disputing.end(found.pk, outcome="y", today=day, by=user)
    sending.hold(receipt.pk, 1, on=day, by=user, now=noon(day))

    assert sending.send(receipt.pk, 1, on=day, by=user) is None
    assert not Dispatch.objects.exists()


def test_a_part_that_is_paid_leaves_the_rest(clock: time_machine.Traveller) -> None:
    invoice = late()
    pay(invoice, 21, on=DUE)

    send_on(clock, DUE + 7 * DAY)

    assert DunningNotice.objects.get().claimed == 100
    assert "€ 100,00" in text()


def test_what_was_credited_in_full_is_not_reminded_of(
    clock: time_machine.Traveller,
) -> None:
    invoice = late()
    request = crediting.Request(
        quantities={line.pk: line.quantity for line in invoice.lines.all()},
        reason="Verkeerde klant.",
    )
    crediting.credit(invoice.pk, request, on=MONDAY, now=noon(MONDAY))

    send_on(clock, DUE + 7 * DAY)

    assert sent() == []


def test_a_dispute_stops_them_until_it_ends(
    clock: time_machine.Traveller, user: User
) -> None:
    invoice = late()
    found = disputing.dispute(
        invoice.pk, reason="Te veel uren.", since=DUE, today=DUE, by=user
    )

    send_on(clock, DUE + 7 * DAY)
    assert sent() == []
    disputing.end(found.pk, outcome="Uren nagekeken.", today=DUE + 8 * DAY, by=user)
    send_on(clock, DUE + 8 * DAY)
    assert sent() == [1]


REFUSED = {
    "a day to come": ({"since": DUE + DAY}, "since"),
    "no reason": ({"reason": "  "}, "reason"),
}


@pytest.mark.parametrize(("changes", "field"), REFUSED.values(), ids=REFUSED)
def test_a_dispute_needs_a_day_and_a_reason(
    changes: dict[str, Any], field: str, user: User
) -> None:
    facts: dict[str, Any] = {"reason": "x", "since": DUE, "today": DUE, "by": user}

    with pytest.raises(disputing.NotDisputed) as refused:
        disputing.dispute(late().pk, **{**facts, **changes})

    assert refused.value.field == field


def test_an_invoice_is_disputed_once_at_a_time(user: User) -> None:
    invoice = late()
    facts: dict[str, Any] = {"since": DUE, "today": DUE, "by": user}
    found = disputing.dispute(invoice.pk, reason="x", **facts)

    with pytest.raises(disputing.NotDisputed):
        disputing.dispute(invoice.pk, reason="y", **facts)
    with pytest.raises(disputing.NotDisputed):
        disputing.end(found.pk, outcome=" ", today=DUE, by=user)
    disputing.end(found.pk, outcome="opgelost", today=DUE, by=user)
    with pytest.raises(disputing.NotDisputed):
        disputing.end(found.pk, outcome="opgelost", today=DUE, by=user)


def test_a_client_that_is_spared_gets_none_until_that_ends(
    clock: time_machine.Traveller,
) -> None:
    invoice = late()
    DunningPause.objects.create(
        client=invoice.client,
        reason="Betaalt in schijven.",
        valid_from=DUE,
        valid_until=DUE + 7 * DAY,
    )

    send_on(clock, DUE + 7 * DAY)
    assert sent() == []
    send_on(clock, DUE + 8 * DAY)
    assert sent() == [1]


def test_without_an_address_it_cannot_go(clock: time_machine.Traveller) -> None:
    late(client__invoice_email="")

    send_on(clock, DUE + 7 * DAY)

    assert sent() == []
    (planned,) = going_out(on=DUE + 7 * DAY, until=DUE + 7 * DAY)
    assert (planned.address, planned.may_go) == ("", False)


def test_one_that_is_held_back_waits_and_is_let_go(
    clock: time_machine.Traveller, user: User
) -> None:
    receipt = late().receipts.get()
    held = sending.hold(receipt.pk, 1, on=DUE, by=user, now=noon(DUE))

    send_on(clock, DUE + 7 * DAY)
    assert sent() == []
    sending.let_go(held.pk)
    send_on(clock, DUE + 8 * DAY)
    assert sent() == [1]
    with pytest.raises(NotPlanned):
        sending.hold(receipt.pk, 1, on=DUE + 8 * DAY, by=user, now=noon(DUE))
    with pytest.raises(NotPlanned):
        sending.let_go(held.pk)


def test_cents_that_may_be_written_off_are_not_reminded_of(
    clock: time_machine.Traveller,
) -> None:
    """Up to EUR 1.00 as it comes; a cent more is asked."""
    few, more = late(), late()
    pay(few, 120, on=MONDAY)
    pay(more, "119.99", on=MONDAY)

    send_on(clock, DUE + 10 * DAY)

    assert DunningNotice.objects.get().receipt.invoice == more


# The two roads


def test_what_the_wallet_pays_is_never_reminded_of_here(
    clock: time_machine.Traveller,
) -> None:
    """PAY-2: only the direct part, however late the wallet is."""
    invoice = issued_via_wallet(client__invoice_email=ADDRESS)
    pay(invoice, 126, on=MONDAY)

    every_day(clock, DUE + 40 * DAY, DUE + 41 * DAY)
    send_on(clock, date(2028, 2, 1))

    assert sent() == []


def test_only_the_direct_part_of_a_wallet_invoice_is_asked(
    clock: time_machine.Traveller,
) -> None:
    """PAY-2."""
    issued_via_wallet(client__invoice_email=ADDRESS)

    send_on(clock, DUE + 7 * DAY)

    assert DunningNotice.objects.get().claimed == 126
    assert "Wat via de KMO-portefeuille loopt, staat hier los van." in text()


def test_what_the_wallet_no_longer_pays_is_reminded_of_after_its_own_term(
    clock: time_machine.Traveller,
) -> None:
    """PAY-2, DOS-6: refused, it is owed directly, and the reminders begin anew."""
    invoice = issued_via_wallet(client__invoice_email=ADDRESS)
    send_on(clock, DUE + 7 * DAY)
    pay(invoice, 126, on=DUE + 8 * DAY)
    refused_on = DUE + 10 * DAY
    _refuse(invoice, on=refused_on)

    every_day(clock, refused_on, refused_on + 36 * DAY)
    assert sent() == [1]
    send_on(clock, refused_on + 37 * DAY)
    assert sent() == [1, 1]
    assert DunningNotice.objects.latest("pk").claimed == 600
    assert "Wat de KMO-portefeuille niet betaalt" in text()


def _refuse(invoice: Invoice, *, on: date) -> None:
    assert invoice.enrolment is not None
    take(invoice.enrolment, DossierState.REFUSED_BY_AGENCY, on=on)
    refresh(invoice)


# What they say and claim


def test_the_letter_is_in_the_language_of_the_client_with_the_invoice(
    clock: time_machine.Traveller,
) -> None:
    invoice = late(client__language="fr")

    send_on(clock, DUE + 7 * DAY)

    payload = Dispatch.objects.get().payload
    assert payload["language"] == "fr"
    assert payload["subject"] == f"Rappel : facture {invoice.number}"
    for told in ("121,00 €", invoice.communication, "BE68 5390 0754 7034"):
        assert told in text()
    assert [one["mimetype"] for one in payload["attachments"]] == ["application/pdf"]


def test_a_business_is_asked_interest_and_the_fixed_sum_from_the_second(
    clock: time_machine.Traveller,
) -> None:
    """INV-8: 121 × 10.5 % × 21 / 365 = 0.73, and EUR 40."""
    late()

    send_on(clock, DUE + 7 * DAY)
    first = DunningNotice.objects.get()
    assert first.costs == 0
    send_on(clock, DUE + 21 * DAY)
    second = DunningNotice.objects.latest("pk")
    assert (second.interest, second.fixed_sum) == (Decimal("0.73"), Decimal(40))
    assert "€ 161,73" in text()


def test_what_was_paid_late_bears_interest_until_it_came(
    clock: time_machine.Traveller,
) -> None:
    """INV-8: 121 over 10 days and 21 over 11 more: 0.348 + 0.066 = 0.41."""
    invoice = late()
    pay(invoice, 100, on=DUE + 10 * DAY)

    send_on(clock, DUE + 21 * DAY)

    assert DunningNotice.objects.get().interest == Decimal("0.41")


def test_without_its_rate_no_interest_is_claimed(
    clock: time_machine.Traveller,
) -> None:
    """INV-8: the second half-year has no row yet."""
    late()
    day = date(2026, 7, 2)

    (planned,) = going_out(on=day, until=day)

    assert planned.claim.interest == 0
    assert [(one.year, one.half) for one in planned.claim.missing] == [(2026, 2)]
    LateInterest.objects.create(
        valid_from=date(2026, 7, 1), percent=Decimal(10), fixed_sum=Decimal(40)
    )
    (planned,) = going_out(on=day, until=day)
    # 121 × (10.5 × 90 + 10 × 2) / 36,500
    assert (planned.claim.interest, planned.claim.missing) == (Decimal("3.20"), ())


def test_a_consumer_is_asked_no_costs_that_were_not_agreed(
    clock: time_machine.Traveller,
) -> None:
    """INV-8."""
    late_person()

    every_day(clock, DUE + 7 * DAY, DUE + 40 * DAY)

    assert sent() == [1, 2, 3]
    assert {notice.costs for notice in DunningNotice.objects.all()} == {Decimal(0)}


def test_the_first_letter_to_a_consumer_is_free_and_says_what_follows(
    clock: time_machine.Traveller,
) -> None:
    """INV-8: what is owed, what for, to whom, 14 days free, and the costs after."""
    DunningSettings.objects.update(consumer_costs_agreed=True)
    invoice = late_person()

    send_on(clock, DUE + 7 * DAY)

    said = text()
    for told in (
        "€ 121,00",
        "1 april 2026",
        "Advies",
        "zonder kosten betalen tot en met 22 april 2026",
        "een vaste vergoeding van € 20,00",
        "interest van 10,5 % per jaar",
        invoice.communication,
        "BE68 5390 0754 7034",
        "BE 0824.677.865",
    ):
        assert told in said


def test_after_its_free_days_a_consumer_is_asked_what_was_agreed(
    clock: time_machine.Traveller,
) -> None:
    """INV-8: interest from the day after the free days, and the lump sum."""
    DunningSettings.objects.update(consumer_costs_agreed=True)
    late_person()

    send_on(clock, DUE + 7 * DAY, DUE + 21 * DAY)
    assert sent() == [1]
    send_on(clock, DUE + 22 * DAY)
    second = DunningNotice.objects.latest("pk")
    # 121 × 10.5 % × 1 / 365
    assert (second.interest, second.fixed_sum) == (Decimal("0.03"), Decimal(20))


def test_what_the_first_letter_promised_a_consumer_is_kept(
    clock: time_machine.Traveller,
) -> None:
    """INV-8: fewer free days from now on change nothing for who was told of more."""
    DunningSettings.objects.update(consumer_costs_agreed=True, consumer_days_to_pay=30)
    late_person()
    send_on(clock, DUE + 7 * DAY)
    DunningSettings.objects.update(consumer_days_to_pay=14)

    send_on(clock, DUE + 37 * DAY)
    assert sent() == [1]
    send_on(clock, DUE + 38 * DAY)
    # 121 × 10.5 % × 1 / 365
    assert DunningNotice.objects.latest("pk").interest == Decimal("0.03")


# Once


def test_two_at_once_send_one_letter(user: User) -> None:
    receipt, day = late().receipts.get(), DUE + 7 * DAY

    first = sending.send(receipt.pk, 1, on=day, by=user)
    second = sending.send(receipt.pk, 1, on=day, by=user)

    assert first is not None
    assert second is None
    assert Dispatch.objects.count() == 1


def test_the_database_refuses_a_second_row_for_a_reminder() -> None:
    receipt = late().receipts.get()
    level = DunningLevel.objects.get(audience="business", step=1)
    facts = {"receipt": receipt, "level": level, "due_on": DUE}
    DunningNotice.objects.create(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        DunningNotice.objects.create(**facts)


def test_the_list_asks_the_same_however_many_are_late(
    django_assert_num_queries: Any,
) -> None:
    day = DUE + 7 * DAY
    late()
    with django_assert_num_queries(11):
        going_out(on=day, until=day)
    late(client=SmallClientFactory.create(invoice_email=ADDRESS))
    late(client=Client.objects.latest("pk"))
    with django_assert_num_queries(11):
        assert len(going_out(on=day, until=day)) == 3
