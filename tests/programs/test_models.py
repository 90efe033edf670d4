"""The catalogue, courses and enrolments."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from factory.django import DjangoModelFactory

from programs.models import Course, Enrolment, Extra
from tests.factories import (
    AGREED,
    FIRST_DAY,
    LAST_DAY,
    AdviceFactory,
    ChecklistAnswerFactory,
    ClientFactory,
    CourseFactory,
    EnrolmentFactory,
    ExtraFactory,
    ParticipantFactory,
    ProgramFactory,
    SessionFactory,
    enrolled,
)

pytestmark = pytest.mark.django_db

ROWS: dict[str, type[DjangoModelFactory[Any]]] = {
    "program": ProgramFactory,
    "session": SessionFactory,
    "enrolment": EnrolmentFactory,
    "participant": ParticipantFactory,
    "extra": ExtraFactory,
    "checklistanswer": ChecklistAnswerFactory,
}
REFUSED: list[tuple[str, str, dict[str, object]]] = [
    ("program", "kind_valid", {"kind": "coaching"}),
    ("program", "delivery_valid", {"delivery": "by post"}),
    ("program", "price_basis_valid", {"price_basis": "day"}),
    ("program", "theme_group_valid", {"theme_group": "other"}),
    ("program", "price_and_hours_sound", {"price": -1}),
    ("program", "price_and_hours_sound", {"hours": 0}),
    ("session", "hours_sound", {"hours": 0}),
    ("session", "times_ordered", {"starts_at": time(12), "ends_at": time(9)}),
    ("enrolment", "price_basis_valid", {"price_basis": ""}),
    ("enrolment", "price_sound", {"unit_price": -1}),
    ("enrolment", "price_sound", {"discount": -1}),
    ("enrolment", "application_uses_wallet", {"applied_on": AGREED}),
    ("enrolment", "application_uses_wallet", {"application_number": "2026KMO1"}),
    ("participant", "role_valid", {"role": "visitor"}),
    ("extra", "kind_valid", {"kind": "gift"}),
    ("extra", "amounts_sound", {"quantity": 0}),
    ("extra", "amounts_sound", {"unit_price": -1}),
    ("checklistanswer", "reason_given", {"reason": ""}),
]


@pytest.mark.parametrize(
    ("model", "fact", "changes"),
    REFUSED,
    ids=[f"{model} {fact} {next(iter(changes))}" for model, fact, changes in REFUSED],
)
def test_the_database_refuses(
    model: str, fact: str, changes: dict[str, object]
) -> None:
    row = ROWS[model].create()

    with pytest.raises(IntegrityError, match=f"programs_{model}_{fact}"):
        type(row)._default_manager.filter(pk=row.pk).update(**changes)


@pytest.mark.parametrize("kind", ["exam", "catering", "travel"])
def test_the_wallet_never_pays_these_on_a_line_of_their_own(kind: str) -> None:
    """SUB-6."""
    extra = ExtraFactory.create(kind=kind)

    with pytest.raises(IntegrityError, match="programs_extra_never_eligible_kinds"):
        Extra.objects.filter(pk=extra.pk).update(is_eligible=True)


@pytest.mark.parametrize("kind", ["material", "other"])
def test_the_owner_decides_about_the_others(kind: str) -> None:
    """SUB-6."""
    assert ExtraFactory.create(kind=kind, is_eligible=True).is_eligible


def test_a_course_has_the_days_and_hours_of_its_sessions() -> None:
    course = CourseFactory.create()
    assert (course.first_day, course.last_day, course.hours) == (None, None, Decimal(0))

    SessionFactory.create(course=course, day=LAST_DAY, hours=Decimal("3.5"))
    SessionFactory.create(course=course, day=FIRST_DAY, hours=Decimal(6))

    assert course.days == [FIRST_DAY, LAST_DAY]
    assert (course.first_day, course.last_day) == (FIRST_DAY, LAST_DAY)
    assert course.hours == Decimal("9.5")


def test_people_and_hours_are_counted_apart() -> None:
    enrolment = enrolled(participants=["Anna", "Bert", "Carla"])

    courses = Course.objects.with_days().with_people()
    course: Any = courses.get(pk=enrolment.course_id)

    assert (course.people_count, course.total_hours) == (3, 12)
    assert (course.starts_on, course.ends_on) == (FIRST_DAY, LAST_DAY)


TITLES = {"nl": "Verhalen", "fr": "Récits", "en": "Verhalen"}


@pytest.mark.parametrize(("language", "title"), TITLES.items())
def test_a_title_that_was_not_translated_is_dutch(language: str, title: str) -> None:
    program = ProgramFactory.build(theme=None, title_nl="Verhalen", title_fr="Récits")

    assert program.title(language) == title


def test_an_enrolment_takes_over_the_price_of_the_program() -> None:
    enrolment = _typed(unit_price=None, price_basis="")

    assert (enrolment.unit_price, enrolment.price_basis) == (Decimal(600), "person")


def test_an_agreed_price_stays() -> None:
    enrolment = _typed(unit_price=Decimal(550), price_basis="group")

    assert (enrolment.unit_price, enrolment.price_basis) == (Decimal(550), "group")


def test_a_price_of_nothing_is_a_price() -> None:
    assert _typed(unit_price=Decimal(0)).unit_price == 0


def test_a_later_price_of_the_program_does_not_reach_what_was_agreed() -> None:
    enrolment = _typed(unit_price=None)
    enrolment.save()
    type(enrolment.course.program).objects.update(price=999)

    enrolment.full_clean()

    assert enrolment.unit_price == 600


def test_an_application_number_is_trimmed_and_in_capitals() -> None:
    """DOS-7."""
    enrolment = _typed(uses_wallet=True, application_number=" 2026kmo123456 ")

    assert enrolment.application_number == "2026KMO123456"


def test_an_application_number_of_another_shape_is_no_error() -> None:
    """DOS-7."""
    assert _typed(uses_wallet=True, application_number="x-1").application_number


def test_an_application_number_belongs_to_one_enrolment() -> None:
    """DOS-7."""
    EnrolmentFactory.create(uses_wallet=True, application_number="2026KMO123456")

    with pytest.raises(ValidationError):
        _typed(uses_wallet=True, application_number="2026kmo123456")
    with pytest.raises(IntegrityError, match="application_number"):
        EnrolmentFactory.create(uses_wallet=True, application_number="2026KMO123456")


def test_a_course_for_one_client_takes_no_other() -> None:
    course = CourseFactory.create(in_company_client=ClientFactory.create())

    with pytest.raises(ValidationError) as refused:
        _typed(course=course)
    assert list(refused.value.message_dict) == ["course"]

    assert _typed(course=course, client=course.in_company_client)


def test_advice_is_not_paid_with_the_wallet() -> None:
    """PRG-1."""
    course = CourseFactory.create(program=AdviceFactory.create())

    with pytest.raises(ValidationError) as refused:
        _typed(course=course, uses_wallet=True)
    assert list(refused.value.message_dict) == ["uses_wallet"]

    assert not _typed(course=course, uses_wallet=False).uses_wallet


AMOUNTS: dict[str, tuple[dict[str, Any], str]] = {
    "per person": ({"price_basis": "person"}, "1800"),
    "per person, less a discount once": (
        {"price_basis": "person", "discount": Decimal("100.50")},
        "1699.50",
    ),
    "per group": ({"price_basis": "group"}, "600"),
}


@pytest.mark.parametrize(("fields", "amount"), AMOUNTS.values(), ids=AMOUNTS)
def test_what_a_training_costs(fields: dict[str, Any], amount: str) -> None:
    enrolment = enrolled(participants=["Anna", "Bert", "Carla"], **fields)

    assert enrolment.training_amount == Decimal(amount)


@pytest.mark.parametrize(
    "term", ["Anna", "korst", "0824.677", "2026kmo1", "PO-7", "verhalen", "récits"]
)
def test_an_enrolment_is_found_by_what_is_known_of_it(term: str) -> None:
    enrolment = enrolled(
        client=ClientFactory.create(
            legal_name="De Korst BV", enterprise_number="0824677865"
        ),
        course__program__title_nl="Verhalen",
        course__program__title_fr="récits",
        uses_wallet=True,
        application_number="2026KMO123456",
        order_reference="PO-7",
    )
    enrolled(course__program__title_nl="Iets anders", participants=["Bert"])

    assert list(Enrolment.objects.search(term)) == [enrolment]


def _typed(**fields: object) -> Enrolment:
    """Return an enrolment as a form makes it: cleaned, not saved."""
    values = {"client": ClientFactory.create, "course": CourseFactory.create}
    given = {name: make() for name, make in values.items() if name not in fields}
    enrolment = EnrolmentFactory.build(**given, **fields)
    enrolment.full_clean()
    return enrolment
