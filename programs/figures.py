"""The figures of dossiers and courses on the start page.

One query each, so that they stay quick however many dossiers there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, ExtractYear

from clients.models import Client
from ownyourstory.money import ZERO

from .models import Course, DossierStep, Enrolment, SchemeTerms
from .road import ENDS, State

ALMOST = Decimal(90)
"""From this percentage of the cap on, a client's room is almost used up."""

NONE = Value(ZERO, output_field=DecimalField(max_digits=12, decimal_places=2))


@dataclass(frozen=True, slots=True)
class Brought:
    """The subsidy of a year's dossiers that did not end without it, in EUR (SUB-2).

    ``granted`` is what the agency told. Where it told nothing yet our estimate stands:
    ``asked`` for what was applied for, ``to_ask`` for what is still to be.
    """

    granted: Decimal
    asked: Decimal
    to_ask: Decimal
    granted_count: int
    asked_count: int
    to_ask_count: int

    @property
    def estimated(self) -> Decimal:
        """What is still our estimate."""
        return self.asked + self.to_ask

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.granted + self.estimated

    @property
    def count(self) -> int:
        """How many dossiers there are."""
        return self.granted_count + self.asked_count + self.to_ask_count


def brought(*, year: int) -> Brought:
    """Return the subsidy of the dossiers of which the application lies in ``year``.

    Before there is an application, the year counts whose cap the estimate uses (SUB-3).
    """
    of_year = Q(subsidy_year=year) | Q(
        subsidy_year=None, applied_on__range=(date(year, 1, 1), date(year, 12, 31))
    )
    dossiers = Enrolment.objects.filter(of_year, uses_wallet=True)
    told = Q(granted_subsidy__isnull=False)
    asked = Q(granted_subsidy=None, applied_on__isnull=False)
    to_ask = Q(granted_subsidy=None, applied_on=None)
    found = dossiers.exclude(state__in=ENDS).aggregate(
        granted=Coalesce(Sum("granted_subsidy"), NONE),
        granted_count=Count("pk", filter=told),
        asked=Coalesce(Sum("subsidy_estimate", filter=asked), NONE),
        asked_count=Count("pk", filter=asked),
        to_ask=Coalesce(Sum("subsidy_estimate", filter=to_ask), NONE),
        to_ask_count=Count("pk", filter=to_ask),
    )
    return Brought(**found)


@dataclass(frozen=True, slots=True)
class Room:
    """How much of a year's cap a client used, in EUR (SUB-1, SUB-7)."""

    client_id: int
    name: str
    used: Decimal
    cap: Decimal

    @property
    def left(self) -> Decimal:
        """What is left of it, never below zero."""
        return max(self.cap - self.used, ZERO)

    @property
    def is_full(self) -> bool:
        """True where nothing is left."""
        return self.left == ZERO

    @property
    def is_almost_full(self) -> bool:
        """True where little is left, or nothing."""
        return self.used * 100 >= self.cap * ALMOST


def rooms(*, on: date, most: int) -> list[Room]:
    """Return the clients that used most of the cap of the year of ``on``, most first.

    The sums are those of ``programs.room.room_used``, for all clients at once. Nobody
    without terms that hold on the day: there is no cap then.
    """
    terms = SchemeTerms.objects.valid_on(on).first()
    if terms is None:
        return []
    rows = _used(on.year).filter(used__gt=0).order_by("-used", "pk")[:most]
    return [
        Room(
            client_id=row["pk"],
            name=row["trade_name"] or row["legal_name"],
            used=row["used"],
            cap=terms.cap,
        )
        for row in rows
    ]


def _used(year: int) -> QuerySet[Any, Any]:
    """Return pk, names and ``used`` of each client, in EUR."""
    # One use elsewhere a year and client: this second join multiplies nothing.
    clients = Client.objects.annotate(
        dossier=FilteredRelation(
            "enrolments",
            condition=Q(enrolments__uses_wallet=True, enrolments__subsidy_year=year),
        ),
        elsewhere=FilteredRelation(
            "elsewhere_uses", condition=Q(elsewhere_uses__year=year)
        ),
    )
    subsidy = Coalesce("dossier__granted_subsidy", "dossier__subsidy_estimate")
    own = Sum(subsidy, filter=_takes_room())
    return clients.values("pk", "trade_name", "legal_name").annotate(
        used=Coalesce(own, NONE) + Coalesce(Max("elsewhere__amount"), NONE)
    )


def _takes_room() -> Q:
    """Return ``road.takes_room`` as a condition on ``dossier`` (SUB-3)."""
    gave_back = {State.STOPPED, State.LAPSED}
    ended_later = DossierStep.objects.filter(
        corrected_at=None,
        enrolment=OuterRef("dossier__pk"),
        state=OuterRef("dossier__state"),
    ).exclude(happened_on__year=ExtractYear(OuterRef("dossier__applied_on")))
    return ~Q(dossier__state__in=ENDS) | Q(
        Exists(ended_later),
        dossier__state__in=gave_back,
        dossier__applied_on__isnull=False,
    )


@dataclass(frozen=True, slots=True)
class Filling:
    """How many people and enrolments a course to come has; ``starts_on`` its first day.

    ``places`` is ``None`` where nobody wrote down how many there are.
    """

    course: Course
    starts_on: date
    people: int
    enrolments: int

    @property
    def places(self) -> int | None:
        """How many people may come."""
        return self.course.capacity

    @property
    def is_full(self) -> bool:
        """True where nobody can be added."""
        return self.places is not None and self.people >= self.places

    @property
    def is_too_full(self) -> bool:
        """True where more people come than there are places."""
        return self.places is not None and self.people > self.places


def filling(*, first: date, last: date, most: int) -> list[Filling]:
    """Return how the courses fill up that start in a span of days, soonest first."""
    found: Any = Course.objects.starting(first, last).with_people()
    return [
        Filling(one, one.starts_on, one.people_count, one.enrolled)
        for one in found.select_related("program")[:most]
    ]
