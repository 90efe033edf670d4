"""Dossiers part of the way down their road, for tests that do not walk it."""

from __future__ import annotations

from datetime import date
from typing import Any

from programs.models import DossierStep, Enrolment
from programs.road import State
from tests.factories import MONDAY, enrolled, noon


def dossier(
    state: State = State.AGREED,
    *,
    taken: dict[State, date] | None = None,
    **fields: Any,
) -> Enrolment:
    """Return a dossier in ``state``; ``taken`` are its steps with their days."""
    taken = taken or {}
    enrolment = enrolled(
        uses_wallet=True,
        state=state,
        applied_on=taken.get(State.APPLIED),
        **fields,
    )
    for step, day in taken.items():
        take(enrolment, step, on=day)
    return enrolment


def take(enrolment: Enrolment, state: State, *, on: date) -> DossierStep:
    """Write down a step and move the dossier on, as its lifecycle does."""
    if state is State.APPLIED:
        enrolment.applied_on = on
    enrolment.state = state
    enrolment.save()
    return DossierStep.objects.create(
        enrolment=enrolment,
        state=state,
        happened_on=on,
        recorded_at=noon(on),
        reason="-",
    )


def subsidised(*, on: date = MONDAY, **fields: Any) -> Enrolment:
    """Return a dossier to which the subsidy was added on a day."""
    taken = {
        State.APPLIED: date(2026, 2, 23),
        State.CONTRIBUTED: date(2026, 2, 24),
        State.SUBSIDISED: on,
    }
    return dossier(State.SUBSIDISED, taken=taken, **fields)
