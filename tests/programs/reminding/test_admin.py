"""The owner sees what goes out this week, and holds one back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from programs.models import Reminder, ReminderPlan
from programs.reminding import sending
from programs.reminding.sending import send_due
from tests.factories import FIRST_DAY, OwnerFactory, complete_seller, noon
from tests.pages import errors, typed
from tests.programs.steps import dossier
from tests.test_permissions import colleague

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
APPLY_BY = FIRST_DAY + 14 * DAY
NOW = APPLY_BY - 8 * DAY
LIST = "/admin/programs/reminder/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    complete_seller()
    with time_machine.travel(noon(NOW), tick=False) as traveller:
        yield traveller


@pytest.fixture
def user() -> User:
    return OwnerFactory.create(first_name="Ianka")


@pytest.fixture
def owner(client: Browser, user: User, english: None) -> Browser:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def text(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_she_sees_each_reminder_of_the_week_with_its_day(owner: Browser) -> None:
    enrolment = dossier(client__invoice_email="els@example.com")

    page = owner.get(LIST)

    week = page.context["week"]
    assert [one.goes_on for one in week] == [NOW + DAY, NOW + 5 * DAY]
    assert "2 reminders for this week" in text(page)
    assert "els@example.com" in text(page)
    assert "last day 26 March 2026" in text(page)
    assert str(enrolment.client) in text(page)


def test_what_has_no_address_is_told(owner: Browser) -> None:
    enrolment = dossier()

    page = owner.get(LIST)

    assert "no e-mail address" in text(page)
    assert reverse("admin:clients_client_change", args=[enrolment.client_id]) in text(
        page
    )


def test_it_is_told_that_no_mail_can_leave(owner: Browser) -> None:
    with override_settings(DEFAULT_FROM_EMAIL=""):
        assert "DEFAULT_FROM_EMAIL" in text(owner.get(LIST))


def test_she_holds_one_back_and_lets_it_go_again(
    owner: Browser, user: User, clock: time_machine.Traveller
) -> None:
    enrolment = dossier(client__invoice_email="els@example.com")
    hold = reverse("admin:programs_reminder_hold", args=[enrolment.pk, "apply", 7])
    assert hold in text(owner.get(LIST))

    page = owner.post(hold, follow=True)

    assert "Held back: " in text(page)
    assert "held back by Ianka" in text(page) or f"held back by {user}" in text(page)
    clock.move_to(noon(NOW + DAY))
    send_due()
    reminder = Reminder.objects.get()
    assert (reminder.held_by, reminder.dispatch) == (user, None)

    let_go = reverse("admin:programs_reminder_let_go", args=[reminder.pk])
    assert let_go in text(owner.get(LIST))
    assert "It goes out in its turn" in text(owner.post(let_go, follow=True))
    send_due()
    reminder.refresh_from_db()
    assert reminder.dispatch is not None
    assert "els@example.com" in text(owner.get(LIST))


def test_a_click_too_late_says_so(
    owner: Browser, clock: time_machine.Traveller
) -> None:
    enrolment = dossier(client__invoice_email="els@example.com")
    hold = reverse("admin:programs_reminder_hold", args=[enrolment.pk, "apply", 7])
    clock.move_to(noon(NOW + DAY))
    send_due()

    page = owner.post(hold, follow=True)

    assert "It went out already" in text(page)
    let_go = reverse("admin:programs_reminder_let_go", args=[999_999])
    assert "not held back any more" in text(owner.post(let_go, follow=True))
    gone = reverse("admin:programs_reminder_hold", args=[999_999, "apply", 7])
    assert "It went out already" in text(owner.post(gone, follow=True))


@pytest.mark.parametrize(
    "path",
    [
        f"hold/{10**20}/apply/7/",
        "hold/1/%00/7/",
        f"hold/1/apply/{10**20}/",
        f"{10**20}/let-go/",
    ],
)
def test_an_address_that_somebody_typed_is_answered(owner: Browser, path: str) -> None:
    assert owner.post(f"{LIST}{path}").status_code == 302


MAY = {
    "nothing": ([], 403, 403),
    "look": (["programs.view_reminder"], 200, 403),
    "hold back": (["programs.change_reminder"], 200, 302),
}


@pytest.mark.parametrize(("may", "look", "hold"), MAY.values(), ids=MAY)
def test_who_sees_them_and_who_holds_them_back(
    owner: Browser, may: list[str], look: int, hold: int
) -> None:
    enrolment = dossier(client__invoice_email="els@example.com")
    address = reverse("admin:programs_reminder_hold", args=[enrolment.pk, "apply", 7])
    owner.force_login(colleague(*may))

    page = owner.get(LIST)

    assert page.status_code == look
    assert (address in text(page)) is (hold == 302)
    assert owner.get(address).status_code == 405
    assert owner.post(address).status_code == hold
    assert Reminder.objects.exists() is (hold == 302)
    let_go = reverse("admin:programs_reminder_let_go", args=[1])
    assert owner.post(let_go).status_code == hold


def test_nobody_adds_edits_or_deletes_one(owner: Browser) -> None:
    dossier(client__invoice_email="els@example.com")
    with time_machine.travel(noon(NOW + DAY), tick=False):
        send_due()
    reminder = Reminder.objects.get()

    assert owner.get(f"{LIST}{reminder.pk}/change/").status_code == 200
    assert owner.get(f"{LIST}{reminder.pk}/history/").status_code == 200
    assert owner.get(f"{LIST}add/").status_code == 403
    assert owner.post(f"{LIST}{reminder.pk}/change/", {"days": 1}).status_code == 403
    assert owner.post(f"{LIST}{reminder.pk}/delete/").status_code == 403


def test_one_goes_with_its_enrolment_for_who_may_delete_that(
    owner: Browser, user: User
) -> None:
    enrolment = dossier()
    address = reverse("admin:programs_enrolment_delete", args=[enrolment.pk])
    sending.hold(enrolment.pk, kind="apply", days=7, on=NOW, by=user, now=noon(NOW))

    assert owner.post(address, {"post": "yes"}).status_code == 302

    assert not Reminder.objects.exists()
    assert Reminder.history.filter(history_type="-").exists()


START = {
    "nothing": ([], False),
    "enrolments": (["programs.view_enrolment"], False),
    "reminders": (["programs.view_reminder"], True),
}


@pytest.mark.parametrize(("may", "shown"), START.values(), ids=START)
def test_the_start_page_tells_how_many_go_out(
    owner: Browser, may: list[str], shown: bool
) -> None:
    dossier(client__invoice_email="els@example.com")
    dossier()
    owner.force_login(colleague(*may))

    page = text(owner.get(reverse("admin:index")))

    assert ("2 reminders go out to clients this week" in page) is shown
    assert ("2 more cannot: there is no e-mail address." in page) is shown
    assert (LIST in page) is shown


def test_the_list_asks_the_same_however_long_it_is(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    for at in range(5):
        dossier(client__invoice_email=f"c{at}@example.com")
    with time_machine.travel(noon(NOW + DAY), tick=False):
        send_due()

    with django_assert_max_num_queries(15):
        assert owner.get(LIST).status_code == 200


# The days


def test_she_changes_the_days(owner: Browser) -> None:
    plan = ReminderPlan.objects.get(kind="apply")
    address = f"/admin/programs/reminderplan/{plan.pk}/change/"

    page = owner.post(address, typed(owner.get(address), days="1 en 10"))

    assert page.status_code == 302
    plan.refresh_from_db()
    assert plan.days == "10, 1"
    assert owner.get("/admin/programs/reminderplan/").status_code == 200


@pytest.mark.parametrize("days", ["soon", "", "999", "1 2 3 4 5 6 7", "-3"])
def test_what_are_no_days_is_told_beside_the_field(owner: Browser, days: str) -> None:
    plan = ReminderPlan.objects.get(kind="apply")
    address = f"/admin/programs/reminderplan/{plan.pk}/change/"

    page = owner.post(address, typed(owner.get(address), days=days))

    assert errors(page)["days"]
    plan.refresh_from_db()
    assert plan.days == "7, 3, 1"


def test_the_rows_of_the_days_are_fixed(owner: Browser) -> None:
    plan = ReminderPlan.objects.get(kind="apply")

    assert owner.get("/admin/programs/reminderplan/add/").status_code == 403
    delete = f"/admin/programs/reminderplan/{plan.pk}/delete/"
    assert owner.post(delete, {"post": "yes"}).status_code == 403
