"""The steps of a dossier. Nothing else writes ``Enrolment.state`` (DOS-1).

What the dossier takes of the year's cap is written here too, while the client is
locked: two dossiers at once never take more than there is (SUB-7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clients.models import Client
from clients.verdict import Verdict
from ownyourstory.money import ZERO

from . import judging
from .application_number import tidy
from .estimating import estimate_of
from .models import ApplicationCheck, DossierStep, Enrolment, Question
from .road import (
    FROM_PAYMENTS,
    NEEDS_REASON,
    OVER,
    ROAD,
    State,
    date_error,
    may_follow,
)
from .wording import STATES


class StepRefused(Exception):
    """The step cannot be taken now; the message is for the owner.

    ``field`` is the name of what it is about, empty for the step itself.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Taken:
    """What is told of a step: on which day, and what else belongs to it.

    ``application_number`` and ``granted`` (EUR) where they became known.
    """

    on: date
    reason: str = ""
    application_number: str = ""
    granted: Decimal | None = None


# Agreeing


def judge(enrolment: Enrolment) -> Verdict:
    """Put the verdict of the day agreed into ``enrolment``; the caller saves it.

    A *no* needs ``override_reason``, which the database asks for, and some are final:
    see ``eligibility.may_be_overridden``.
    """
    verdict = judging.judge(enrolment.client, enrolment.course, on=enrolment.agreed_on)
    enrolment.eligibility = judging.kept(verdict, on=enrolment.agreed_on)
    enrolment.eligibility_answer = verdict.answer
    return verdict


# The road


@transaction.atomic
def take(
    enrolment_id: int,
    step: State,
    taken: Taken,
    *,
    now: datetime,
    today: date,
    by: User | None,
) -> Enrolment:
    """Take ``step`` and return the enrolment; nothing is written if it is refused.

    Raises StepRefused if it may not follow, its day does not fit, its reason is
    missing, or the check of the application says no (DOS-8).
    """
    if step in FROM_PAYMENTS:
        raise StepRefused(_("This follows from the payments: record the money."))
    enrolment = _locked(enrolment_id)
    _check(enrolment, step, taken, today=today)
    _write(enrolment, step, taken, now=now, by=by)
    if step is State.APPLIED:
        base = enrolment.subsidy_base if enrolment.is_kept else None
        _reserve(enrolment, on=taken.on, base=base)
    return _told(enrolment, now=now, by=by)


@transaction.atomic
def paid(enrolment_id: int, *, on: date, now: datetime, by: User | None) -> bool:
    """Note that the wallet paid all of it, and return whether that was noted.

    Called by who records payments. Money proves what had to come before it: steps of
    the road that nobody noted are taken the same day. A dossier that is over, or was
    never applied for, is left as it is.
    """
    enrolment = _locked(enrolment_id)
    state = State(enrolment.state)
    if state in OVER or state is State.AGREED:
        return False
    taken = Taken(on=max([on, *_days(enrolment)]))
    for step in ROAD[ROAD.index(state) + 1 :]:
        _write(enrolment, step, taken, now=now, by=by)
    return True


@transaction.atomic
def take_back(
    enrolment_id: int, *, reason: str, now: datetime, by: User | None
) -> Enrolment:
    """Take back the last step, with the reason, and return the enrolment.

    The step stays readable. Raises StepRefused without a step or a reason, or if
    the step follows from payments.
    """
    enrolment = _locked(enrolment_id)
    last = enrolment.steps.filter(corrected_at=None).last()
    if last is None:
        raise StepRefused(_("There is no step to take back."))
    if State(last.state) in FROM_PAYMENTS:
        raise StepRefused(_("This follows from the payments: correct those."))
    _correct(enrolment, last, reason=reason, now=now, by=by)
    return _told(enrolment, now=now, by=by)


@transaction.atomic
def unpaid(enrolment_id: int, *, reason: str, now: datetime, by: User | None) -> bool:
    """Take back that the wallet paid all, because a payment was corrected.

    Returns whether there was anything to take back.
    """
    enrolment = _locked(enrolment_id)
    last = enrolment.steps.filter(corrected_at=None).last()
    if last is None or State(last.state) is not State.PAID:
        return False
    _correct(enrolment, last, reason=reason, now=now, by=by)
    return True


@transaction.atomic
def answer(
    enrolment_id: int,
    answers: Mapping[Question, tuple[bool, str]],
    *,
    now: datetime,
    by: User | None,
) -> None:
    """Keep what the check of an application found: yes or no, and the reason (DOS-8).

    Raises StepRefused if there is no application yet, or a *no* has no reason.
    """
    enrolment = _locked(enrolment_id)
    if enrolment.applied_on is None:
        raise StepRefused(_("There is no application to check yet."))
    for question, (is_right, reason) in answers.items():
        if not is_right and not reason.strip():
            raise StepRefused(_("Say why not."), field=f"{question}_reason")
        ApplicationCheck.objects.update_or_create(
            enrolment=enrolment,
            question=question,
            defaults={
                "is_right": is_right,
                "reason": reason.strip(),
                "checked_at": now,
                "checked_by": by,
            },
        )


# The cap


