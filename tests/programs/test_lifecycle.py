"""The steps of a dossier: only those allowed, each kept, each correctable (DOS-1)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from programs import lifecycle
from programs.lifecycle import StepRefused, Taken
from programs.models import DossierStep, Enrolment, Question, SchemeTerms
from programs.road import ROAD, State
from programs.room import room_used
from tests.factories import (
    AGREED,
    MONDAY,
    OwnerFactory,
    SmallClientFactory,
    SubsidyRateFactory,
    enrolled,
    noon,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

D = Decimal
TODAY = date(2026, 6, 1)


def dossier(**fields: Any) -> Enrolment:
    return enrolled(uses_wallet=True, **fields)


def take(
    enrolment: Enrolment, step: State, on: date = MONDAY, **told: Any
) -> Enrolment:
    return lifecycle.take(
        enrolment.pk,
        step,
        Taken(on=on, **told),
        now=noon(TODAY),
        today=TODAY,
        by=None,
    )


def back(enrolment: Enrolment, reason: str = "Wrong dossier") -> Enrolment:
    return lifecycle.take_back(enrolment.pk, reason=reason, now=noon(TODAY), by=None)


def at(state: State, **fields: Any) -> Enrolment:
    """Return a dossier that went down the road to ``state``."""
    enrolment = dossier(**fields)
    for step in ROAD[1 : ROAD.index(state) + 1]:
        enrolment = take(enrolment, step)
    return enrolment


def reserve(enrolment: Enrolment, *, on: date = MONDAY) -> Decimal | None:
    lifecycle.reserve(enrolment.pk, on=on)
    enrolment.refresh_from_db()
    return enrolment.subsidy_estimate


def test_a_step_is_kept_with_its_day_and_who_took_it() -> None:
    enrolment, owner = dossier(), OwnerFactory.create()

    lifecycle.take(
        enrolment.pk,
        State.APPLIED,
        Taken(on=MONDAY, application_number=" 2026kmo123456 "),
        now=noon(TODAY),
        today=TODAY,
        by=owner,
    )

    enrolment.refresh_from_db()
    assert enrolment.state == State.APPLIED
    assert (enrolment.applied_on, enrolment.application_number) == (
        MONDAY,
        "2026KMO123456",
    )
    step = DossierStep.objects.get()
    assert (step.state, step.happened_on) == (State.APPLIED, MONDAY)
    assert (step.recorded_at, step.recorded_by) == (noon(TODAY), owner)


def test_the_whole_road_is_walked_a_step_at_a_time() -> None:
    enrolment = at(State.ORDERED)

    assert lifecycle.paid(enrolment.pk, on=MONDAY, now=noon(TODAY), by=None)

    enrolment.refresh_from_db()
    assert enrolment.state == State.PAID
    assert [step.state for step in enrolment.steps.all()] == [*ROAD[1:]]


def test_nobody_says_that_it_was_paid() -> None:
    enrolment = at(State.ORDERED)

    with pytest.raises(StepRefused, match="follows from the payments"):
        take(enrolment, State.PAID)

    assert Enrolment.objects.get().state == State.ORDERED


def test_money_proves_the_steps_before_it() -> None:
    enrolment = at(State.APPLIED)

    assert lifecycle.paid(enrolment.pk, on=TODAY, now=noon(TODAY), by=None)

    enrolment.refresh_from_db()
    assert enrolment.state == State.PAID
    assert [step.state for step in enrolment.steps.all()] == [*ROAD[1:]]
    assert {step.happened_on for step in enrolment.steps.all()[1:]} == {TODAY}


@pytest.mark.parametrize("state", [State.AGREED, State.STOPPED])
def test_money_changes_no_dossier_that_was_not_applied_for(state: State) -> None:
    enrolment = dossier()
    if state is State.STOPPED:
        take(enrolment, state, reason="No time")

    assert not lifecycle.paid(enrolment.pk, on=MONDAY, now=noon(TODAY), by=None)

    enrolment.refresh_from_db()
    assert enrolment.state == state


REFUSED: dict[str, tuple[State, dict[str, Any], str, str]] = {
    "a step too far": (State.SUBSIDISED, {}, "cannot follow", ""),
    "to come": (State.APPLIED, {"on": TODAY + timedelta(1)}, "still to come", "on"),
    "an end without a reason": (
        State.STOPPED,
        {"reason": " "},
        "the reason is kept",
        "reason",
    ),
    "a number that another has": (
        State.APPLIED,
        {"application_number": "2026kmo999999"},
        "already",
        "application_number",
    ),
    "an amount below zero": (
        State.APPLIED,
        {"granted": D("-0.01")},
        "below zero",
        "granted",
    ),
}


@pytest.mark.parametrize(
    ("step", "told", "said", "field"), REFUSED.values(), ids=REFUSED
)
def test_a_step_that_does_not_fit_is_refused_beside_its_field(
    step: State, told: dict[str, Any], said: str, field: str
) -> None:
    dossier(application_number="2026KMO999999")
    enrolment = dossier()

    with pytest.raises(StepRefused, match=said) as refused:
        take(enrolment, step, **told)

    assert refused.value.field == field
    enrolment.refresh_from_db()
    assert enrolment.state == State.AGREED
    assert not enrolment.steps.exists()


def test_a_step_is_not_before_the_last_one() -> None:
    enrolment = take(dossier(), State.APPLIED, on=MONDAY)

    with pytest.raises(StepRefused, match="taken later"):
        take(enrolment, State.CONTRIBUTED, on=MONDAY - timedelta(1))


def test_without_wallet_there_is_no_road() -> None:
    with pytest.raises(StepRefused, match="not paid with the KMO"):
        take(enrolled(), State.APPLIED)


def test_a_step_taken_back_stays_readable_and_can_be_taken_again() -> None:
    enrolment = take(dossier(), State.APPLIED)

    enrolment = back(enrolment)

    assert (enrolment.state, enrolment.applied_on) == (State.AGREED, None)
    [step] = enrolment.steps.all()
    assert (step.correction, step.corrected_at) == ("Wrong dossier", noon(TODAY))
    take(enrolment, State.APPLIED, on=MONDAY - timedelta(3))
    assert enrolment.steps.count() == 2


def test_taking_back_the_subsidy_forgets_what_was_granted() -> None:
    enrolment = take(at(State.CONTRIBUTED), State.SUBSIDISED, granted=D("150.00"))
    assert enrolment.granted_subsidy == 150

    enrolment = back(enrolment)

    assert (enrolment.state, enrolment.granted_subsidy) == (State.CONTRIBUTED, None)


def test_taking_back_needs_a_step_and_a_reason() -> None:
    enrolment = dossier()

    with pytest.raises(StepRefused, match="no step"):
        back(enrolment)
    take(enrolment, State.APPLIED)
    with pytest.raises(StepRefused, match="the reason is kept"):
        back(enrolment, reason="  ")


def test_what_was_paid_is_taken_back_by_correcting_the_payment_only() -> None:
    enrolment = at(State.ORDERED)
    lifecycle.paid(enrolment.pk, on=MONDAY, now=noon(TODAY), by=None)

    with pytest.raises(StepRefused, match="correct those"):
        back(enrolment)
    lifecycle.unpaid(enrolment.pk, reason="Other client", now=noon(TODAY), by=None)

    enrolment.refresh_from_db()
    assert enrolment.state == State.ORDERED


# DOS-8


def answer(enrolment: Enrolment, question: Question, is_right: bool, why: str) -> None:
    lifecycle.answer(
        enrolment.pk, {question: (is_right, why)}, now=noon(TODAY), by=None
    )


def test_a_no_of_the_check_needs_a_reason_and_stops_the_road() -> None:
    enrolment = take(dossier(), State.APPLIED)
    with pytest.raises(StepRefused, match="why not"):
        answer(enrolment, Question.ENTERPRISE, False, "")

    answer(enrolment, Question.ENTERPRISE, False, "The number is of a sister company")

    with pytest.raises(StepRefused, match="check of the application says no"):
        take(enrolment, State.CONTRIBUTED)
    refused = take(enrolment, State.REFUSED_BY_PROVIDER, reason="Sister company")
    assert refused.state == State.REFUSED_BY_PROVIDER
    assert refused.steps.latest("pk").reason == "Sister company"


def test_an_answer_is_changed_and_not_kept_twice() -> None:
    enrolment = take(dossier(), State.APPLIED)
    answer(enrolment, Question.ENTERPRISE, False, "A typing error?")
    answer(enrolment, Question.ENTERPRISE, True, "")

    take(enrolment, State.CONTRIBUTED)

    assert enrolment.checks.get().is_right


def test_nothing_is_checked_before_the_application() -> None:
    with pytest.raises(StepRefused, match="no application"):
        answer(dossier(), Question.SERVICE, True, "")


# The database


def test_the_database_refuses_a_road_without_wallet_and_a_step_twice() -> None:
    enrolment = take(dossier(), State.APPLIED)
    copy = enrolment.steps.get()
    copy.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()
    stopped = take(dossier(), State.STOPPED, reason="No time")
    with (
        pytest.raises(IntegrityError, match="road_uses_wallet"),
        transaction.atomic(),
    ):
        Enrolment.objects.filter(pk=stopped.pk).update(uses_wallet=False)
    with (
        pytest.raises(IntegrityError, match="applied_has_date"),
        transaction.atomic(),
    ):
        Enrolment.objects.filter(pk=enrolment.pk).update(applied_on=None)


def test_the_database_refuses_an_end_without_a_reason() -> None:
    take(dossier(), State.STOPPED, reason="They moved")

    with pytest.raises(IntegrityError, match="reason_given"), transaction.atomic():
        DossierStep.objects.update(reason="")


# SUB-2, SUB-3, SUB-7


def small(**fields: Any) -> Enrolment:
    """A dossier of a small enterprise: 30 % of its price."""
    return dossier(participants=["Anna Voorbeeld"], **fields)


def test_a_dossier_takes_its_estimate_of_the_cap() -> None:
    enrolment = small(unit_price=D(1000))

    assert reserve(enrolment) == 300

    assert (enrolment.subsidy_base, enrolment.subsidy_rate) == (D(1000), D(30))
    assert enrolment.subsidy_year == 2026
    assert room_used(enrolment.client, year=2026) == 300
    assert room_used(enrolment.client, year=2026, besides=enrolment) == 0


CAP = {
    "reached exactly": ("25000", "7500.00", "0.00"),
    "a cent below": ("24999.97", "7499.99", "0.01"),
    "passed by a cent": ("25000.03", "7500.00", "0.00"),
}


@pytest.mark.parametrize(("price", "first", "second"), CAP.values(), ids=CAP)
def test_the_next_dossier_gets_what_is_left(
    price: str, first: str, second: str
) -> None:
    client = SmallClientFactory.create()

    assert reserve(small(client=client, unit_price=D(price))) == D(first)
    assert reserve(small(client=client, unit_price=D(1000))) == D(second)


def test_each_year_has_its_own_cap() -> None:
    client = SmallClientFactory.create()
    reserve(small(client=client, unit_price=D(25000)), on=date(2026, 12, 31))

    assert reserve(small(client=client), on=date(2026, 12, 31)) == 0
    assert reserve(small(client=client), on=date(2027, 1, 1)) == 180


def test_the_application_decides_the_year_and_the_rate_again() -> None:
    """SUB-3: what was expected for December can be applied for in January."""
    enrolment = small(unit_price=D(1000))
    reserve(enrolment, on=date(2025, 12, 30))
    assert enrolment.subsidy_year == 2025

    enrolment = take(enrolment, State.APPLIED, on=date(2026, 1, 2))

    assert enrolment.subsidy_year == 2026


def test_what_was_granted_counts_instead_of_the_estimate() -> None:
    enrolment = small(unit_price=D(1000))
    reserve(enrolment)
    for step in ROAD[1:4]:
        take(enrolment, step, granted=D(250) if step is State.SUBSIDISED else None)

    assert room_used(enrolment.client, year=2026) == 250


STOPPED = {
    "in the same year": (date(2026, 5, 31), "0"),
    "in the next": (date(2027, 1, 1), "300"),
}


@pytest.mark.parametrize(("on", "used"), STOPPED.values(), ids=STOPPED)
def test_a_stopped_application_gives_its_room_back_in_its_year(
    on: date, used: str
) -> None:
    enrolment = small(unit_price=D(1000))
    reserve(enrolment)
    take(enrolment, State.APPLIED)

    lifecycle.take(
        enrolment.pk,
        State.STOPPED,
        Taken(on=on, reason="No time"),
        now=noon(on),
        today=on,
        by=None,
    )

    assert room_used(enrolment.client, year=2026) == D(used)


def test_a_small_client_that_grew_gets_the_rate_of_its_application() -> None:
    """SUB-1, SUB-3: 30 % when agreed, 20 % when applied for."""
    enrolment = small(unit_price=D(1000))
    assert reserve(enrolment) == 300
    client = enrolment.client
    client.fte = D(80)
    client.save()

    enrolment = take(enrolment, State.APPLIED)

    assert (enrolment.subsidy_rate, enrolment.subsidy_estimate) == (D(20), D(200))


def test_a_theme_with_a_rate_of_its_own_gets_it() -> None:
    """SUB-4: 45 % for cybersecurity."""
    enrolment = small(unit_price=D(1000), course__program__theme_group="cybersecurity")

    assert reserve(enrolment) == 450


def test_terms_that_changed_before_the_application_count() -> None:
    """SUB-3: the rate is that of the application date."""
    enrolment = small(unit_price=D(1000), agreed_on=AGREED)
    reserve(enrolment)
    SchemeTerms.objects.update(valid_until=date(2026, 4, 30))
    SubsidyRateFactory.create(
        terms__valid_from=date(2026, 5, 1), terms__valid_until=None, percent=D(25)
    )

    enrolment = take(enrolment, State.APPLIED, on=date(2026, 5, 2))

    assert enrolment.subsidy_rate == 25


def test_a_dossier_without_wallet_takes_nothing() -> None:
    enrolment = enrolled()

    assert reserve(enrolment) is None
    assert room_used(enrolment.client, year=2026) == 0
