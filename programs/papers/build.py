"""From rows to a paper, in its language: the one place where papers are put together.

DOS-10 (the confirmation), DOS-2 … DOS-5 (the days), SUB-2 (the estimate) and INV-2
(our particulars) in docs/rules.md. What the books know is asked of whom the settings
name: programs never learns that invoices exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.module_loading import import_string

from clients import identifiers
from clients.models import Client
from ownyourstory.letterhead import Letterhead
from ownyourstory.money import to_cents
from programs.models import Course, Enrolment, Participant

from . import needs
from .paper import (
    Agreement,
    AttendanceList,
    Certificates,
    Enterprise,
    Paper,
    Person,
    Price,
    PriceLine,
    Session,
    Training,
)
from .road import wallet_road

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def agreement(
    enrolment: Enrolment, *, paper: Paper, language: str, on: date
) -> Agreement:
    """Return what was agreed, for a ``paper`` made ``on`` a day.

    Raises Incomplete if something is missing that the paper must say.
    """
    own = _letterhead(language)
    needs.refuse(
        [*needs.of_company(own), *needs.of_enrolment(enrolment, paper=paper, on=on)]
    )
    participants = tuple(person.name for person in enrolment.participants.all())
    with translation.override(language):
        price = _price(enrolment)
        return Agreement(
            language=language,
            made_on=on,
            letterhead=own,
            enterprise=enterprise_of(enrolment.client),
            agreed_on=enrolment.agreed_on,
            order_reference=enrolment.order_reference,
            training=_training(enrolment.course),
            participants=participants,
            price=price,
            wallet=wallet_road(enrolment, base=price.eligible, on=on)
            if enrolment.uses_wallet
            else None,
        )


def attendance(course: Course, *, language: str) -> AttendanceList:
    """Return the list to sign: everybody of every enrolment, by name.

    Raises Incomplete if the course has no days or nobody comes.
    """
    own = _letterhead(language)
    enrolments = course.enrolments.select_related("client").prefetch_related(
        "participants"
    )
    people = [
        Person(name=person.name, enterprise=_sender(enrolment.client))
        for enrolment in enrolments
        for person in enrolment.participants.all()
    ]
    needs.refuse(
        [*needs.of_company(own), *needs.of_course(course, has_people=bool(people))]
    )
    with translation.override(language):
        return AttendanceList(
            language=language,
            letterhead=own,
            training=_training(course),
            people=tuple(sorted(people, key=lambda person: person.name.casefold())),
        )


def certificates(
    enrolment: Enrolment,
    *,
    language: str,
    participants: Iterable[Participant],
    hours: Decimal | None = None,
) -> Certificates:
    """Return the certificates of ``participants``, who attended ``hours``.

    Without ``hours`` they attended all of the course.

    Raises Incomplete if the course has no days, nobody comes, or there are more
    hours than the course has.
    """
    own, course = _letterhead(language), enrolment.course
    attended = course.hours if hours is None else hours
    people = tuple(
        Person(name=person.name, enterprise=enrolment.client.legal_name, hours=attended)
        for person in participants
    )
    needs.refuse(
        [
            *needs.of_company(own),
            *needs.of_course(course, has_people=bool(people)),
            *needs.of_hours(attended, course=course),
        ]
    )
    with translation.override(language):
        return Certificates(
            language=language,
            letterhead=own,
            training=_training(course),
            people=people,
        )


def _letterhead(language: str) -> Letterhead:
    """Return who we are; what is missing is named in the active language."""
    ask: Callable[[str], Letterhead] = import_string(settings.PAPERS_LETTERHEAD)
    return ask(language)


def _sender(client: Client) -> str:
    """Return the enterprise that sends participants; nobody sends a private person."""
    return "" if client.is_person else client.legal_name


def enterprise_of(client: Client) -> Enterprise:
    """Return a client as papers print it, in the active language."""
    is_abroad = client.country != "BE"
    return Enterprise(
        client_number=client.number,
        legal_name=client.legal_name,
        trade_name=client.trade_name,
        street=client.street,
        postal_code=client.postal_code,
        city=client.city,
        country_name=str(client.country.name) if is_abroad else "",
        enterprise_number=identifiers.format_enterprise_number(
            client.enterprise_number
        ),
        vat_number=identifiers.format_vat_number(client.vat_number),
        is_person=client.is_person,
    )


def _training(course: Course) -> Training:
    program = course.program
    sessions = sorted(
        course.sessions.all(),
        key=lambda row: (row.day, row.starts_at or time.min),
    )
    return Training(
        kind=_capital(program.get_kind_display()),
        title=program.title(),
        content=program.in_language("description"),
        theme=str(program.theme or ""),
        delivery=_capital(program.get_delivery_display()),
        place=course.place,
        sessions=tuple(
            Session(
                day=row.day,
                hours=row.hours,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
            )
            for row in sessions
        ),
    )


def _capital(text: str | StrPromise) -> str:
    return f"{text}"[:1].upper() + f"{text}"[1:]


def _price(enrolment: Enrolment) -> Price:
    """Return the price with what is not eligible apart (DOS-10, SUB-6, PRG-1)."""
    is_training = enrolment.course.program.is_training
    people = len(enrolment.participants.all())
    training = PriceLine(
        description=enrolment.course.program.title(),
        quantity=Decimal(people if enrolment.is_per_person else 1),
        unit_price=enrolment.unit_price,
        discount=enrolment.discount,
        amount=enrolment.training_amount,
        eligible=is_training,
    )
    extras = (
        PriceLine(
            description=extra.description,
            quantity=extra.quantity,
            unit_price=extra.unit_price,
            discount=Decimal(0),
            amount=to_cents(extra.quantity * extra.unit_price),
            eligible=is_training and extra.is_eligible,
        )
        for extra in enrolment.extras.all()
    )
    return Price(lines=(training, *extras))
