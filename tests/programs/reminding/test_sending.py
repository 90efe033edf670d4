"""Reminders leave once each, in the client's language, until the step is done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import override_settings

from ownyourstory.mail.models import MailText
from ownyourstory.outbox.models import Dispatch
from programs.models import Enrolment, Reminder, ReminderPlan
from programs.reminding import sending
from programs.reminding.going_out import going_out
from programs.reminding.sending import NotPlanned, send_due
from programs.road import ENDS, State
from programs.timetable import Kind
from tests.factories import (
    BRUSSELS,
    FIRST_DAY,
    MONDAY,
    ContactFactory,
    OwnerFactory,
    complete_seller,
    issue,
    noon,
    wallet_draft,
)
from tests.programs.steps import dossier, subsidised, take

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

DAY = timedelta(days=1)
APPLY_BY = FIRST_DAY + 14 * DAY  # 26 March 2026
ADDRESS = "els@example.com"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    complete_seller()
    with time_machine.travel(noon(MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> User:
    return OwnerFactory.create()


def agreed(**fields: Any) -> Enrolment:
    return dossier(**{"client__invoice_email": ADDRESS, **fields})


def sent() -> list[tuple[str, int]]:
    """Return what went out so far: what for, and how many days before or after."""
    rows = Reminder.objects.filter(dispatch__isnull=False).order_by("pk")
    return list(rows.values_list("kind", "days"))


def send_on(clock: time_machine.Traveller, *days: date) -> None:
    for day in days:
        clock.move_to(noon(day))
        send_due()


def every_day(clock: time_machine.Traveller, first: date, last: date) -> None:
    for at in range((last - first).days + 1):
        send_on(clock, first + at * DAY, first + at * DAY)


# When they go out


def test_each_goes_out_once_on_its_day(clock: time_machine.Traveller) -> None:
    """DOS-2: 7, 3 and 1 days before, however often the job runs."""
    agreed()
    gone = {}
    for left in range(20, -6, -1):
        send_on(clock, *[APPLY_BY - left * DAY] * 3)
        gone[left] = len(sent())

    assert sent() == [("apply", 7), ("apply", 3), ("apply", 1)]
    assert (gone[8], gone[7], gone[4], gone[3], gone[2], gone[1]) == (0, 1, 1, 2, 2, 3)
    assert Dispatch.objects.count() == 3


def test_after_two_days_down_the_most_urgent_goes_out_alone(
    clock: time_machine.Traveller,
) -> None:
    agreed()

    send_on(clock, APPLY_BY - 8 * DAY, APPLY_BY - 2 * DAY)

    assert sent() == [("apply", 3)]


def test_none_goes_out_after_the_last_day(clock: time_machine.Traveller) -> None:
    agreed()

    send_on(clock, APPLY_BY + DAY)
    assert sent() == []
    send_on(clock, APPLY_BY)
    assert sent() == [("apply", 1)]


def test_the_own_contribution_has_reminders_of_its_own(
    clock: time_machine.Traveller,
) -> None:
    """DOS-3: 14 days after the application."""
    dossier(
        State.APPLIED,
        taken={State.APPLIED: MONDAY},
        client__invoice_email=ADDRESS,
    )

    every_day(clock, MONDAY, MONDAY + 20 * DAY)

    assert sent() == [("contribute", 7), ("contribute", 3), ("contribute", 1)]


def test_a_forgotten_order_is_reminded_of_after_the_subsidy(
    clock: time_machine.Traveller,
) -> None:
    """DOS-4."""
    subsidised(on=MONDAY, client__invoice_email=ADDRESS)

    every_day(clock, MONDAY, MONDAY + 30 * DAY)

    assert sent() == [("order", 7), ("order", 14), ("order", 21)]


def test_the_end_of_the_year_after_is_reminded_of_a_month_before(
    clock: time_machine.Traveller,
) -> None:
    """DOS-5."""
    subsidised(on=MONDAY, client__invoice_email=ADDRESS)
    ReminderPlan.objects.filter(kind=Kind.ORDER).update(is_active=False)

    every_day(clock, date(2027, 11, 25), date(2028, 1, 3))

    assert sent() == [("finish", 30), ("finish", 7), ("finish", 3), ("finish", 1)]


def test_a_training_that_moves_is_reminded_of_anew(
    clock: time_machine.Traveller,
) -> None:
    enrolment = agreed()
    send_on(clock, APPLY_BY - 7 * DAY)
    for session in enrolment.course.sessions.all():
        session.day += 30 * DAY
        session.save()

    send_on(clock, APPLY_BY - 3 * DAY, APPLY_BY + 23 * DAY)

    assert sent() == [("apply", 7), ("apply", 7)]


@pytest.mark.parametrize(("at", "count"), [(time(7, 59), 0), (time(8, 0), 1)])
def test_nobody_gets_mail_at_night(
    clock: time_machine.Traveller, at: time, count: int
) -> None:
    agreed()
    day = APPLY_BY - 7 * DAY

    clock.move_to(datetime.combine(day, at, tzinfo=BRUSSELS))
    send_due()

    assert len(sent()) == count


# When they stop


def test_they_stop_when_the_step_is_taken(clock: time_machine.Traveller) -> None:
    enrolment = agreed()
    send_on(clock, APPLY_BY - 7 * DAY)
    take(enrolment, State.APPLIED, on=APPLY_BY - 5 * DAY)

    send_on(clock, APPLY_BY - 3 * DAY, APPLY_BY - DAY)

    assert sent() == [("apply", 7)]


def test_a_client_who_ordered_has_done_its_part(clock: time_machine.Traveller) -> None:
    enrolment = subsidised(on=MONDAY, client__invoice_email=ADDRESS)
    take(enrolment, State.ORDERED, on=MONDAY)

    every_day(clock, MONDAY, MONDAY + 30 * DAY)
    every_day(clock, date(2027, 12, 1), date(2027, 12, 31))

    assert sent() == []


@pytest.mark.parametrize("state", [*ENDS, State.PAID])
def test_a_dossier_that_is_over_is_left_alone(
    clock: time_machine.Traveller, state: State
) -> None:
    enrolment = subsidised(on=MONDAY, client__invoice_email=ADDRESS)
    take(enrolment, state, on=MONDAY)

    every_day(clock, MONDAY, MONDAY + 30 * DAY)

    assert sent() == []


def test_without_wallet_there_is_nothing_to_remind_of(
    clock: time_machine.Traveller,
) -> None:
    enrolment = agreed()
    enrolment.uses_wallet = False
    enrolment.save()

    every_day(clock, MONDAY, APPLY_BY)

    assert sent() == []


def test_what_the_owner_switched_off_does_not_go_out(
    clock: time_machine.Traveller,
) -> None:
    agreed()
    ReminderPlan.objects.filter(kind=Kind.APPLY).update(is_active=False)

    every_day(clock, MONDAY, APPLY_BY)

    assert sent() == []


def test_the_owner_chooses_the_days(clock: time_machine.Traveller) -> None:
    agreed()
    ReminderPlan.objects.filter(kind=Kind.APPLY).update(days="10, 0")

    every_day(clock, MONDAY, APPLY_BY + DAY)

    assert sent() == [("apply", 10), ("apply", 0)]


def test_a_step_taken_while_it_runs_stops_it() -> None:
    """It is looked at again where it is put in."""
    enrolment = agreed()
    on = APPLY_BY - 7 * DAY
    [planned] = going_out(on=on, until=on)
    take(enrolment, State.APPLIED, on=MONDAY)

    assert sending.send(enrolment.pk, planned.turn, on=on) is None
    assert not Dispatch.objects.exists()


# To whom, and what


def test_it_is_written_in_the_clients_language(clock: time_machine.Traveller) -> None:
    enrolment = agreed(client__language="fr", course__program__title_fr="Raconter")
    ContactFactory.create(
        client=enrolment.client, name="Anna Claes", gets_invoices=True
    )

    send_on(clock, APPLY_BY - 7 * DAY)

    dispatch = Dispatch.objects.get()
    assert (
        dispatch.subject == "Demande de subside possible jusqu’au 26 mars 2026 inclus"
    )
    assert dispatch.recipient == ADDRESS
    letter = dispatch.payload
    assert (letter["to"], letter["language"]) == ([ADDRESS], "fr")
    assert letter["reply_to"] == ["info@example.com"]
    assert letter["text"].startswith("Bonjour Anna Claes,")
    assert "Raconter" in letter["text"]
    assert "26 mars 2026" in letter["html"]


def test_the_order_names_our_invoice_once_there_is_one(
    clock: time_machine.Traveller,
) -> None:
    """DOS-4: the client types our invoice number."""
    invoice = issue(wallet_draft(client__invoice_email=ADDRESS))
    enrolment = invoice.enrolment
    assert enrolment is not None
    for state in (State.APPLIED, State.CONTRIBUTED, State.SUBSIDISED):
        take(enrolment, state, on=MONDAY)
    other = subsidised(on=MONDAY, client__invoice_email="b@example.com")

    send_on(clock, MONDAY + 7 * DAY)

    with_invoice = Reminder.objects.get(enrolment=enrolment).dispatch
    without = Reminder.objects.get(enrolment=other).dispatch
    assert with_invoice is not None
    assert without is not None
    assert f"ons factuurnummer: {invoice.number}." in with_invoice.payload["text"]
    assert "factuurnummer" not in without.payload["text"]
    assert "2 maart 2026" in without.payload["text"]


def test_a_contact_is_written_to_where_the_client_has_no_address(
    clock: time_machine.Traveller,
) -> None:
    enrolment = agreed(client__invoice_email="")
    ContactFactory.create(client=enrolment.client, email="")
    ContactFactory.create(client=enrolment.client, email="bert@example.com")

    send_on(clock, APPLY_BY - 7 * DAY)

    assert Dispatch.objects.get().recipient == "bert@example.com"


def test_without_an_address_it_waits_for_one(clock: time_machine.Traveller) -> None:
    enrolment = agreed(client__invoice_email="")
    send_on(clock, APPLY_BY - 7 * DAY)
    assert not Reminder.objects.exists()

    enrolment.client.invoice_email = ADDRESS
    enrolment.client.save()
    send_on(clock, APPLY_BY - 6 * DAY)

    assert sent() == [("apply", 7)]


def test_while_no_mail_can_leave_none_is_spent(clock: time_machine.Traveller) -> None:
    agreed()
    with override_settings(DEFAULT_FROM_EMAIL=""):
        send_on(clock, APPLY_BY - 7 * DAY)
    assert not Reminder.objects.exists()

    send_on(clock, APPLY_BY - 6 * DAY)
    assert sent() == [("apply", 7)]


def test_a_text_that_cannot_be_sent_stops_no_other(
    clock: time_machine.Traveller, caplog: pytest.LogCaptureFixture
) -> None:
    subsidised(on=APPLY_BY - 14 * DAY, client__invoice_email="b@example.com")
    agreed()
    MailText.objects.create(
        purpose="remind_order", language="nl", subject="{our_invoice}", body="-"
    )

    with pytest.raises(ValueError, match="not composed"):
        send_on(clock, APPLY_BY - 7 * DAY)

    assert sent() == [("apply", 7)]
    assert "Reminder of enrolment" in caplog.text


def test_run_due_sends_them_and_brings_them(
    clock: time_machine.Traveller, mailoutbox: list[Any]
) -> None:
    agreed()
    clock.move_to(noon(APPLY_BY - 7 * DAY))

    call_command("run_due")
    call_command("run_due")

    [mail] = mailoutbox
    assert mail.to == [ADDRESS]
    assert mail.subject == "Subsidie aanvragen kan tot en met 26 maart 2026"


def test_one_that_cannot_be_composed_is_said_by_run_due(
    clock: time_machine.Traveller,
) -> None:
    agreed()
    MailText.objects.create(
        purpose="remind_apply", language="nl", subject="\u2028", body="-"
    )
    clock.move_to(noon(APPLY_BY - 7 * DAY))

    with pytest.raises(CommandError, match="send_due"):
        call_command("run_due")


# Holding back


def test_one_held_back_does_not_go_out_until_it_is_let_go(
    clock: time_machine.Traveller, user: User
) -> None:
    enrolment = agreed()
    held = sending.hold(
        enrolment.pk, kind="apply", days=7, on=MONDAY, by=user, now=noon(MONDAY)
    )
    send_on(clock, APPLY_BY - 7 * DAY)
    assert sent() == []
    assert (held.held_by, held.held_at) == (user, noon(MONDAY))

    sending.let_go(held.pk)
    send_on(clock, APPLY_BY - 6 * DAY)

    assert sent() == [("apply", 7)]
    story = Reminder.history.filter(id=held.pk).order_by("history_id")
    assert [row.held_by for row in story] == [user, None, None]


def test_one_held_back_while_it_runs_stays(user: User) -> None:
    """It is looked at again where it is put in."""
    enrolment, on = agreed(), APPLY_BY - 7 * DAY
    [planned] = going_out(on=on, until=on)
    sending.hold(enrolment.pk, kind="apply", days=7, on=on, by=user, now=noon(on))

    assert sending.send(enrolment.pk, planned.turn, on=on) is None
    assert not Dispatch.objects.exists()


def test_holding_one_back_holds_no_other(
    clock: time_machine.Traveller, user: User
) -> None:
    enrolment = agreed()
    sending.hold(
        enrolment.pk, kind="apply", days=7, on=MONDAY, by=user, now=noon(MONDAY)
    )

    every_day(clock, APPLY_BY - 8 * DAY, APPLY_BY)

    assert sent() == [("apply", 3), ("apply", 1)]


def test_what_went_out_is_not_held_back(
    clock: time_machine.Traveller, user: User
) -> None:
    enrolment = agreed()
    day = APPLY_BY - 7 * DAY
    send_on(clock, day)

    with pytest.raises(NotPlanned):
        sending.hold(enrolment.pk, kind="apply", days=7, on=day, by=user, now=noon(day))
    with pytest.raises(NotPlanned):
        sending.let_go(Reminder.objects.get().pk)


@pytest.mark.parametrize(
    ("kind", "days"), [("apply", 8), ("finish", 7), ("nothing", 7)]
)
def test_what_is_not_planned_is_not_held_back(kind: str, days: int, user: User) -> None:
    enrolment = agreed()

    with pytest.raises(NotPlanned):
        sending.hold(
            enrolment.pk, kind=kind, days=days, on=MONDAY, by=user, now=noon(MONDAY)
        )
    assert not Reminder.objects.exists()


# What the database holds


def test_the_database_knows_each_reminder_once_and_never_held_and_sent(
    clock: time_machine.Traveller, user: User
) -> None:
    agreed()
    send_on(clock, APPLY_BY - 7 * DAY)
    row = Reminder.objects.values("enrolment_id", "kind", "days", "last_day").get()

    for wrong in (
        {},
        {"days": 3, "held_at": noon(MONDAY)},
        {"days": 3, "held_by": user},
        {"days": 3, "kind": "issue"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reminder.objects.bulk_create([Reminder(**{**row, **wrong})])
    with pytest.raises(IntegrityError), transaction.atomic():
        Reminder.objects.update(held_at=noon(MONDAY), held_by=user)


def test_many_ask_no_more_of_the_database_than_one(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(5):
        agreed()

    with django_assert_max_num_queries(8):
        assert len(going_out(on=APPLY_BY - 7 * DAY, until=APPLY_BY)) == 15
