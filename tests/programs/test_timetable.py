"""Each last day of a dossier at its edges, and what was done of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clients.validity import Window
from programs.road import ENDS, ROAD, State
from programs.timetable import (
    OF_THE_CLIENT,
    RULES,
    Deadline,
    DossierDates,
    Kind,
    Limits,
    Standing,
    registered_until,
    timetable,
)

LIMITS = Limits(
    apply_within_days=14,
    contribution_within_days=14,
    finish_within_years=1,
    order_within_days=7,
)
AGREED = DossierDates(
    uses_wallet=True,
    first_day=date(2026, 3, 12),
    ends_on=date(2026, 3, 19),
    service_until=date(2026, 3, 19),
    registered_until=date(2027, 9, 1),
)
APPLIED = replace(AGREED, state=State.APPLIED, applied_on=date(2026, 3, 2))
SUBSIDISED = replace(APPLIED, state=State.SUBSIDISED, subsidised_on=date(2026, 3, 20))


def found(dates: DossierDates, *, limits: Limits | None = LIMITS) -> dict[Kind, date]:
    return {one.kind: one.last_day for one in timetable(dates, limits=limits)}


def done(dates: DossierDates) -> set[Kind]:
    return {one.kind for one in timetable(dates, limits=LIMITS) if one.is_done}


def test_a_dossier_agreed_is_to_be_applied_for_and_invoiced() -> None:
    assert found(AGREED) == {
        Kind.APPLY: date(2026, 3, 26),
        Kind.ISSUE: date(2026, 4, 15),
        Kind.REGISTRATION: date(2027, 9, 1),
    }


def test_each_step_brings_the_last_day_of_the_next() -> None:
    assert found(SUBSIDISED) == {
        Kind.CONTRIBUTE: date(2026, 3, 16),
        Kind.APPLY: date(2026, 3, 26),
        Kind.ORDER: date(2026, 3, 27),
        Kind.ISSUE: date(2026, 4, 15),
        Kind.REGISTRATION: date(2027, 9, 1),
        Kind.FINISH: date(2027, 12, 31),
    }
    last_days = [one.last_day for one in timetable(SUBSIDISED, limits=LIMITS)]
    assert last_days == sorted(last_days)


APPLY_AND_CONTRIBUTE = {
    "over the leap day": (date(2028, 2, 15), date(2028, 2, 29)),
    "from the leap day": (date(2028, 2, 29), date(2028, 3, 14)),
    "no leap day": (date(2027, 2, 15), date(2027, 3, 1)),
    "to New Year's Eve": (date(2026, 12, 17), date(2026, 12, 31)),
    "to New Year's Day": (date(2026, 12, 18), date(2027, 1, 1)),
    "summer time begins": (date(2026, 3, 20), date(2026, 4, 3)),
}


@pytest.mark.parametrize(
    ("day_0", "day_14"), APPLY_AND_CONTRIBUTE.values(), ids=APPLY_AND_CONTRIBUTE
)
def test_day_14_is_in_time_and_day_15_is_not(day_0: date, day_14: date) -> None:
    """DOS-2 and DOS-3: the day of the start, or of the application, is day 0."""
    starts = replace(AGREED, first_day=day_0)
    applies = replace(APPLIED, applied_on=day_0)
    for dates, kind in ((starts, Kind.APPLY), (applies, Kind.CONTRIBUTE)):
        [one] = [x for x in timetable(dates, limits=LIMITS) if x.kind is kind]

        assert one.last_day == day_14
        assert one.standing(day_0) is Standing.COMING
        assert one.days_left(day_0) == 14
        assert one.standing(day_14) is Standing.TODAY
        assert one.standing(day_14 + timedelta(days=1)) is Standing.OVERDUE


@pytest.mark.parametrize(
    ("applied", "last"),
    [
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2027, 1, 1), date(2028, 12, 31)),
        (date(2028, 2, 29), date(2029, 12, 31)),
    ],
)
def test_training_and_payment_end_with_the_year_after_the_application(
    applied: date, last: date
) -> None:
    """DOS-5."""
    assert found(replace(APPLIED, applied_on=applied))[Kind.FINISH] == last


@pytest.mark.parametrize(
    ("ends", "standing"),
    [
        (date(2027, 12, 31), Standing.COMING),
        (date(2028, 1, 1), Standing.OVERDUE),
        (None, Standing.COMING),
    ],
)
def test_a_training_that_ends_too_late_is_told_long_before(
    ends: date | None, standing: Standing
) -> None:
    """DOS-5: 31 December itself is in time."""
    dates = replace(APPLIED, ends_on=ends)
    [finish] = [x for x in timetable(dates, limits=LIMITS) if x.kind is Kind.FINISH]

    assert finish.standing(date(2026, 3, 2)) is standing


def test_terms_that_changed_since_are_those_of_the_caller() -> None:
    """SUB-3: which terms count is decided by the day of the application."""
    changed = replace(
        LIMITS,
        apply_within_days=30,
        contribution_within_days=30,
        finish_within_years=2,
    )

    assert found(APPLIED, limits=changed) == {
        Kind.CONTRIBUTE: date(2026, 4, 1),
        Kind.APPLY: date(2026, 4, 11),
        Kind.ISSUE: date(2026, 4, 15),
        Kind.REGISTRATION: date(2027, 9, 1),
        Kind.FINISH: date(2028, 12, 31),
    }


DONE = {
    State.AGREED: set(),
    State.APPLIED: {Kind.APPLY},
    State.CONTRIBUTED: {Kind.APPLY, Kind.CONTRIBUTE},
    State.SUBSIDISED: {Kind.APPLY, Kind.CONTRIBUTE},
    State.ORDERED: {Kind.APPLY, Kind.CONTRIBUTE, Kind.ORDER},
    State.PAID: {Kind.APPLY, Kind.CONTRIBUTE, Kind.ORDER, Kind.FINISH},
}


@pytest.mark.parametrize("state", ROAD)
def test_what_was_done_follows_from_the_state(state: State) -> None:
    dates = AGREED if state is State.AGREED else replace(SUBSIDISED, state=state)

    assert done(dates) == DONE[state]


@pytest.mark.parametrize("state", ENDS)
def test_a_dossier_that_ended_is_still_to_be_invoiced(state: State) -> None:
    """DOS-6: refusal changes nothing in what was agreed."""
    assert set(found(replace(SUBSIDISED, state=state))) == {Kind.ISSUE}


def test_without_wallet_there_is_only_an_invoice_to_issue() -> None:
    assert set(found(replace(AGREED, uses_wallet=False))) == {Kind.ISSUE}


def test_what_is_not_known_has_no_last_day() -> None:
    assert found(DossierDates(uses_wallet=True)) == {}
    assert set(found(APPLIED, limits=None)) == {Kind.ISSUE, Kind.REGISTRATION}


def test_an_invoice_that_was_issued_is_done_and_needs_no_registration() -> None:
    """INV-5 and REG-6."""
    dates = replace(APPLIED, is_invoiced=True)

    assert Kind.ISSUE in done(dates)
    assert Kind.REGISTRATION not in found(dates)


def test_what_is_done_is_never_late() -> None:
    one = Deadline(Kind.APPLY, date(2026, 3, 26), is_done=True)

    assert one.standing(date(2030, 1, 1)) is Standing.DONE


def test_each_kind_has_a_rule_and_the_client_has_four_of_them() -> None:
    assert set(RULES) == set(Kind)
    assert {RULES[kind] for kind in OF_THE_CLIENT} == {
        "DOS-2",
        "DOS-3",
        "DOS-4",
        "DOS-5",
    }


FIRST = Window(date(2022, 8, 31), date(2027, 9, 1))
NEXT = Window(date(2027, 9, 2), date(2032, 9, 1))
LATER = Window(date(2027, 9, 3), date(2032, 9, 1))
REGISTERED = {
    "one period": ([FIRST], date(2026, 11, 24), date(2027, 9, 1)),
    "renewed without a gap": ([NEXT, FIRST], date(2026, 11, 24), date(2032, 9, 1)),
    "renewed with a gap": ([FIRST, LATER], date(2026, 11, 24), date(2027, 9, 1)),
    "on its last day": ([FIRST], date(2027, 9, 1), date(2027, 9, 1)),
    "in the gap": ([FIRST, LATER], date(2027, 9, 2), date(2027, 9, 1)),
    "after the gap": ([FIRST, LATER], date(2027, 9, 3), date(2032, 9, 1)),
    "after the end": ([FIRST], date(2028, 1, 1), date(2027, 9, 1)),
    "before the first": ([FIRST], date(2022, 8, 30), None),
    "none at all": ([], date(2026, 11, 24), None),
    "open": ([FIRST, Window(date(2027, 9, 2))], date(2026, 11, 24), None),
}


@pytest.mark.parametrize(
    ("windows", "on", "until"), REGISTERED.values(), ids=REGISTERED
)
def test_a_registration_lasts_as_long_as_renewals_follow(
    windows: list[Window], on: date, until: date | None
) -> None:
    """REG-4: a day between two periods is a day without registration."""
    assert registered_until(windows, on=on) == until
