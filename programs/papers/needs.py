"""What a paper must say and nobody has filled in yet, as sentences for the owner."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ownyourstory.letterhead import Letterhead
from ownyourstory.templatetags.money import quantity
from programs.models import Course, Enrolment
from programs.road import ENDS, State

from .paper import Paper
from .road import registered_on, terms_of

FOR_THE_WALLET = {Paper.APPLICATION, Paper.STEPS}


class Incomplete(Exception):
    """Something is missing for a paper; ``messages`` tell the owner what to do."""

    def __init__(self, messages: Collection[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = tuple(messages)


def refuse(messages: Iterable[str]) -> None:
    """Raise Incomplete if there are any ``messages``."""
    if found := list(messages):
        raise Incomplete(found)


def of_company(own: Letterhead) -> Iterator[str]:
    """Yield what our own company lacks that stands on every paper (INV-2)."""
    if own.missing:
        yield _("Fill in under Settings, Own company: %s.") % get_text_list(
            list(own.missing), _("and")
        )


def of_course(course: Course, *, has_people: bool) -> Iterator[str]:
    """Yield what a course lacks."""
    if not course.days:
        yield _("The course has no session days yet: add them first.")
    if not has_people:
        yield _("Nobody is enrolled yet: add the participants first.")


def of_enrolment(enrolment: Enrolment, *, paper: Paper, on: date) -> Iterator[str]:
    """Yield what an enrolment lacks for a ``paper`` made ``on`` a day."""
    course, program = enrolment.course, enrolment.course.program
    yield from of_course(course, has_people=bool(enrolment.participants.all()))
    if not enrolment.uses_wallet:
        if paper in FOR_THE_WALLET:
            yield _(
                "This enrolment does not pay with the KMO-portefeuille: "
                "tick that first, then there are steps to follow."
            )
        return
    if paper in FOR_THE_WALLET and State(enrolment.state) in ENDS:
        yield _("This dossier ended without subsidy: there are no steps to follow.")
    if paper is Paper.CONFIRMATION and not program.in_language("description"):
        yield (
            _(
                "The confirmation names the content of the training: "
                "describe the program “%s” first."
            )
            % program
        )
    if program.theme is None:
        yield _("Choose the theme of the program “%s” first.") % program
    if course.first_day and registered_on(course.first_day) is None:
        yield _(
            "There is no registration for training on %s: "
            "add it under Settings, Registrations."
        ) % date_format(course.first_day)
    if terms_of(enrolment, on=on) is None:
        yield _(
            "There are no terms of the scheme on %s: "
            "add them under Settings, Terms of the scheme."
        ) % date_format(enrolment.applied_on or on)


def of_hours(attended: Decimal, *, course: Course) -> Iterator[str]:
    """Yield why ``attended`` cannot stand on a certificate."""
    if course.days and not 0 < attended <= course.hours:
        yield (
            _("The hours attended are more than none and at most the %s of the course.")
            % quantity(course.hours)
        )
