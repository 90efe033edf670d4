"""The registration watch: how it stands, and what lies past the end (REG-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from clients.validity import Window, days_outside
from programs.models import Course, Enrolment, Registration

from .months import warning


@dataclass(frozen=True, slots=True)
class Watch:
    """A warning that stands on a day: the registration ends, or did.

    ``months`` is which warning it is, 0 where it ended; ``courses`` have a day from
    now on without registration, each with its enrolments in ``enrolments``.
    """

    on: date
    ends_on: date
    months: int
    courses: tuple[Course, ...]

    @property
    def days_left(self) -> int:
        return (self.ends_on - self.on).days

    @property
    def has_ended(self) -> bool:
        return self.months == 0

    @property
    def enrolment_count(self) -> int:
        return sum(len(enrolments_of(course)) for course in self.courses)


def ends_on() -> date | None:
    """Return the last day of the last registration for training, ``None`` for none."""
    last = Registration.objects.for_training().order_by("-valid_until").first()
    return last.valid_until if last else None


def watch(*, on: date) -> Watch | None:
    """Return the warning that stands on a day, ``None`` while the end is far off."""
    end = ends_on()
    months = None if end is None else warning(end, on=on)
    if end is None or months is None:
        return None
    return Watch(on, end, months, courses=past_the_end(on=on))


def past_the_end(*, on: date) -> tuple[Course, ...]:
    """Return the trainings with a day to come on which we are not registered.

    The first day first. Their enrolments and days come along.
    """
    windows = [row.window for row in Registration.objects.for_training()]
    courses = (
        Course.objects.filter(program__kind="training", sessions__day__gte=on)
        .distinct()
        .select_related("program", "in_company_client")
        .prefetch_related("sessions")
    )
    outside = [course for course in courses if _lies_outside(course, windows, on=on)]
    with_clients = Enrolment.objects.select_related("client")
    prefetch_related_objects(outside, Prefetch("enrolments", with_clients))
    return tuple(sorted(outside, key=lambda course: (min(course.days), course.pk)))


def enrolments_of(course: Course) -> list[Enrolment]:
    """Return the enrolments of a course that came from ``past_the_end``."""
    return list(course.enrolments.all())


def _lies_outside(course: Course, windows: list[Window], *, on: date) -> bool:
    return bool(days_outside([day for day in course.days if day >= on], windows))
