"""The secret address of our calendar: made once, shown once, withdrawn for ever."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client as Browser
from django.urls import reverse
from icalendar import Calendar

from programs.models import CalendarFeed, Registration, ReminderPlan, SchemeTerms
from programs.road import State
from tests.factories import (
    MONDAY,
    TUESDAY,
    OwnerFactory,
    enrolled,
    noon,
)
from tests.programs.steps import dossier, subsidised
from tests.test_permissions import colleague

pytestmark = pytest.mark.django_db

ADD = "/admin/programs/calendarfeed/add/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(noon(MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _old_settings() -> None:
    """Let what the migrations put in be of long ago: they ran today."""
    for model in (SchemeTerms, Registration, ReminderPlan):
        model.history.update(history_date=noon(date(2026, 1, 1)))


@pytest.fixture
def user() -> User:
    return OwnerFactory.create()


@pytest.fixture
def owner(client: Browser, user: User, english: None) -> Browser:
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def made(owner: Browser, name: str = "telephone") -> str:
    """Make an address in the admin and return its path, as the page shows it."""
    page = owner.post(ADD, {"name": name})
    assert page.status_code == 200
    [address] = re.findall(r'value="(http://testserver/calendar/[^"]+)"', text(page))
    return str(address).removeprefix("http://testserver")


def text(response: Any) -> str:
    content: str = response.content.decode()
    return content


def events(response: Any) -> dict[str, Any]:
    calendar = Calendar.from_ical(response.content)
    assert isinstance(calendar, Calendar)
    return {str(event["UID"]).partition("@")[0]: event for event in calendar.events}


# The address


def test_whoever_knows_the_address_reads_it_without_logging_in(owner: Browser) -> None:
    enrolment = dossier()
    address = made(owner)

    answer = Browser().get(address)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer
    assert f"enrolment-{enrolment.pk}-apply" in events(answer)


def test_the_address_is_shown_once_and_kept_nowhere(owner: Browser) -> None:
    address = made(owner)
    token = address.removeprefix("/calendar/").removesuffix(".ics")

    row = CalendarFeed.objects.get()
    assert len(token) >= 43
    assert token not in str(vars(row))
    assert token not in str(list(CalendarFeed.history.values()))
    assert row.token_hash not in str(list(CalendarFeed.history.values()))
    for page in ("", f"{row.pk}/change/", f"{row.pk}/history/"):
        assert token not in text(owner.get(f"/admin/programs/calendarfeed/{page}"))
    assert token not in str(dict(owner.session)) + str(owner.cookies)


def test_each_address_is_another_one(owner: Browser) -> None:
    assert made(owner) != made(owner)


def test_any_other_address_is_not_there(owner: Browser) -> None:
    token = made(owner).removeprefix("/calendar/").removesuffix(".ics")
    last = "A" if token[-1] != "A" else "B"

    for other in (
        token[:-1] + last,
        token.swapcase(),
        token + "A",
        CalendarFeed.objects.get().token_hash,
        "x",
        "%00",
    ):
        assert Browser().get(f"/calendar/{other}.ics").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options"])
def test_it_is_only_read(owner: Browser, method: str) -> None:
    assert getattr(Browser(), method)(made(owner)).status_code == 404
    assert Browser().head(made(owner)).status_code == 200


def test_a_withdrawn_address_answers_nobody(
    owner: Browser, clock: time_machine.Traveller
) -> None:
    address, other = made(owner), made(owner)
    row = CalendarFeed.objects.order_by("pk").first()
    assert row is not None
    withdraw = reverse("admin:programs_calendarfeed_withdraw", args=[row.pk])

    assert owner.get(withdraw).status_code == 405
    assert owner.post(withdraw).status_code == 302
    clock.move_to(noon(TUESDAY))
    owner.post(withdraw)

    assert Browser().get(address).status_code == 404
    assert Browser().get(other).status_code == 200
    row.refresh_from_db()
    assert row.revoked_at == noon(MONDAY)


def test_who_left_or_may_see_no_enrolments_reads_them_nowhere(
    owner: Browser, user: User
) -> None:
    address = made(owner)

    User.objects.filter(pk=user.pk).update(is_active=False)
    assert Browser().get(address).status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True, is_superuser=False)
    assert Browser().get(address).status_code == 404


MAY = {
    "nothing": ([], 403, 403),
    "look": (["programs.view_calendarfeed"], 403, 403),
    "add": (["programs.add_calendarfeed"], 200, 403),
    "change": (["programs.change_calendarfeed"], 403, 302),
}


@pytest.mark.parametrize(("may", "make", "withdraw"), MAY.values(), ids=MAY)
def test_who_makes_and_withdraws_them(
    owner: Browser, may: list[str], make: int, withdraw: int
) -> None:
    made(owner)
    row = CalendarFeed.objects.get()
    owner.force_login(colleague(*may))

    assert owner.post(ADD, {"name": "x"}).status_code == make
    address = reverse("admin:programs_calendarfeed_withdraw", args=[row.pk])
    assert owner.post(address).status_code == withdraw
    row.refresh_from_db()
    assert (row.revoked_at is not None) is (withdraw == 302)


def test_an_address_needs_a_name(owner: Browser) -> None:
    page = owner.post(ADD, {"name": ""})

    assert page.context["adminform"].form.errors["name"]
    assert not CalendarFeed.objects.exists()


# What it says


def test_it_says_what_is_to_be_met_and_no_more(owner: Browser) -> None:
    enrolment = subsidised()
    address = made(owner)

    found = events(Browser().get(address))

    assert set(found) == {
        f"enrolment-{enrolment.pk}-order",
        f"enrolment-{enrolment.pk}-issue",
        f"enrolment-{enrolment.pk}-finish",
        "registration",
    }
    order = found[f"enrolment-{enrolment.pk}-order"]
    assert date(2026, 3, 9) == order.DTSTART
    assert str(enrolment.client) in order["SUMMARY"]
    page = reverse("admin:programs_enrolment_change", args=[enrolment.pk])
    assert order["URL"] == f"http://testserver{page}"
    assert date(2027, 9, 1) == found["registration"].DTSTART


def test_it_is_the_same_until_something_changes(
    owner: Browser, clock: time_machine.Traveller
) -> None:
    enrolment = dossier()
    address, name = made(owner), f"enrolment-{enrolment.pk}-apply"
    before = Browser().get(address)
    clock.move_to(noon(TUESDAY))
    assert Browser().get(address).content == before.content

    session = enrolment.course.sessions.earliest("day")
    session.day = date(2026, 3, 10)
    session.save()
    after = events(Browser().get(address))[name]

    assert date(2026, 3, 24) == after.DTSTART
    assert after["SEQUENCE"] > events(before)[name]["SEQUENCE"]


def test_a_step_and_a_setting_are_changes_too(
    owner: Browser, clock: time_machine.Traveller
) -> None:
    enrolment = dossier(State.APPLIED, taken={State.APPLIED: MONDAY})
    address, name = made(owner), f"enrolment-{enrolment.pk}-contribute"

    def number() -> int:
        return int(events(Browser().get(address))[name]["SEQUENCE"])

    numbers = [number()]
    clock.shift(60)
    plan = ReminderPlan.objects.get(kind="apply")
    plan.days = "9"
    plan.save()
    numbers.append(number())
    step = enrolment.steps.get()
    step.corrected_at, step.correction = noon(TUESDAY), "-"
    step.save()
    numbers.append(number())

    assert numbers[0] < numbers[1] < numbers[2]


def test_it_asks_the_same_however_many_there_are(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        dossier()
    address = made(owner)

    with django_assert_max_num_queries(16):
        Browser().get(address)


# The file for a client


def test_a_client_gets_its_own_last_days_in_its_language(owner: Browser) -> None:
    enrolment = dossier(client__language="fr")
    enrolment.course.program.title_fr = "Raconter pour vendre"
    enrolment.course.program.save()
    dossier()

    answer = owner.get(
        reverse("admin:programs_enrolment_calendar", args=[enrolment.pk])
    )

    assert answer["Content-Disposition"].endswith(f'-{enrolment.pk}.ics"')
    assert "no-store" in answer["Cache-Control"]
    [event] = events(answer).values()
    assert date(2026, 3, 26) == event.DTSTART
    assert event["SUMMARY"].startswith("KMO-portefeuille")
    assert "Raconter pour vendre" in event["DESCRIPTION"]
    assert "URL" not in event


def test_it_is_for_who_may_see_the_enrolment(owner: Browser) -> None:
    enrolment = dossier()
    address = reverse("admin:programs_enrolment_calendar", args=[enrolment.pk])

    owner.force_login(colleague("clients.view_client"))
    assert owner.get(address).status_code == 403
    owner.force_login(colleague("programs.view_enrolment"))
    assert owner.get(address).status_code == 200
    for other in (999_999, 10**20):
        other_address = reverse("admin:programs_enrolment_calendar", args=[other])
        assert owner.get(other_address).status_code == 404
    owner.logout()
    assert owner.get(address).status_code == 302


def test_without_wallet_its_page_offers_no_file(owner: Browser) -> None:
    with_wallet, without = dossier(), enrolled()

    for enrolment, is_offered in ((with_wallet, True), (without, False)):
        page = owner.get(
            reverse("admin:programs_enrolment_change", args=[enrolment.pk])
        )
        file = reverse("admin:programs_enrolment_calendar", args=[enrolment.pk])
        assert (file in text(page)) is is_offered
