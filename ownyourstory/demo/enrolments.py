"""Enrolments of every sort: by wallet or not, with extras, and without anybody yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from clients.models import Client
from programs import lifecycle
from programs.lifecycle import Taken
from programs.models import Course, Enrolment, ExtraKind, Participant
from programs.road import ROAD, State

from .days import workday
from .rows import once


@dataclass(frozen=True, slots=True)
class Agreed:
    """An enrolment; days are working days from today, amounts EUR excl. VAT.

    ``application`` is the number of the application, its year left out; ``steps``
    are the days of the steps taken, in the order of the road; each extra is its kind,
    text, quantity and unit price.
    """

    client: str
    course: str
    agreed_on: int
    people: tuple[str, ...] = ()
    uses_wallet: bool = False
    application: str = ""
    steps: tuple[int, ...] = ()
    discount: int = 0
    order_reference: str = ""
    extras: tuple[tuple[ExtraKind, str, int, int], ...] = ()


ENROLMENTS = {
    "bakery_past": Agreed(
        "bakery",
        "stories_past",
        agreed_on=-45,
        people=("Els Vermeulen*", "Bart Claes", "Imane Haddad"),
        uses_wallet=True,
        application="100001",
        steps=(-41, -38, -33, -29),
        extras=(
            (ExtraKind.CATERING, "Lunch, twee dagen", 6, 22),
            (ExtraKind.EXAM, "Examen met certificaat", 3, 75),
        ),
    ),
    "person_past": Agreed(
        "person", "stories_past", agreed_on=-42, people=("Lotte Peeters",)
    ),
    "brussels_past": Agreed(
        "brussels",
        "stories_past",
        agreed_on=-40,
        people=("Nadia Benali*", "Hugo Lambert"),
    ),
    "robotics_past": Agreed(
        "robotics",
        "leading_past",
        agreed_on=-38,
        people=("Tom Baert", "Ines Maes", "Jonas Wouters", "Sara Nys", "Kofi Mensah"),
        uses_wallet=True,
        application="100002",
        steps=(-31, -25),
        discount=200,
        order_reference="PO-4711",
        extras=(
            (ExtraKind.MATERIAL, "Printed workbook", 5, 24),
            (ExtraKind.TRAVEL, "Travel", 2, 45),
        ),
    ),
    "sole_trader_past": Agreed(
        "sole_trader",
        "cyber_past",
        agreed_on=-14,
        people=("Amélie Laurent*",),
        uses_wallet=True,
    ),
    "dutch_now": Agreed(
        "dutch",
        "abroad_now",
        agreed_on=-12,
        people=("Daan de Boer", "Fleur Visser"),
        order_reference="2231/OYS",
    ),
    "harbour_advice": Agreed(
        "harbour",
        "advice_past",
        agreed_on=-20,
        people=("Karen De Smet",),
        order_reference="45000981",
    ),
    "bakery_soon": Agreed(
        "bakery",
        "stories_soon",
        agreed_on=-4,
        people=("Joris Maes", "Fatima Amrani"),
        uses_wallet=True,
    ),
    "robotics_now": Agreed(
        "robotics",
        "abroad_now",
        agreed_on=-9,
        people=("Ines Maes", "Jonas Wouters"),
        uses_wallet=True,
    ),
    "vzw_late": Agreed(
        "vzw", "stories_late", agreed_on=-55, people=("Wim Jacobs", "Rita Aerts")
    ),
    "sole_trader_soon": Agreed(
        "sole_trader",
        "numbers_soon",
        agreed_on=-2,
        people=("Amélie Laurent*",),
        uses_wallet=True,
    ),
    "robotics_past_registration": Agreed(
        "robotics",
        "leading_past_registration",
        agreed_on=-3,
        people=("Lena Bogaert", "Pieter Nys", "Aya Suzuki"),
        uses_wallet=True,
    ),
    "bakery_cyber": Agreed(
        "bakery",
        "cyber_soon",
        agreed_on=-1,
        people=("Els Vermeulen*", "Joris Maes"),
        uses_wallet=True,
    ),
    "harbour_cyber": Agreed(
        "harbour", "cyber_soon", agreed_on=-5, people=("Ali Demir", "Ruth Coene")
    ),
    "brussels_soon": Agreed("brussels", "stories_soon", agreed_on=0),
}
"""A star after a name marks the entrepreneur; the others are employees (ELI-6)."""


def put_in_enrolments(
    clients: Mapping[str, Client], courses: Mapping[str, Course], *, today: date
) -> dict[str, Enrolment]:
    """Return the enrolments by name of their row, made where they are missing."""
    return {
        name: _enrolment(
            agreed, clients[agreed.client], courses[agreed.course], today=today
        )
        for name, agreed in ENROLMENTS.items()
    }


def _enrolment(
    agreed: Agreed, client: Client, course: Course, *, today: date
) -> Enrolment:
    enrolment, is_new = once(
        Enrolment,
        {"client": client, "course": course},
        agreed_on=workday(today, agreed.agreed_on),
        uses_wallet=agreed.uses_wallet,
        discount=agreed.discount,
        order_reference=agreed.order_reference,
    )
    if is_new:
        people = [
            Participant(
                enrolment=enrolment,
                name=name.rstrip("*"),
                role="entrepreneur" if name.endswith("*") else "employee",
            )
            for name in agreed.people
        ]
        bulk_create_with_history(people, Participant)
        for kind, description, quantity, price in agreed.extras:
            enrolment.extras.create(
                kind=kind, description=description, quantity=quantity, unit_price=price
            )
        _go_on(enrolment, agreed, today=today)
    return enrolment


def _go_on(enrolment: Enrolment, agreed: Agreed, *, today: date) -> None:
    """Judge what was agreed, reserve its room, and take the steps it took."""
    lifecycle.judge(enrolment)
    enrolment.save()
    lifecycle.reserve(enrolment.pk, on=enrolment.agreed_on)
    for step, offset in zip(ROAD[1:], agreed.steps, strict=False):
        day = workday(today, offset)
        number = f"{day.year}KMO{agreed.application}" if agreed.application else ""
        is_first = step is State.APPLIED
        lifecycle.take(
            enrolment.pk,
            step,
            Taken(on=day, application_number=number if is_first else ""),
            now=timezone.now(),
            today=today,
            by=None,
        )
    enrolment.refresh_from_db()