@transaction.atomic
def reserve(enrolment_id: int, *, on: date, base: Decimal | None = None) -> None:
    """Work out what a dossier takes of the year's cap, and keep it (SUB-2, SUB-7).

    ``base`` (EUR excl. VAT) is what an invoice makes eligible; else it is what was
    agreed, and once an invoice told, what that told. Nothing is kept for a dossier
    without wallet, or where the rate is not known.
    """
    enrolment = _locked(enrolment_id)
    if base is None and enrolment.is_kept:
        base = enrolment.subsidy_base
    _reserve(enrolment, on=on, base=base)


def _reserve(enrolment: Enrolment, *, on: date, base: Decimal | None) -> None:
    found = estimate_of(enrolment, on=on, base=base) if enrolment.uses_wallet else None
    enrolment.subsidy_year = found.year if found else None
    enrolment.subsidy_base = found.found.base if found else None
    enrolment.subsidy_rate = found.found.rate if found else None
    enrolment.subsidy_estimate = found.found.subsidy if found else None
    enrolment.save(
        update_fields=[
            "subsidy_year",
            "subsidy_base",
            "subsidy_rate",
            "subsidy_estimate",
        ]
    )


# How


def _locked(enrolment_id: int) -> Enrolment:
    """Return the enrolment, with its client locked before it: nobody else reckons."""
    client_id = Enrolment.objects.values_list("client_id", flat=True).get(
        pk=enrolment_id
    )
    Client.objects.select_for_update().get(pk=client_id)
    return (
        Enrolment.objects.select_for_update(of=["self"])
        .select_related("client", "course__program__theme")
        .get(pk=enrolment_id)
    )


def _check(enrolment: Enrolment, step: State, taken: Taken, *, today: date) -> None:
    """Raise StepRefused if ``step`` cannot be taken."""
    state = State(enrolment.state)
    if not enrolment.uses_wallet:
        raise StepRefused(_("It is not paid with the KMO-portefeuille."))
    if not may_follow(state, step):
        raise StepRefused(
            _("“%(step)s” cannot follow “%(state)s”.")
            % {"step": STATES[step], "state": STATES[state]}
        )
    match date_error(taken.on, before=_days(enrolment), today=today):
        case "future":
            raise StepRefused(_("This day is still to come."), field="on")
        case "before_last":
            raise StepRefused(_("The step before it was taken later."), field="on")
    if step in NEEDS_REASON and not taken.reason.strip():
        raise StepRefused(_("Say why: the reason is kept."), field="reason")
    if step in ROAD and enrolment.checks.filter(is_right=False).exists():
        raise StepRefused(
            _(
                "Your check of the application says no. Refuse it, or correct "
                "your answer."
            )
        )
    if step is State.APPLIED:
        number = tidy(taken.application_number)
        others = Enrolment.objects.exclude(pk=enrolment.pk)
        if number and others.filter(application_number=number).exists():
            raise StepRefused(
                _("There is an enrolment with this application number already."),
                field="application_number",
            )
    if taken.granted is not None and taken.granted < ZERO:
        raise StepRefused(_("An amount is not below zero."), field="granted")


def _write(
    enrolment: Enrolment, step: State, taken: Taken, *, now: datetime, by: User | None
) -> None:
    DossierStep.objects.create(
        enrolment=enrolment,
        state=step,
        happened_on=taken.on,
        reason=taken.reason.strip(),
        recorded_at=now,
        recorded_by=by,
    )
    enrolment.state = step
    if step is State.APPLIED:
        enrolment.applied_on = taken.on
        if taken.application_number.strip():
            enrolment.application_number = tidy(taken.application_number)
    if taken.granted is not None:
        enrolment.granted_subsidy = taken.granted
    enrolment.save(
        update_fields=["state", "applied_on", "application_number", "granted_subsidy"]
    )


def _correct(
    enrolment: Enrolment,
    last: DossierStep,
    *,
    reason: str,
    now: datetime,
    by: User | None,
) -> None:
    if not reason.strip():
        raise StepRefused(_("Say why: the reason is kept."), field="reason")
    last.corrected_at, last.corrected_by = now, by
    last.correction = reason.strip()
    last.save(update_fields=["corrected_at", "corrected_by", "correction"])
    before = enrolment.steps.filter(corrected_at=None).last()
    enrolment.state = State(before.state) if before else State.AGREED
    changed = ["state"]
    if State(last.state) is State.APPLIED:
        enrolment.applied_on = None
        changed.append("applied_on")
    if State(last.state) is State.SUBSIDISED:
        enrolment.granted_subsidy = None
        changed.append("granted_subsidy")
    enrolment.save(update_fields=changed)


def _told(enrolment: Enrolment, *, now: datetime, by: User | None) -> Enrolment:
    """Tell whoever keeps the money of a step, and return the dossier after that."""
    import_string(settings.DOSSIER_STEPPED)(enrolment.pk, now=now, by=by)
    enrolment.refresh_from_db(fields=["state"])
    return enrolment


def _days(enrolment: Enrolment) -> list[date]:
    """Return the days of the steps that stand."""
    standing = enrolment.steps.filter(corrected_at=None)
    return list(standing.values_list("happened_on", flat=True))
