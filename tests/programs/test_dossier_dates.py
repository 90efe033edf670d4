"""The last days of enrolments as the rows say them, on every page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from programs.dossier_dates import deadlines_of, last_days, near
from programs.models import Enrolment, ReminderPlan, SchemeTerms
from programs.road import State
from programs.timetable import Kind, Standing
from tests.factories import (
    FIRST_DAY,
    MONDAY,
    TUESDAY,
    OwnerFactory,
    enrolled,
    issue,
    noon,
    wallet_draft,
)
from tests.test_permissions import colleague

from .steps import dossier, subsidised, take

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(noon(MONDAY), tick=False) as traveller:
        yield traveller


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def found(enrolment: Enrolment, *, on: date = MONDAY) -> dict[Kind, date]:
    return {one.kind: one.day for one in deadlines_of(enrolment, on)}


def standing(enrolment: Enrolment, kind: Kind, *, on: date = MONDAY) -> Standing:
    [one] = [one for one in deadlines_of(enrolment, on) if one.kind is kind]
    return one.standing


# What the rows say


def test_a_dossier_on_its_way_has_all_its_last_days() -> None:
    assert found(subsidised(on=MONDAY)) == {
        Kind.APPLY: date(2026, 3, 26),
        Kind.CONTRIBUTE: date(2026, 3, 9),
        Kind.ORDER: date(2026, 3, 9),
        Kind.ISSUE: date(2026, 4, 15),
        Kind.REGISTRATION: date(2027, 9, 1),
        Kind.FINISH: date(2027, 12, 31),
    }


def test_day_14_is_in_time_and_day_15_is_not() -> None:
    """DOS-2."""
    enrolment = dossier()
    day_14 = FIRST_DAY + 14 * DAY

    assert standing(enrolment, Kind.APPLY, on=day_14) is Standing.TODAY
    assert standing(enrolment, Kind.APPLY, on=day_14 + DAY) is Standing.OVERDUE


def test_a_step_taken_back_was_not_taken() -> None:
    """DOS-4: the days count from the subsidy that stands."""
    enrolment = subsidised(on=MONDAY)
    wrong = enrolment.steps.get(state=State.SUBSIDISED)
    wrong.corrected_at, wrong.correction = noon(TUESDAY), "another day"
    wrong.save()
    assert Kind.ORDER not in found(enrolment)

    take(enrolment, State.SUBSIDISED, on=TUESDAY)
    assert found(enrolment)[Kind.ORDER] == date(2026, 3, 10)


def test_the_terms_are_those_of_the_application_and_before_it_of_today() -> None:
    """SUB-3: the terms changed between agreeing and applying."""
    SchemeTerms.objects.update(valid_until=MONDAY)
    SchemeTerms.objects.create(
        valid_from=TUESDAY,
        cap=7500,
        minimum_cost=100,
        apply_within_days=30,
        contribution_within_days=30,
        finish_within_years=2,
    )
    agreed = dossier()
    before = dossier(State.APPLIED, taken={State.APPLIED: MONDAY})
    after = dossier(State.APPLIED, taken={State.APPLIED: TUESDAY})

    assert found(agreed, on=MONDAY)[Kind.APPLY] == date(2026, 3, 26)
    assert found(agreed, on=TUESDAY)[Kind.APPLY] == date(2026, 4, 11)
    assert found(before, on=TUESDAY)[Kind.APPLY] == date(2026, 3, 26)
    assert found(before)[Kind.CONTRIBUTE] == date(2026, 3, 16)
    assert found(after)[Kind.CONTRIBUTE] == date(2026, 4, 2)
    assert found(before)[Kind.FINISH] == date(2027, 12, 31)
    assert found(after)[Kind.FINISH] == date(2028, 12, 31)


def test_without_terms_on_the_day_nothing_is_made_up() -> None:
    SchemeTerms.objects.update(valid_until=date(2025, 12, 31))

    assert set(found(dossier())) == {Kind.ISSUE, Kind.REGISTRATION}


def test_the_owner_says_from_when_an_order_is_forgotten() -> None:
    """DOS-4."""
    plan = ReminderPlan.objects.get(kind=Kind.ORDER)
    plan.days = "30 10"
    plan.full_clean()
    plan.save()

    assert plan.days == "10, 30"
    assert found(subsidised(on=MONDAY))[Kind.ORDER] == date(2026, 3, 12)


def test_the_invoice_is_due_until_it_is_issued() -> None:
    """INV-5: a draft says up to when it invoices."""
    invoice = wallet_draft()
    assert invoice.enrolment is not None
    invoice.service_until = date(2026, 5, 1)
    invoice.save()
    enrolment = invoice.enrolment
    assert found(enrolment)[Kind.ISSUE] == date(2026, 6, 15)
    assert standing(enrolment, Kind.ISSUE) is Standing.COMING

    issue(invoice)

    assert standing(enrolment, Kind.ISSUE) is Standing.DONE
    assert Kind.REGISTRATION not in found(enrolment)


# Which are under way


def test_what_was_paid_and_invoiced_is_under_way_no_more() -> None:
    invoice = issue(wallet_draft())
    enrolment = invoice.enrolment
    assert enrolment is not None
    assert list(Enrolment.objects.under_way()) == [enrolment]

    enrolment.state, enrolment.applied_on = State.PAID, MONDAY
    enrolment.save()

    assert not Enrolment.objects.under_way().exists()


def test_an_enrolment_without_wallet_is_under_way_until_invoiced() -> None:
    enrolment = enrolled()

    assert list(Enrolment.objects.under_way()) == [enrolment]


def test_many_ask_no_more_of_the_database_than_one(
    django_assert_max_num_queries: Any,
) -> None:
    for _ in range(5):
        subsidised()

    with django_assert_max_num_queries(6):
        assert len(last_days(Enrolment.objects.under_way(), on=MONDAY)) == 30


def test_what_comes_near_is_a_month_ahead_or_late() -> None:
    enrolment = dossier()  # apply by 26 March, invoice by 15 April

    def kinds(on: date) -> list[Kind]:
        return [one.kind for one in near(deadlines_of(enrolment, on))]

    assert kinds(date(2026, 2, 23)) == []
    assert kinds(date(2026, 2, 24)) == [Kind.APPLY]
    assert kinds(date(2026, 5, 1)) == [Kind.APPLY, Kind.ISSUE]


def test_a_draft_waits_among_the_drafts_and_not_twice() -> None:
    enrolment = wallet_draft().enrolment
    assert enrolment is not None

    shown = near(deadlines_of(enrolment, date(2026, 4, 10)))

    assert [one.kind for one in shown] == [Kind.APPLY]


# Where they are shown


def test_the_start_page_shows_what_passed_by_and_what_comes(owner: Browser) -> None:
    late = dossier(days=[date(2026, 2, 1), date(2026, 3, 20)])
    today = dossier(days=[date(2026, 2, 16), date(2026, 3, 20)])
    soon = dossier(days=[date(2026, 2, 17), date(2026, 3, 20)])

    page = owner.get(reverse("admin:index"))

    shown = [*page.context["overdue_days"], *page.context["near_days"]]
    assert [one.enrolment for one in shown] == [late, today, soon]
    text = " ".join(page.content.decode().split())
    assert "15 days too late" in text
    assert "today is the last day" in text
    assert "1 day left" in text
    assert reverse("admin:programs_enrolment_change", args=[late.pk]) in text


def test_what_is_late_never_hides_what_can_still_be_met(owner: Browser) -> None:
    for _ in range(10):
        dossier(days=[date(2026, 2, 1), date(2026, 3, 20)])
    soon = dossier(days=[date(2026, 2, 20), date(2026, 3, 20)])

    page = owner.get(reverse("admin:index"))

    assert [one.enrolment for one in page.context["near_days"]] == [soon]
    assert len(page.context["overdue_days"]) == 8
    assert "And 2 more that passed by." in page.content.decode()


def test_the_start_page_asks_the_same_however_many_there_are(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(40) as queries:
            owner.get(reverse("admin:index"))
        return len(queries)

    dossier()
    one = asked()
    for _ in range(5):
        dossier()

    assert asked() == one


def test_the_page_of_an_enrolment_shows_all_and_what_was_done(owner: Browser) -> None:
    enrolment = dossier(State.APPLIED, taken={State.APPLIED: MONDAY})

    page = owner.get(reverse("admin:programs_enrolment_change", args=[enrolment.pk]))

    text = " ".join(page.content.decode().split())
    assert "apply for the subsidy</strong> by 26 March 2026 · done" in text
    assert "own contribution</strong> by 16 March 2026 · 14 days left" in text


def test_the_page_says_when_the_training_ends_too_late(owner: Browser) -> None:
    """DOS-5."""
    enrolment = dossier(
        State.APPLIED,
        taken={State.APPLIED: MONDAY},
        days=[FIRST_DAY, date(2028, 1, 1)],
    )

    page = owner.get(reverse("admin:programs_enrolment_change", args=[enrolment.pk]))

    text = " ".join(page.content.decode().split())
    assert "by 31 December 2027 · the training ends later than that" in text


def test_the_page_of_a_client_shows_what_is_to_be_met(owner: Browser) -> None:
    mine = dossier(State.APPLIED, taken={State.APPLIED: MONDAY})
    dossier()

    page = owner.get(reverse("admin:clients_client_change", args=[mine.client_id]))

    text = " ".join(page.content.decode().split())
    assert "own contribution</strong> by 16 March 2026" in text
    assert "apply for the subsidy</strong>" not in text
    assert str(mine.course.program) in text


def test_who_may_not_see_enrolments_sees_no_last_days(owner: Browser) -> None:
    enrolment = dossier()
    owner.force_login(colleague("clients.view_client"))

    client = reverse("admin:clients_client_change", args=[enrolment.client_id])
    for address in (client, reverse("admin:index")):
        assert "apply for the subsidy" not in owner.get(address).content.decode()
