"""A planned run of a program, day by day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client
from ownyourstory.days import plausible_day
from ownyourstory.history import History

from .catalogue import Program
from .dossier import DossierQuerySet, InDossier


class CourseQuerySet(DossierQuerySet["Course"]):
    def with_days(self) -> Self:
        """Add ``starts_on``, ``ends_on`` and ``total_hours`` from the sessions."""
        return self.annotate(
            starts_on=Min("sessions__day"),
            ends_on=Max("sessions__day"),
            total_hours=Sum("sessions__hours"),
        )

    def with_people(self) -> Self:
        """Add ``people_count``: how many take part, over all enrolments."""
        # A query of its own: a second join would multiply the hours of the sessions.
        enrolled = (
            Course.objects.filter(pk=OuterRef("pk"))
            .order_by()
            .annotate(people=Count("enrolments__participants"))
        )
        return self.annotate(people_count=Subquery(enrolled.values("people")))

    def starting(self, first: date, last: date) -> Self:
        """Keep the courses that start from ``first`` to ``last``, soonest first.

        Adds ``starts_on``, and ``enrolled`` as the number of enrolments.
        """
        return (
            self.annotate(
                starts_on=Min("sessions__day"),
                enrolled=Count("enrolments", distinct=True),
            )
            .filter(starts_on__range=(first, last))
            .order_by("starts_on", "pk")
        )


class Course(InDossier):
    """A planned run of a program: its session days, its place, who may come."""

    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        related_name="courses",
        verbose_name=gettext_lazy("program"),
    )
    place = models.CharField(
        gettext_lazy("place"),
        max_length=200,
        help_text=gettext_lazy("Address, or “online”."),
    )
    is_in_belgium = models.BooleanField(gettext_lazy("held in Belgium"), default=True)
    in_company_client = models.ForeignKey(
        Client,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="in_company_courses",
        verbose_name=gettext_lazy("only for client"),
        help_text=gettext_lazy("Leave empty for a course that is open to all."),
    )
    capacity = models.PositiveSmallIntegerField(
        gettext_lazy("places"), null=True, blank=True
    )
    notes = models.TextField(gettext_lazy("notes for yourself"), blank=True)

    objects = CourseQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("course")
        verbose_name_plural = gettext_lazy("courses")

    def __str__(self) -> str:
        first = self.first_day
        when = date_format(first, "j N Y") if first else _("no days yet")
        return f"{self.program} · {when}"

    @property
    def days(self) -> list[date]:
        """The session days in order. Reads ``sessions``: prefetch it for lists."""
        return sorted(session.day for session in self.sessions.all())

    @property
    def first_day(self) -> date | None:
        """The day of the first session, from which DOS-2 counts."""
        return min(self.days, default=None)

    @property
    def last_day(self) -> date | None:
        """The day of the last session."""
        return max(self.days, default=None)

    @property
    def hours(self) -> Decimal:
        """The hours of all sessions together."""
        return sum((session.hours for session in self.sessions.all()), Decimal(0))


class SessionQuerySet(DossierQuerySet["Session"]):
    """The session days."""


class Session(InDossier):
    """One day of a course."""

    course = models.ForeignKey(
        Course,
        on_delete=models.CASCADE,
        related_name="sessions",
        verbose_name=gettext_lazy("course"),
    )
    day = models.DateField(gettext_lazy("day"), validators=[plausible_day])
    starts_at = models.TimeField(gettext_lazy("from"), null=True, blank=True)
    ends_at = models.TimeField(gettext_lazy("to"), null=True, blank=True)
    hours = models.DecimalField(
        gettext_lazy("hours"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25"))],
    )

    objects = SessionQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["day", "starts_at"]
        verbose_name = gettext_lazy("session")
        verbose_name_plural = gettext_lazy("sessions")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_hours_sound", condition=Q(hours__gt=0)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_times_ordered",
                condition=Q(starts_at=None)
                | Q(ends_at=None)
                | Q(ends_at__gt=models.F("starts_at")),
                violation_error_message=gettext_lazy("It ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.day, "j F Y")
