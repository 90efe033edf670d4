"""The last days of enrolments: the timetable, worked out from the rows.

DOS-2 to DOS-5, REG-6 and INV-5 in docs/rules.md. What all of them have in common is
read once (``common_ground``); the rest comes with ``EnrolmentQuerySet.with_dates``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .models import Enrolment, Registration, ReminderPlan, SchemeTerms
from .road import State
from .timetable import (
    Deadline,
    DossierDates,
    Kind,
    Limits,
    Standing,
    registered_until,
    timetable,
)
from .wording import DEADLINES

SOON = timedelta(days=30)
"""What comes near: from a month before."""

URGENT = 7
"""Days left from which a last day is shown as urgent."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the last days of all enrolments rest on, as it stands on a day."""

    on: date
    terms: tuple[SchemeTerms, ...]
    registered_until: date | None
    plans: dict[Kind, ReminderPlan]

    def limits(self, applied_on: date | None) -> Limits | None:
        """Return the limits of the application, or of today before it (SUB-3)."""
        day = applied_on or self.on
        terms = next((row for row in self.terms if day in row.window), None)
        if terms is None:
            return None
        return Limits(
            apply_within_days=terms.apply_within_days,
            contribution_within_days=terms.contribution_within_days,
            finish_within_years=terms.finish_within_years,
            order_within_days=self.plans[Kind.ORDER].in_days[0],
        )


@dataclass(frozen=True, slots=True)
class LastDay:
    """A deadline of an enrolment, as a page shows it on a day."""

    enrolment: Enrolment
    deadline: Deadline
    on: date

    @property
    def kind(self) -> Kind:
        return self.deadline.kind

    @property
    def name(self) -> str:
        """What must happen, in the active language."""
        return str(DEADLINES[self.kind])

    @property
    def rule(self) -> str:
        return self.deadline.rule

    @property
    def day(self) -> date:
        return self.deadline.last_day

    @property
    def days_left(self) -> int:
        return self.deadline.days_left(self.on)

    @property
    def days_late(self) -> int:
        return -self.days_left

    @property
    def is_done(self) -> bool:
        return self.standing is Standing.DONE

    @property
    def is_overdue(self) -> bool:
        return self.standing is Standing.OVERDUE

    @property
    def is_urgent(self) -> bool:
        """Tell whether little time is left."""
        return not self.is_done and 0 <= self.days_left <= URGENT

    @property
    def is_near(self) -> bool:
        """Tell whether it comes within a month, or passed by undone."""
        return self.is_overdue or (not self.is_done and self.day <= self.on + SOON)

    @property
    def standing(self) -> Standing:
        return self.deadline.standing(self.on)


def common_ground(on: date) -> Ground:
    """Return what the last days of all enrolments rest on."""
    registrations = Registration.objects.for_training()
    return Ground(
        on=on,
        terms=tuple(SchemeTerms.objects.all()),
        registered_until=registered_until(
            [registration.window for registration in registrations], on=on
        ),
        plans={Kind(plan.kind): plan for plan in ReminderPlan.objects.all()},
    )


def dates_of(enrolment: Any, ground: Ground) -> DossierDates:
    """Return the dates of an enrolment that came ``with_dates``."""
    return DossierDates(
        uses_wallet=enrolment.uses_wallet,
        state=State(enrolment.state),
        first_day=enrolment.course.first_day,
        ends_on=enrolment.course.last_day,
        applied_on=enrolment.applied_on,
        subsidised_on=_taken_on(enrolment, State.SUBSIDISED),
        service_until=enrolment.drafted_until or enrolment.course.last_day,
        registered_until=ground.registered_until,
        is_invoiced=enrolment.invoiced_on is not None,
    )


def deadlines(enrolment: Enrolment, ground: Ground) -> list[Deadline]:
    """Return the deadlines of an enrolment that came ``with_dates``, in order."""
    return timetable(
        dates_of(enrolment, ground), limits=ground.limits(enrolment.applied_on)
    )


def deadlines_of(enrolment: Enrolment, on: date) -> list[LastDay]:
    """Return all last days of one enrolment for its page, those met included."""
    return last_days(Enrolment.objects.filter(pk=enrolment.pk), on=on)


def last_days(enrolments: Any, *, on: date) -> list[LastDay]:
    """Return the last days of ``enrolments``, a queryset, the first day first.

    Asks the same of the database however many there are.
    """
    ground = common_ground(on)
    found = [
        LastDay(enrolment, deadline, on)
        for enrolment in enrolments.with_dates()
        for deadline in deadlines(enrolment, ground)
    ]
    return sorted(found, key=lambda one: (one.day, one.kind, one.enrolment.pk))


def near(days: Iterable[LastDay]) -> list[LastDay]:
    """Return those of ``days`` that come within a month or passed by undone.

    A draft waits on the start page with its own last day to issue: not twice.
    """
    return [
        one
        for one in days
        if one.is_near and not (one.kind is Kind.ISSUE and _is_drafted(one.enrolment))
    ]


def _is_drafted(enrolment: Any) -> bool:
    return enrolment.drafted_until is not None


def _taken_on(enrolment: Enrolment, state: State) -> date | None:
    """Return the day of a step that stands; reads ``steps``, which are few."""
    for step in enrolment.steps.all():
        if step.state == state and step.corrected_at is None:
            return step.happened_on
    return None
