"""The papers as they are opened from the pages of an enrolment and of a course."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse

from programs.models import Enrolment
from tests.factories import (
    MONDAY,
    CourseFactory,
    EnrolmentFactory,
    OwnerFactory,
    complete_seller,
    enrolled,
    noon,
)

from .reading import pages, text

pytestmark = pytest.mark.django_db

PAPERS = ["confirmation", "application", "steps", "certificates"]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def enrolment() -> Enrolment:
    complete_seller()
    return enrolled(
        uses_wallet=True,
        participants=("Anna Voorbeeld", "Bart Claes"),
        client__language="fr",
        course__program__description_nl="Een verhaal dat klanten onthouden.",
    )


def paper(enrolment: Enrolment, name: str) -> str:
    return reverse("admin:programs_enrolment_print", args=[enrolment.pk, name])


def attendance(enrolment: Enrolment) -> str:
    return reverse("admin:programs_course_print", args=[enrolment.course_id])


FILES = {
    "confirmation": "confirmation-dinscription",
    "application": "votre-demande-champ-par-champ",
    "steps": "comment-ca-marche",
    "certificates": "attestation-de-participation",
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_opens_in_the_language_of_the_client(
    owner: Browser, enrolment: Enrolment, name: str
) -> None:
    answer: Any = owner.get(paper(enrolment, name))

    number = enrolment.client.number.lower()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == (
        f'inline; filename="{FILES[name]}-{number}.pdf"'
    )
    assert "no-store" in answer["Cache-Control"]
    assert "Page 1 sur" in text(answer.content) or name == "certificates"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("nl", "Pagina 1 van 1"),
        ("fr", "Page 1 sur 1"),
        ("en", "Page 1 of 1"),
        ("xx", "Page 1 sur 1"),
        ("../nl", "Page 1 sur 1"),
    ],
)
def test_or_in_the_one_that_is_chosen(
    owner: Browser, enrolment: Enrolment, asked: str, said: str
) -> None:
    answer: Any = owner.get(paper(enrolment, "steps"), {"language": asked})

    assert said in text(answer.content)


def test_the_list_opens_in_dutch_or_in_the_language_of_its_only_client(
    owner: Browser, enrolment: Enrolment
) -> None:
    answer: Any = owner.get(attendance(enrolment))
    assert "Aanwezigheidslijst" in text(answer.content)
    assert "aanwezigheidslijst-2026-03-12.pdf" in answer["Content-Disposition"]

    enrolment.course.in_company_client = enrolment.client
    enrolment.course.save()
    answer = owner.get(attendance(enrolment))
    assert "Liste de présence" in text(answer.content)

    answer = owner.get(attendance(enrolment), {"language": "en"})
    assert "Attendance list" in text(answer.content)


def test_a_certificate_is_for_one_or_for_all(
    owner: Browser, enrolment: Enrolment
) -> None:
    [_anna, bart] = enrolment.participants.order_by("name")

    answer: Any = owner.get(paper(enrolment, "certificates"))
    assert len(pages(answer.content)) == 2

    asked = {"participant": str(bart.pk), "hours": "7,5", "language": "nl"}
    answer = owner.get(paper(enrolment, "certificates"), asked)
    [only] = pages(answer.content)
    assert "Bart Claes" in only
    assert "7,5 uur gevolgd" in only


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "²"])
def test_nobody_else_is_certified(
    owner: Browser, enrolment: Enrolment, key: str
) -> None:
    answer = owner.get(paper(enrolment, "certificates"), {"participant": key})

    assert answer.status_code == 404


def test_nor_somebody_of_another_enrolment(
    owner: Browser, enrolment: Enrolment
) -> None:
    stranger = enrolled().participants.get()

    answer = owner.get(paper(enrolment, "certificates"), {"participant": stranger.pk})

    assert answer.status_code == 404


@pytest.mark.parametrize("hours", ["many", "NaN", "inf", "1e99", "-3", "0", "12,5"])
def test_hours_that_cannot_be_are_refused_on_the_page(
    owner: Browser, enrolment: Enrolment, hours: str
) -> None:
    answer = owner.get(paper(enrolment, "certificates"), {"hours": hours}, follow=True)

    assert answer.redirect_chain[0][0].endswith(f"/enrolment/{enrolment.pk}/change/")
    assert "hours" in messages(answer)[0]


def messages(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("name", PAPERS)
def test_what_is_missing_is_said_on_the_page(owner: Browser, name: str) -> None:
    enrolment = EnrolmentFactory.create(uses_wallet=True)

    answer = owner.get(paper(enrolment, name), follow=True)

    assert answer.status_code == 200
    said = messages(answer)
    assert any(text.startswith("Fill in under Settings, Own company") for text in said)
    assert "The course has no session days yet: add them first." in said
    assert "Nobody is enrolled yet: add the participants first." in said


def test_also_of_a_course(owner: Browser) -> None:
    complete_seller()
    course = CourseFactory.create()

    answer = owner.get(
        reverse("admin:programs_course_print", args=[course.pk]), follow=True
    )

    assert len(messages(answer)) == 2


@pytest.mark.parametrize("name", ["attendance", "invoice", "CONFIRMATION"])
def test_there_are_no_other_papers(
    owner: Browser, enrolment: Enrolment, name: str
) -> None:
    assert owner.get(paper(enrolment, name)).status_code == 404


def test_there_are_none_of_what_is_not_there(owner: Browser) -> None:
    for name in ("admin:programs_enrolment_print", "admin:programs_course_print"):
        args = [10**9, "steps"] if "enrolment" in name else [10**9]
        assert owner.get(reverse(name, args=args)).status_code == 404


MAY = {
    "nothing": ([], False, False),
    "see the course": (["view_course"], False, False),
    "see the enrolment": (["view_enrolment"], True, False),
    "see both": (["view_enrolment", "view_course"], True, True),
    "change both": (["change_enrolment", "change_course"], True, True),
}


@pytest.mark.parametrize(("may", "papers", "lists"), MAY.values(), ids=MAY)
def test_who_may_see_the_page_may_open_its_papers(
    client: Browser, enrolment: Enrolment, may: list[str], papers: bool, lists: bool
) -> None:
    colleague = OwnerFactory.create(is_superuser=False)
    colleague.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(colleague)

    for name in PAPERS:
        status = client.get(paper(enrolment, name)).status_code
        assert status == (200 if papers else 403)
    status = client.get(attendance(enrolment)).status_code
    assert status == (200 if lists else 403)


def test_nobody_opens_them_without_logging_in(
    client: Browser, enrolment: Enrolment
) -> None:
    for address in (paper(enrolment, "steps"), attendance(enrolment)):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "login" in answer["Location"]


def test_the_page_offers_what_there_is(owner: Browser, enrolment: Enrolment) -> None:
    page = owner.get(
        reverse("admin:programs_enrolment_change", args=[enrolment.pk])
    ).content.decode()
    assert all(paper(enrolment, name) in page for name in PAPERS)
    assert '<option value="fr" selected>' in page

    bare = enrolled(course=enrolment.course, days=())
    page = owner.get(
        reverse("admin:programs_enrolment_change", args=[bare.pk])
    ).content.decode()
    assert paper(bare, "confirmation") in page
    assert paper(bare, "steps") not in page

    page = owner.get(
        reverse("admin:programs_course_change", args=[enrolment.course_id])
    ).content.decode()
    assert attendance(enrolment) in page


def test_the_list_is_offered_to_who_may_see_enrolments(
    client: Browser, enrolment: Enrolment
) -> None:
    colleague = OwnerFactory.create(is_superuser=False)
    colleague.user_permissions.set(Permission.objects.filter(codename="view_course"))
    client.force_login(colleague)

    page = client.get(
        reverse("admin:programs_course_change", args=[enrolment.course_id])
    ).content.decode()

    assert attendance(enrolment) not in page


def test_it_takes_few_queries_however_many_come(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    complete_seller()
    many = enrolled(
        uses_wallet=True,
        participants=[f"Anna {number}" for number in range(20)],
        unit_price=Decimal(100),
        course__program__description_nl="Inhoud.",
    )

    for name in PAPERS:
        with django_assert_max_num_queries(22):
            assert owner.get(paper(many, name)).status_code == 200
    with django_assert_max_num_queries(10):
        assert owner.get(attendance(many)).status_code == 200
