"""Which reminders go out, when and to whom: what the owner sees and the job sends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch

from clients.models import Client
from programs.dossier_dates import Ground, common_ground, dates_of, deadlines
from programs.models import Enrolment, Reminder
from programs.road import State
from programs.timetable import OF_THE_CLIENT, Kind
from programs.wording import DEADLINES

from .days import Turn, after_subsidy, before, coming


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that is to go out, or would if it were not held back.

    ``goes_on`` is the day on which it really leaves; no ``address``: it cannot.
    """

    enrolment: Enrolment
    turn: Turn
    goes_on: date
    address: str
    reminder: Reminder | None

    @property
    def name(self) -> str:
        """What the client is reminded of, in the active language."""
        return str(DEADLINES[self.turn.kind])

    @property
    def is_held(self) -> bool:
        return self.reminder is not None and self.reminder.is_held

    @property
    def may_go(self) -> bool:
        return bool(self.address) and not self.is_held


def going_out(
    enrolments: models.QuerySet[Enrolment] | None = None, *, on: date, until: date
) -> list[Planned]:
    """Return the reminders of a span of days, the first one first.

    Of all dossiers, or of ``enrolments``. Asks the same of the database however many
    there are.
    """
    ground = common_ground(on)
    rows: Any = Enrolment.objects.all() if enrolments is None else enrolments
    dossiers = (
        rows.filter(uses_wallet=True)
        .under_way()
        .with_dates()
        .prefetch_related(
            "client__contacts",
            Prefetch("reminders", Reminder.objects.select_related("held_by")),
        )
    )
    found = [
        planned
        for dossier in dossiers
        for planned in _planned(dossier, ground, until=until)
    ]
    return sorted(found, key=lambda one: (one.goes_on, one.turn, one.enrolment.pk))


def address_of(client: Client) -> str:
    """Return where a client is reminded: its own e-mail, or that of a contact."""
    contacts = [contact.email for contact in client.contacts.all() if contact.email]
    return client.invoice_email or next(iter(contacts), "")


def _planned(enrolment: Enrolment, ground: Ground, *, until: date) -> Iterator[Planned]:
    """Yield the reminders of one dossier that did not go out yet."""
    rows = {
        (row.kind, row.days, row.last_day): row for row in enrolment.reminders.all()
    }
    address = address_of(enrolment.client)
    for turns in _turns(enrolment, ground):
        for turn in coming(turns, on=ground.on, until=until):
            row = rows.get((turn.kind, turn.days, turn.last_day))
            if row is not None and row.dispatch_id is not None:
                continue
            goes_on = max(turn.goes_on, ground.on)
            yield Planned(enrolment, turn, goes_on, address, row)


def _turns(enrolment: Enrolment, ground: Ground) -> Iterator[list[Turn]]:
    """Yield the turns of each thing that the client still has to do."""
    left = {
        one.kind: one.last_day
        for one in deadlines(enrolment, ground)
        if not one.is_done and one.kind in OF_THE_CLIENT
    }
    if enrolment.state == State.ORDERED:
        # Its part is done: what is left is for the wallet.
        left.pop(Kind.FINISH, None)
    for kind, last_day in left.items():
        plan = ground.plans[kind]
        if not plan.is_active:
            continue
        if kind is not Kind.ORDER:
            yield before(kind, last_day, days=plan.in_days)
            continue
        subsidised_on = dates_of(enrolment, ground).subsidised_on
        if subsidised_on is not None and Kind.FINISH in left:
            finish = left[Kind.FINISH]
            yield after_subsidy(subsidised_on, days=plan.in_days, last_day=finish)
