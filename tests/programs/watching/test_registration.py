"""The registration watch on the start page and by mail (REG-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse

from clients.models import Client
from ownyourstory.outbox.models import Dispatch
from programs.models import Enrolment, Registration, RegistrationWarning
from programs.watching.months import WARN_MONTHS, months_before
from programs.watching.registration import enrolments_of, past_the_end, watch
from programs.watching.sending import send_due
from tests.factories import (
    AdviceFactory,
    ClientFactory,
    CourseFactory,
    OwnerFactory,
    RegistrationFactory,
    SessionFactory,
    complete_seller,
    enrolled,
    noon,
)
from tests.test_permissions import colleague

pytestmark = pytest.mark.django_db

END = date(2027, 9, 1)
DAY = timedelta(days=1)
A_YEAR_BEFORE = months_before(END, 12)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    complete_seller()
    with time_machine.travel(noon(A_YEAR_BEFORE), tick=False) as traveller:
        yield traveller


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def renew(valid_from: date = END + DAY, **fields: Any) -> Registration:
    return RegistrationFactory.create(
        **{
            "number": "DV.O222378",
            "valid_from": valid_from,
            "valid_until": date(2032, 9, 1),
            **fields,
        }
    )


def start_page(browser: Browser) -> str:
    """Return the text of the start page, logged in anew: sessions end meanwhile."""
    browser.force_login(OwnerFactory.create())
    browser.cookies["django_language"] = "en"
    return text(browser.get(reverse("admin:index")))


def text(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def sent() -> list[int]:
    return list(
        RegistrationWarning.objects.order_by("pk").values_list("months", flat=True)
    )


# The mail


def test_each_warning_is_mailed_once_on_its_day(clock: time_machine.Traveller) -> None:
    """REG-4: 12, 9, 6, 3 and 1 months before the end."""
    gone = []
    for months in WARN_MONTHS:
        for day in (months_before(END, months) - DAY, months_before(END, months)):
            clock.move_to(noon(day))
            send_due()
            send_due()
            gone.append(sent())

    assert gone == [
        [],
        [12],
        [12],
        [12, 9],
        [12, 9],
        [12, 9, 6],
        [12, 9, 6],
        [12, 9, 6, 3],
        [12, 9, 6, 3],
        [12, 9, 6, 3, 1],
    ]
    assert Dispatch.objects.count() == 5


def test_after_months_down_only_the_most_urgent_is_mailed(
    clock: time_machine.Traveller,
) -> None:
    clock.move_to(noon(months_before(END, 3) + DAY))

    send_due()

    assert sent() == [3]


def test_it_goes_to_ourselves_with_what_lies_past_the_end() -> None:
    inside = enrolled(days=[END])
    past = enrolled(days=[END, END + DAY])

    send_due()

    dispatch = Dispatch.objects.get()
    assert dispatch.recipient == "info@example.com"
    assert "1 september 2027" in dispatch.subject
    said = dispatch.payload["text"]
    assert str(past.client) in said
    assert str(past.course.program) in said
    assert str(inside.client) not in said
    assert dispatch.payload["language"] == "nl"


def test_a_renewal_clears_it_and_has_an_end_of_its_own(
    clock: time_machine.Traveller, owner: Browser
) -> None:
    send_due()
    renew()

    clock.move_to(noon(months_before(END, 9)))
    send_due()

    assert sent() == [12]
    assert "Our registration for training ends" not in start_page(owner)
    clock.move_to(noon(date(2031, 9, 1)))
    send_due()
    assert sent() == [12, 12]


def test_a_registration_for_advice_renews_nothing() -> None:
    renew(number="DV.A222378", pillar="advice")

    send_due()

    assert sent() == [12]


def test_after_the_end_only_the_page_speaks(
    clock: time_machine.Traveller, owner: Browser
) -> None:
    clock.move_to(noon(END + DAY))

    send_due()

    assert sent() == []
    page = start_page(owner)
    assert "Our registration for training ended on 1 September 2027" in page
    assert "No wallet invoice can be issued until it is renewed." in page


def test_it_waits_for_an_address_of_our_own_and_for_a_mail_server() -> None:
    complete_seller(email="")
    send_due()
    assert sent() == []

    complete_seller()
    with override_settings(DEFAULT_FROM_EMAIL=""):
        send_due()
    assert sent() == []

    send_due()
    assert sent() == [12]


def test_nobody_gets_mail_at_night(clock: time_machine.Traveller) -> None:
    clock.shift(-timedelta(hours=5))
    send_due()

    assert sent() == []


def test_run_due_does_it(mailoutbox: list[Any]) -> None:
    call_command("run_due")
    call_command("run_due")

    [mail] = mailoutbox
    assert mail.to == ["info@example.com"]


# What lies past the end


def test_trainings_with_a_day_without_registration_lie_past_it() -> None:
    inside = CourseFactory.create()
    SessionFactory.create(course=inside, day=END)
    past = CourseFactory.create()
    for day in (END, END + DAY):
        SessionFactory.create(course=past, day=day)
    advice = CourseFactory.create(program=AdviceFactory.create())
    SessionFactory.create(course=advice, day=END + DAY)
    CourseFactory.create()

    assert past_the_end(on=A_YEAR_BEFORE) == (past,)
    assert past_the_end(on=END + 2 * DAY) == ()
    renew(END + 2 * DAY)
    assert past_the_end(on=A_YEAR_BEFORE) == (past,), "there is a day between"


def test_a_renewal_from_the_next_day_leaves_nothing_past_it() -> None:
    course = CourseFactory.create()
    SessionFactory.create(course=course, day=END + DAY)
    renew()

    assert past_the_end(on=A_YEAR_BEFORE) == ()


def test_there_is_nothing_to_watch_without_a_registration() -> None:
    Registration.objects.all().delete()

    assert watch(on=A_YEAR_BEFORE) is None


# The start page


def test_the_start_page_says_it_a_year_before(
    owner: Browser, clock: time_machine.Traveller
) -> None:
    enrolment = enrolled(days=[END + DAY])

    page = text(owner.get(reverse("admin:index")))

    assert "Our registration for training ends on 1 September 2027" in page
    assert "365 days left" in page
    assert reverse("admin:programs_course_change", args=[enrolment.course_id]) in page
    assert reverse("admin:programs_enrolment_change", args=[enrolment.pk]) in page
    assert reverse("admin:programs_registration_add") in page
    clock.move_to(noon(A_YEAR_BEFORE - DAY))
    assert "Our registration" not in start_page(owner)


SEES = {
    "nothing": ([], [False, False, False, False]),
    "courses": (["programs.view_course"], [True, True, False, False]),
    "enrolments": (["programs.view_enrolment"], [True, False, False, False]),
    "both": (
        ["programs.view_course", "programs.change_enrolment"],
        [True, True, True, False],
    ),
    "registrations": (
        ["programs.view_registration", "programs.add_registration"],
        [True, False, False, True],
    ),
}


@pytest.mark.parametrize(("may", "shown"), SEES.values(), ids=SEES)
def test_each_sees_what_is_for_them(
    owner: Browser, may: list[str], shown: list[bool]
) -> None:
    enrolment = enrolled(days=[END + DAY])
    owner.force_login(colleague(*may))

    page = text(owner.get(reverse("admin:index")))

    assert [
        "Our registration for training" in page,
        reverse("admin:programs_course_change", args=[enrolment.course_id]) in page
        and "These trainings lie past that day" in page,
        reverse("admin:programs_enrolment_change", args=[enrolment.pk]) in page,
        reverse("admin:programs_registration_add") in page,
    ] == shown


def test_the_banner_asks_the_same_however_many_lie_past_it(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    for _ in range(4):
        enrolled(days=[END + DAY])

    with django_assert_max_num_queries(6):
        assert len(watch(on=A_YEAR_BEFORE).courses) == 4  # type: ignore[union-attr]


def test_it_takes_any_number_of_enrolments() -> None:
    """SQLite refuses to look for a thousand keys one by one."""
    enrolment = enrolled(days=[END + timedelta(days=30)])
    others = ClientFactory.build_batch(1200)
    Client.objects.bulk_create(others)
    Enrolment.objects.bulk_create(
        Enrolment(
            course=enrolment.course,
            client=client,
            agreed_on=enrolment.agreed_on,
            unit_price=enrolment.unit_price,
            price_basis=enrolment.price_basis,
        )
        for client in others
    )

    (course,) = past_the_end(on=END - timedelta(days=30))

    assert len({one.client.legal_name for one in enrolments_of(course)}) == 1201
