"""The scheme, the catalogue, courses and enrolments."""

# mypy: allow-untyped-calls
# Half of factory-boy has no types; ``.create()`` is of the half that has.

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from factory.declarations import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from programs.models import (
    Attendance,
    ChecklistAnswer,
    Course,
    DossierPaper,
    Enrolment,
    ExcludedContent,
    Extra,
    Participant,
    Program,
    Registration,
    SchemeTerms,
    Session,
    SubsidyRate,
    Theme,
)

from .clients import SmallClientFactory
from .days import AGREED, FIRST_DAY, noon


class RegistrationFactory(DjangoModelFactory[Registration]):
    """A registration other than the one the migration fills in, same days."""

    class Meta:
        model = Registration

    number = Sequence(lambda n: f"DV.O3{n:05d}")
    valid_from = date(2022, 8, 31)
    valid_until = date(2027, 9, 1)


class SchemeTermsFactory(DjangoModelFactory[SchemeTerms]):
    """Terms before those the migration fills in."""

    class Meta:
        model = SchemeTerms

    valid_from = date(2017, 1, 1)
    valid_until = date(2022, 8, 30)
    cap = Decimal(7500)
    minimum_cost = Decimal(100)
    apply_within_days = 14
    contribution_within_days = 14


class SubsidyRateFactory(DjangoModelFactory[SubsidyRate]):
    class Meta:
        model = SubsidyRate

    terms = SubFactory(SchemeTermsFactory)
    size = "small"
    percent = Decimal(30)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    code = Sequence(lambda n: f"theme-{n}")
    name_nl = LazyAttribute(lambda theme: f"Thema {theme.code}")
    name_fr = LazyAttribute(lambda theme: f"Thème {theme.code}")
    name_en = LazyAttribute(lambda theme: f"Theme {theme.code}")


class ProgramFactory(DjangoModelFactory[Program]):
    """An open training of EUR 600 per person."""

    class Meta:
        model = Program

    title_nl = Sequence(lambda n: f"Verhalen die verkopen {n}")
    theme: Any = SubFactory(ThemeFactory)
    hours = Decimal(12)
    price = Decimal(600)


class AdviceFactory(ProgramFactory):
    """Advice, which the wallet never pays (PRG-1)."""

    kind = "advice"
    theme = None


class ExcludedContentFactory(DjangoModelFactory[ExcludedContent]):
    class Meta:
        model = ExcludedContent

    code = Sequence(lambda n: f"content-{n}")
    question_nl = question_fr = question_en = "?"


class ChecklistAnswerFactory(DjangoModelFactory[ChecklistAnswer]):
    class Meta:
        model = ChecklistAnswer

    program = SubFactory(ProgramFactory)
    content = SubFactory(ExcludedContentFactory)
    applies = False
    reason = "Not in the programme."


class CourseFactory(DjangoModelFactory[Course]):
    """A course without days yet."""

    class Meta:
        model = Course

    program = SubFactory(ProgramFactory)
    place = "Gent"


class SessionFactory(DjangoModelFactory[Session]):
    class Meta:
        model = Session

    course = SubFactory(CourseFactory)
    day = FIRST_DAY
    hours = Decimal(6)


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """An enrolment at the price of the program, without participants."""

    class Meta:
        model = Enrolment

    client = SubFactory(SmallClientFactory)
    course = SubFactory(CourseFactory)
    agreed_on = AGREED
    unit_price = LazyAttribute(lambda enrolment: enrolment.course.program.price)
    price_basis = LazyAttribute(lambda enrolment: enrolment.course.program.price_basis)


class ParticipantFactory(DjangoModelFactory[Participant]):
    class Meta:
        model = Participant

    enrolment = SubFactory(EnrolmentFactory)
    name = Sequence(lambda n: f"Anna Voorbeeld {n}")


class ExtraFactory(DjangoModelFactory[Extra]):
    class Meta:
        model = Extra

    enrolment = SubFactory(EnrolmentFactory)
    description = "Lunch"
    unit_price = Decimal(22)


class AttendanceFactory(DjangoModelFactory[Attendance]):
    """Somebody who was there all of a day, as typed in."""

    class Meta:
        model = Attendance

    participant = SubFactory(ParticipantFactory)
    session = LazyAttribute(
        lambda one: (
            one.participant.enrolment.course.sessions.first()
            or SessionFactory.create(course=one.participant.enrolment.course)
        )
    )
    is_present = True
    hours = Decimal(6)
    recorded_at = noon(FIRST_DAY)


class SignedFactory(AttendanceFactory):
    """Somebody who was there and signed; the archive has no such signature."""

    source = "signed"
    signed_at = noon(FIRST_DAY)
    signature = "f" * 64


class PaperFactory(DjangoModelFactory[DossierPaper]):
    """A signed confirmation; the archive has no such file."""

    class Meta:
        model = DossierPaper

    enrolment = SubFactory(EnrolmentFactory)
    kind = "confirmation"
    name = "bevestiging.pdf"
    extension = "pdf"
    sha256 = "a" * 64
    size = 1000
    filed_at = noon(AGREED)
