"""The pages of programs, courses, enrolments and the scheme."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from programs.models import ChecklistAnswer, Enrolment, ExcludedContent, Program
from tests.factories import (
    AdviceFactory,
    ClientFactory,
    CourseFactory,
    EnrolmentFactory,
    ExtraFactory,
    OwnerFactory,
    ParticipantFactory,
    ProgramFactory,
    SessionFactory,
    enrolled,
    issued_via_wallet,
)
from tests.pages import errors, typed

pytestmark = pytest.mark.django_db

AT = "/admin/programs/"


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def listed(page: Any) -> list[Any]:
    return list(page.context["cl"].result_list)


# Every page opens, and asks little of the database


def test_the_lists_ask_the_same_of_the_database_however_long_they_are(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    for _ in range(6):
        enrolment = enrolled()
        ParticipantFactory.create(enrolment=enrolment)

    for model, most in {"program": 8, "course": 9, "enrolment": 13}.items():
        with django_assert_max_num_queries(most):
            page = owner.get(f"{AT}{model}/")
        assert len(listed(page)) == 6


@pytest.mark.parametrize("model", ["program", "course", "enrolment"])
def test_the_add_pages_open(
    owner: Browser, model: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(7):
        assert owner.get(f"{AT}{model}/add/").status_code == 200


def test_the_change_pages_open(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    enrolment = ExtraFactory.create(enrolment=enrolled()).enrolment
    course = enrolment.course

    for page in [
        f"program/{course.program_id}",
        f"course/{course.pk}",
        f"enrolment/{enrolment.pk}",
    ]:
        with django_assert_max_num_queries(36):
            assert owner.get(f"{AT}{page}/change/").status_code == 200


@pytest.mark.parametrize(
    "model", ["registration", "schemeterms", "theme", "excludedcontent"]
)
def test_the_settings_open(
    owner: Browser, model: str, django_assert_max_num_queries: Any
) -> None:
    for page in ["", "add/", "1/change/"]:
        with django_assert_max_num_queries(9):
            assert owner.get(f"{AT}{model}/{page}").status_code == 200


# Programs and their checklist


def test_every_question_of_the_checklist_stands_on_the_add_page(owner: Browser) -> None:
    page = owner.get(f"{AT}program/add/").content.decode()

    for content in ExcludedContent.objects.all():
        assert content.question_en in page


def test_what_is_not_answered_is_not_saved(owner: Browser) -> None:
    sent = typed(
        owner.get(f"{AT}program/add/"),
        title_nl="Verhalen",
        hours="7.5",
        price="1,250",
        **{"answers-1-applies": "False", "answers-1-reason": "It is about writing."},
    )

    assert owner.post(f"{AT}program/add/", sent).status_code == 302

    program = Program.objects.get()
    assert (program.hours, program.price) == (Decimal("7.5"), Decimal(1250))
    [answer] = program.answers.all()
    assert answer.content == ExcludedContent.objects.all()[1]
    assert not answer.applies


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"answers-1-applies": "False"}, "answers-1-reason"),
        ({"answers-1-reason": "Because."}, "answers-1-applies"),
    ],
    ids=["an answer needs its reason", "a reason needs its answer"],
)
def test_half_an_answer_is_refused_at_the_other_half(
    owner: Browser, given: dict[str, str], missing: str
) -> None:
    filled_in = {"title_nl": "Verhalen", "hours": "7", "price": "10"}
    sent = typed(owner.get(f"{AT}program/add/"), **filled_in, **given)

    page = owner.post(f"{AT}program/add/", sent)

    assert errors(page) == {missing: ["This field is required."]}
    assert typed(page) == sent


def test_the_change_page_asks_what_is_still_open(owner: Browser) -> None:
    program = ProgramFactory.create()
    first, second, *_ = ExcludedContent.objects.all()
    ChecklistAnswer.objects.create(
        program=program, content=second, applies=False, reason="No."
    )
    address = f"{AT}program/{program.pk}/change/"

    sent = typed(
        owner.get(address), **{"answers-1-applies": "True", "answers-1-reason": "Yes."}
    )
    owner.post(address, sent)

    assert {a.content: a.applies for a in program.answers.all()} == {
        first: True,
        second: False,
    }
    assert listed(owner.get(f"{AT}program/"))[0].verdict.answer == "no"


def test_advice_shows_that_the_wallet_never_pays_it(owner: Browser) -> None:
    advice = AdviceFactory.create()

    page = owner.get(f"{AT}program/{advice.pk}/change/").content.decode()

    assert "Advice is never eligible." in page
    assert "the agency decides" in page


def test_programs_go_to_the_archive_and_back(owner: Browser) -> None:
    program = ProgramFactory.create()
    chosen = {"_selected_action": [program.pk]}

    owner.post(f"{AT}program/", chosen | {"action": "archive"})
    assert listed(owner.get(f"{AT}program/")) == []

    owner.post(f"{AT}program/?archive=only", chosen | {"action": "take_back"})
    assert listed(owner.get(f"{AT}program/")) == [program]


# Courses


def test_courses_stand_newest_first_and_those_without_days_on_top(
    owner: Browser,
) -> None:
    for place, day in {"old": 10, "new": 20, "bare": None}.items():
        course = CourseFactory.create(place=place)
        if day is not None:
            SessionFactory.create(course=course, day=date(2026, 5, day))

    courses = listed(owner.get(f"{AT}course/"))

    assert [course.place for course in courses] == ["bare", "new", "old"]


def test_a_course_counts_its_people_and_not_its_hours_twice(owner: Browser) -> None:
    first = EnrolmentFactory.create()
    second = EnrolmentFactory.create(course=first.course)
    SessionFactory.create(course=first.course, day=date(2026, 5, 10), hours=7)
    for enrolment in (first, first, second):
        ParticipantFactory.create(enrolment=enrolment)

    [course] = listed(owner.get(f"{AT}course/"))

    assert (course.people_count, course.total_hours) == (3, 7)


def test_courses_are_filtered_by_the_quarter_of_their_first_day(owner: Browser) -> None:
    course = CourseFactory.create()
    SessionFactory.create(course=course, day=date(2026, 3, 31))
    SessionFactory.create(course=course, day=date(2026, 4, 7))

    found = {
        period: len(listed(owner.get(f"{AT}course/", {"starts_on": period})))
        for period in ["2026", "2026-1", "2026-2", "2025", "nonsense"]
    }

    assert found == {"2026": 1, "2026-1": 1, "2026-2": 0, "2025": 0, "nonsense": 1}


def test_a_session_that_ends_before_it_starts_is_refused_at_its_field(
    owner: Browser,
) -> None:
    course = CourseFactory.create()
    address = f"{AT}course/{course.pk}/change/"
    sent = typed(owner.get(address)) | {
        "sessions-TOTAL_FORMS": "1",
        "sessions-0-day": "2026-05-10",
        "sessions-0-starts_at": "17:00",
        "sessions-0-ends_at": "09:00",
        "sessions-0-hours": "7",
    }

    page = owner.post(address, sent)

    assert errors(page) == {"sessions-0-ends_at": ["It ends before it starts."]}


# Enrolments


@time_machine.travel("2026-03-02 09:00 +0100", tick=False)
def test_an_enrolment_is_agreed_today_at_the_price_of_the_program(
    owner: Browser,
) -> None:
    course, client = CourseFactory.create(), ClientFactory.create()
    page = owner.get(f"{AT}enrolment/add/", {"client": client.pk})
    course_field = {"course": str(course.pk)}

    sent = typed(page, **course_field, **{"participants-0-name": "An"})
    assert owner.post(f"{AT}enrolment/add/", sent).status_code == 302

    enrolment = Enrolment.objects.get()
    assert enrolment.client == client
    assert enrolment.agreed_on == date(2026, 3, 2)
    assert enrolment.unit_price == course.program.price
    assert [person.name for person in enrolment.participants.all()] == ["An"]


def test_advice_with_the_wallet_is_refused_at_its_field(owner: Browser) -> None:
    course = CourseFactory.create(program=AdviceFactory.create())
    sent = typed(
        owner.get(f"{AT}enrolment/add/"),
        client=str(ClientFactory.create().pk),
        course=str(course.pk),
        uses_wallet="on",
    )

    page = owner.post(f"{AT}enrolment/add/", sent)

    assert list(errors(page)) == ["uses_wallet"]
    assert typed(page) == sent


def test_catering_the_wallet_may_pay_is_refused_in_its_row(owner: Browser) -> None:
    enrolment = EnrolmentFactory.create()
    address = f"{AT}enrolment/{enrolment.pk}/change/"
    sent = typed(owner.get(address)) | {
        "extras-TOTAL_FORMS": "1",
        "extras-0-kind": "catering",
        "extras-0-description": "Lunch",
        "extras-0-quantity": "1",
        "extras-0-unit_price": "20",
        "extras-0-is_eligible": "on",
    }

    page = owner.post(address, sent)

    assert list(errors(page)) == ["extras-0-is_eligible"]


def test_the_list_shows_what_was_agreed_for_the_training(owner: Browser) -> None:
    enrolment = EnrolmentFactory.create(unit_price=Decimal(600), discount=Decimal(100))
    ParticipantFactory.create_batch(2, enrolment=enrolment)

    page = owner.get(f"{AT}enrolment/").content.decode()

    assert enrolment.training_amount == Decimal("1100.00")
    assert "€1,100.00" in page


@pytest.mark.parametrize(
    "term", ["BE 0824.677.865", "2026KMO1", "PO-7", "An Cl", "korenbloem"]
)
def test_an_enrolment_is_found_by_any_number_or_name(owner: Browser, term: str) -> None:
    found = EnrolmentFactory.create(
        client=ClientFactory.create(
            legal_name="De Korenbloem", enterprise_number="0824677865"
        ),
        uses_wallet=True,
        application_number="2026KMO123456",
        order_reference="PO-77",
    )
    ParticipantFactory.create(enrolment=found, name="An Claes")
    EnrolmentFactory.create()

    assert listed(owner.get(f"{AT}enrolment/", {"q": term})) == [found]


def test_enrolments_are_filtered(owner: Browser) -> None:
    march = EnrolmentFactory.create(agreed_on=date(2026, 3, 2), uses_wallet=True)
    july = EnrolmentFactory.create(agreed_on=date(2026, 7, 1))

    for chosen, expected in {
        "agreed_on=2026-1": march,
        "uses_wallet__exact=0": july,
        f"course__program__id__exact={july.course.program_id}": july,
    }.items():
        assert listed(owner.get(f"{AT}enrolment/?{chosen}")) == [expected]


def test_the_page_of_an_enrolment_makes_its_draft_invoice(owner: Browser) -> None:
    enrolment = enrolled()
    make = reverse("admin:invoicing_draft_from_enrolment", args=[enrolment.pk])

    page = owner.get(f"{AT}enrolment/{enrolment.pk}/change/").content.decode()
    assert f'<form method="post" action="{make}">' in page

    answer = owner.post(make)
    draft = enrolment.invoices.get()
    assert answer["Location"] == f"/admin/invoicing/invoice/{draft.pk}/change/"

    page = owner.get(f"{AT}enrolment/{enrolment.pk}/change/").content.decode()
    assert "Open the draft" in page
    assert make not in page


def test_the_page_of_an_invoiced_enrolment_leads_to_the_invoice(owner: Browser) -> None:
    invoice = issued_via_wallet()

    assert invoice.enrolment is not None
    page = owner.get(f"{AT}enrolment/{invoice.enrolment.pk}/change/")

    assert f"Open {invoice.number}" in page.content.decode()
    assert page.context["has_delete_permission"] is False


# The scheme


def test_the_zero_in_a_registration_number_is_said_at_its_field(owner: Browser) -> None:
    sent = typed(
        owner.get(f"{AT}registration/add/"),
        number="DV.0222378",
        valid_from="2028-01-01",
        valid_until="2029-01-01",
    )

    assert list(errors(owner.post(f"{AT}registration/add/", sent))) == ["number"]


def test_a_registration_that_ends_before_it_starts_is_refused_at_its_end(
    owner: Browser,
) -> None:
    sent = typed(
        owner.get(f"{AT}registration/add/"),
        number="DV.O333333",
        valid_from="2029-01-01",
        valid_until="2028-01-01",
    )

    page = owner.post(f"{AT}registration/add/", sent)

    assert errors(page) == {"valid_until": ["It ends before it starts."]}
