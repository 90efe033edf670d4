"""The dossier on the page of its enrolment: how far it is, and the next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.admin.verdicts import verdict_panel
from clients.wording import ANSWERS
from clients.wording import REASONS as CLIENT_REASONS
from ownyourstory.questions import ask, say, user_of
from programs import lifecycle
from programs.charges import charges_of
from programs.estimating import estimate_of
from programs.forms import CheckForm, StepForm, TakeBackForm
from programs.judging import judge, verdict_kept
from programs.models import DossierStep, Enrolment, Question
from programs.road import ENDS, FROM_PAYMENTS, ROAD, State, next_steps
from programs.wording import REASONS, STATES, STEPS

WORDING = {**CLIENT_REASONS, **REASONS}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of the road as the page shows it; ``step`` once it was taken."""

    label: str
    step: DossierStep | None
    is_current: bool


def on_its_page(enrolment: Enrolment, *, today: date) -> dict[str, Any]:
    """Return what the page of an enrolment shows of its dossier."""
    kept = verdict_kept(enrolment.eligibility)
    shown: dict[str, Any] = {
        "verdict_then": verdict_panel(kept[1], wording=WORDING) if kept else None,
        "verdict_on": kept[0] if kept else None,
    }
    if not enrolment.uses_wallet:
        return shown
    state = State(enrolment.state)
    steps = list(enrolment.steps.select_related("recorded_by", "corrected_by"))
    answered = {check.question: check for check in enrolment.checks.all()}
    # Once invoiced, the invoice tells what is eligible.
    base = enrolment.subsidy_base if enrolment.is_kept else None
    estimate = estimate_of(enrolment, on=enrolment.applied_on or today, base=base)
    charges = charges_of(enrolment, on=today)
    client, course, agreed_on = enrolment.client, enrolment.course, enrolment.agreed_on
    answer_now = judge(client, course, on=agreed_on).answer
    return shown | {
        "answer_now": answer_now,
        "answer_now_label": ANSWERS[answer_now],
        "milestones": _milestones(state, steps),
        "taken_back": [step for step in steps if step.corrected_at],
        "steps_on": _buttons(state, ROAD),
        "endings": _buttons(state, ENDS),
        "waits_for_payment": State.PAID in next_steps(state),
        "can_be_taken_back": state is not State.AGREED and state not in FROM_PAYMENTS,
        "unanswered": len(Question) - len(answered) if enrolment.applied_on else 0,
        "checks": [answered.get(question.value) for question in Question],
        "estimate": estimate,
        "charges": charges,
        "out_of_pocket": estimate.found.own_contribution + charges.direct
        if estimate and charges
        else None,
        "granted_difference": _difference(enrolment),
    }


def _buttons(state: State, among: tuple[State, ...]) -> list[tuple[str, Any]]:
    """Return the value and the text of each step of ``among`` that may be taken."""
    return [
        (step.value, STEPS[step])
        for step in next_steps(state)
        if step in among and step not in FROM_PAYMENTS
    ]


def _milestones(state: State, steps: list[DossierStep]) -> list[Milestone]:
    standing = {step.state: step for step in steps if step.corrected_at is None}
    road = [one for one in ROAD if state not in ENDS or one in standing]
    if state in ENDS:
        road = [State.AGREED, *road, state]
    return [
        Milestone(
            label=str(STATES[one]),
            step=standing.get(one.value),
            is_current=one is state,
        )
        for one in road
    ]


def _difference(enrolment: Enrolment) -> Any:
    """Return what was granted more than estimated (EUR); ``None``: not known yet."""
    granted, estimate = enrolment.granted_subsidy, enrolment.subsidy_estimate
    return None if granted is None or estimate is None else granted - estimate


def step_view(
    model_admin: ModelAdmin[Enrolment],
    request: HttpRequest,
    enrolment_id: int,
    step: str,
) -> HttpResponse:
    """Ask on which day a step was taken, and take it."""
    enrolment = _to_change(model_admin, request, enrolment_id)
    if step not in [*State]:
        raise Http404
    wanted = State(step)
    today = timezone.localdate()
    form = StepForm(request.POST or None, step=wanted, enrolment=enrolment, today=today)
    if form.is_valid():
        try:
            lifecycle.take(
                enrolment.pk,
                wanted,
                form.taken(),
                now=timezone.now(),
                today=today,
                by=user_of(request),
            )
        except lifecycle.StepRefused as refused:
            say(form, str(refused), field=refused.field)
        else:
            said = _("Noted: %s.") % STATES[wanted]
            return _back(model_admin, request, enrolment, said)
    return ask(model_admin, request, form, title=str(STEPS[wanted]), about=enrolment)


def take_back_view(
    model_admin: ModelAdmin[Enrolment], request: HttpRequest, enrolment_id: int
) -> HttpResponse:
    """Ask why the last step is taken back, and take it back."""
    enrolment = _to_change(model_admin, request, enrolment_id)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        try:
            lifecycle.take_back(
                enrolment.pk,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                by=user_of(request),
            )
        except lifecycle.StepRefused as refused:
            say(form, str(refused), field=refused.field)
        else:
            said = _("The last step is taken back.")
            return _back(model_admin, request, enrolment, said)
    title = _("Take back “%s”") % STATES[State(enrolment.state)]
    return ask(model_admin, request, form, title=title, about=enrolment)


def check_view(
    model_admin: ModelAdmin[Enrolment], request: HttpRequest, enrolment_id: int
) -> HttpResponse:
    """Ask the four questions about an application, and keep the answers (DOS-8)."""
    enrolment = _to_change(model_admin, request, enrolment_id)
    given = {check.question: check for check in enrolment.checks.all()}
    form = CheckForm(request.POST or None, given=given)
    if form.is_valid():
        try:
            lifecycle.answer(
                enrolment.pk, form.answers(), now=timezone.now(), by=user_of(request)
            )
        except lifecycle.StepRefused as refused:
            say(form, str(refused), field=refused.field)
        else:
            said = _("Your answers are kept.")
            return _back(model_admin, request, enrolment, said)
    title = _("Check the application")
    return ask(model_admin, request, form, title=title, about=enrolment)


def _to_change(
    model_admin: ModelAdmin[Enrolment], request: HttpRequest, enrolment_id: int
) -> Enrolment:
    """Return the enrolment. Raises PermissionDenied if she may not change it."""
    enrolment = get_object_or_404(
        Enrolment.objects.select_related("client", "course__program"), pk=enrolment_id
    )
    if not model_admin.has_change_permission(request, enrolment):
        raise PermissionDenied
    return enrolment


def _back(
    model_admin: ModelAdmin[Enrolment],
    request: HttpRequest,
    enrolment: Enrolment,
    said: str,
) -> HttpResponse:
    model_admin.message_user(request, said, messages.SUCCESS)
    return redirect("admin:programs_enrolment_change", enrolment.pk)
