"""The owner sees who is late, sends, holds back, and notes a dispute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from invoicing.dunning import disputing
from invoicing.models import (
    Dispute,
    DunningLevel,
    DunningNotice,
    DunningSettings,
    Invoice,
    LateInterest,
)
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import MONDAY, OwnerFactory, complete_seller, issued, noon
from tests.pages import errors, typed
from tests.test_permissions import colleague

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DUE = MONDAY + 30 * DAY
NOW = DUE + 7 * DAY
LIST = "/admin/invoicing/dunningnotice/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    complete_seller()
    with time_machine.travel(noon(NOW), tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> User:
    return OwnerFactory.create(username="ianka")


@pytest.fixture
def owner(client: Browser, user: User, english: None) -> Browser:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def late(**fields: Any) -> Invoice:
    return issued(**{"client__invoice_email": "els@example.com", **fields})


def text(page: Any) -> str:
    return " ".join(page.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:invoicing_{name}", args=args)


def test_she_sends_one_and_sees_that_it_went(owner: Browser, user: User) -> None:
    invoice = late()
    send = address("dunning_send", invoice.receipts.get().pk, 1)
    shown = text(owner.get(LIST))
    for told in (
        "1 payment reminder to send",
        "€121.00",
        str(invoice),
        "first reminder",
        "7 days late",
        "els@example.com",
        send,
    ):
        assert told in shown

    page = text(owner.post(send, follow=True))

    assert f"In the outgoing post: {invoice}: first reminder" in page
    assert "Nobody has to be reminded today." in page
    assert DunningNotice.objects.get().sent_by == user
    assert "It went out already" in text(owner.post(send, follow=True))
    assert Dispatch.objects.count() == 1


def test_she_sends_all_but_who_cannot_be_reached(owner: Browser) -> None:
    late()
    late()
    unreached = late(client__invoice_email="")
    page = text(owner.get(LIST))
    assert "2 payment reminders to send" in page
    assert "Send all 2" in page
    assert "cannot go: no e-mail address" in page
    assert reverse("admin:clients_client_change", args=[unreached.client_id]) in page

    page = text(owner.post(address("dunning_send_all"), follow=True))

    assert "2 reminders are in the outgoing post." in page
    assert Dispatch.objects.count() == 2


def test_nothing_is_sent_while_no_mail_can_leave(owner: Browser) -> None:
    invoice = late()
    send = address("dunning_send", invoice.receipts.get().pk, 1)

    with override_settings(DEFAULT_FROM_EMAIL=""):
        assert "DEFAULT_FROM_EMAIL" in text(owner.get(LIST))
        for button in (send, address("dunning_send_all")):
            assert "DEFAULT_FROM_EMAIL" in text(owner.post(button, follow=True))

    assert not Dispatch.objects.exists()


def test_she_holds_one_back_and_lets_it_go(owner: Browser) -> None:
    receipt = late().receipts.get()

    page = text(owner.post(address("dunning_hold", receipt.pk, 1), follow=True))
    assert "held back by ianka" in page
    let_go = address("dunning_let_go", DunningNotice.objects.get().pk)
    assert let_go in page
    assert address("dunning_send", receipt.pk, 1) not in page

    assert "It goes out in its turn" in text(owner.post(let_go, follow=True))
    assert "It is not held back any more." in text(owner.post(let_go, follow=True))


def test_she_reads_which_rate_is_missing(
    owner: Browser, user: User, clock: time_machine.Traveller
) -> None:
    late()
    clock.move_to(noon(date(2026, 7, 10)))
    owner.force_login(user)

    for page in (LIST, address("lateinterest_changelist")):
        shown = text(owner.get(page))
        assert "is missing for the second half of 2026" in shown
    LateInterest.objects.create(
        valid_from=date(2026, 7, 1), percent="10.15", fixed_sum=40
    )
    for page in (LIST, address("lateinterest_changelist")):
        assert "is missing" not in text(owner.get(page))
    assert "interest and €40.00 fixed costs included" in text(owner.get(LIST))


def test_she_notes_a_dispute_and_ends_it(owner: Browser, user: User) -> None:
    invoice = late()
    page = address("invoice_change", invoice.pk)
    noted = address("invoice_dispute", invoice.pk)
    assert noted in text(owner.get(page))
    assert "Next: first reminder, from 8 Apr" in text(owner.get(page))
    wrong = owner.post(noted, {"since": "2026-04-09", "reason": ""})
    assert "This field is required." in text(wrong)

    told = owner.post(noted, {"since": "2026-04-07", "reason": "Uren"}, follow=True)

    assert "No payment reminder goes out until you end it." in text(told)
    assert "Disputed since 7 Apr" in text(told)
    assert "disputed since 7 Apr" in text(owner.get(LIST))
    row = Dispute.objects.get()
    assert (row.reason, row.opened_by) == ("Uren", user)
    end = address("dispute_end", row.pk)
    assert end in text(told)
    told = owner.post(end, {"outcome": "Nagekeken"}, follow=True)
    assert "payment reminders go out again" in text(told)
    assert "Nagekeken" in text(told)
    assert "This dispute has ended already." in text(owner.post(end, {"outcome": "x"}))


def test_a_dispute_from_tomorrow_is_refused_beside_its_field(owner: Browser) -> None:
    noted = address("invoice_dispute", late().pk)

    page = owner.post(noted, {"since": str(NOW + DAY), "reason": "Uren"})

    assert page.context["form"].errors == {"since": ["This day is still to come."]}


def test_what_was_sent_stands_on_the_page_of_the_invoice(
    owner: Browser, user: User, clock: time_machine.Traveller
) -> None:
    invoice = late()
    clock.move_to(noon(DUE + 21 * DAY))
    owner.force_login(user)
    owner.post(address("dunning_send_all"))
    Dispatch.objects.update(state=State.ACCEPTED, accepted_at=noon(DUE + 21 * DAY))

    page = text(owner.get(address("invoice_change", invoice.pk)))

    assert "second reminder · €121.00 and €40.73 interest and costs" in page
    assert "Next: last reminder, from 6 May" in page


def test_the_first_reminder_of_a_consumer_stays_free(owner: Browser) -> None:
    level = DunningLevel.objects.get(audience="consumer", step=1)
    page = address("dunninglevel_change", level.pk)

    owner.post(page, {"days": "5", "is_active": "on", "charges_costs": "on"})

    level.refresh_from_db()
    assert (level.days, level.charges_costs) == (5, False)


def test_the_days_of_a_business_stay_in_order(owner: Browser) -> None:
    level = DunningLevel.objects.get(audience="business", step=2)
    page = address("dunninglevel_change", level.pk)

    for days, told in {"7": "Later than", "35": "Earlier than"}.items():
        answer = owner.post(page, typed(owner.get(page), days=days))
        assert errors(answer)["days"][0].startswith(told)


def test_the_free_days_of_a_consumer_are_fourteen_at_least(owner: Browser) -> None:
    page = address("dunningsettings_change", 1)

    answer = owner.post(page, typed(owner.get(page), consumer_days_to_pay="13"))

    assert "consumer_days_to_pay" in errors(answer)
    assert DunningSettings.objects.current().consumer_days_to_pay == 14


def test_she_spares_a_client_and_reads_why(owner: Browser) -> None:
    invoice = late()
    page = address("dunningpause_add")

    owner.post(
        page,
        typed(
            owner.get(page),
            client=str(invoice.client_id),
            reason="Betaalt in schijven",
            valid_from="2026-04-01",
        ),
    )

    for shown in (LIST, address("invoice_change", invoice.pk)):
        assert "client not reminded:" in text(owner.get(shown))
        assert "Betaalt in schijven" in text(owner.get(shown))


def test_rates_do_not_overlap(owner: Browser) -> None:
    page = address("lateinterest_add")
    facts = {"percent": "11", "fixed_sum": "40"}

    answer = owner.post(page, typed(owner.get(page), valid_from="2026-06-30", **facts))

    assert "overlaps" in errors(answer)["valid_from"][0]


def test_who_may_only_look_has_no_buttons_and_may_not_send(
    client: Browser, english: None
) -> None:
    receipt = late().receipts.get()
    client.force_login(
        colleague("invoicing.view_dunningnotice", "invoicing.view_invoice")
    )
    send = address("dunning_send", receipt.pk, 1)

    assert send not in text(client.get(LIST))
    for button in (
        send,
        address("dunning_send_all"),
        address("dunning_hold", receipt.pk, 1),
        address("invoice_dispute", receipt.invoice_id),
    ):
        assert client.post(button).status_code == 403
    found = disputing.dispute(
        receipt.invoice_id, reason="x", since=NOW, today=NOW, by=None
    )
    assert client.get(address("dispute_end", found.pk)).status_code == 403
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize(
    "page",
    [
        LIST,
        address("dunninglevel_changelist"),
        address("dunningsettings_change", 1),
        address("lateinterest_changelist"),
        address("consumerlumpsum_changelist"),
        address("consumerlumpsum_add"),
        address("dunningpause_changelist"),
        address("dunningpause_add"),
    ],
)
def test_each_page_opens_in_few_questions(
    owner: Browser, page: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        assert owner.get(page).status_code == 200
