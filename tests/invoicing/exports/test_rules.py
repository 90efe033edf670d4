"""Periods, days of payment, ages and control totals: pure, no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoicing.exports.ageing import AGES, aged, days_late
from invoicing.exports.control import Sums, Tally, differences
from invoicing.exports.journal import COLUMNS, CREDIT_NOTE, INVOICE
from invoicing.exports.paid import Movement, paid_on
from invoicing.exports.period import (
    Period,
    Preset,
    financial_month,
    months,
    period_of,
)
from invoicing.exports.vat_return import Grids, together

D = Decimal
FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 4, 1)

PRESETS = {
    "last quarter": (Preset.LAST_QUARTER, date(2026, 7, 1), date(2026, 9, 30)),
    "this quarter": (Preset.THIS_QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
    "last month": (Preset.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
    "this year": (Preset.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
    "last year": (Preset.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
}


@pytest.mark.parametrize(("preset", "first", "until"), PRESETS.values(), ids=PRESETS)
def test_a_period_by_its_name(preset: Preset, first: date, until: date) -> None:
    assert period_of(preset, today=date(2026, 11, 25)) == Period(first, until)


def test_the_last_quarter_in_january_is_of_the_year_before() -> None:
    found = period_of(Preset.LAST_QUARTER, today=date(2026, 1, 1))

    assert found == Period(date(2025, 10, 1), date(2025, 12, 31))


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        Period(SECOND, FIRST)


def test_a_period_touches_each_of_its_months_once() -> None:
    period = Period(date(2025, 12, 31), date(2026, 2, 1))

    assert list(months(period)) == [(2025, 12), (2026, 1), (2026, 2)]


BOOK_YEARS = {
    "calendar year": (date(2026, 3, 2), 1, (2026, "03")),
    "first month of a broken year": (date(2026, 7, 1), 7, (2026, "01")),
    "last month of a broken year": (date(2026, 6, 30), 7, (2025, "12")),
    "december": (date(2026, 12, 31), 7, (2026, "06")),
}


@pytest.mark.parametrize(
    ("day", "first_month", "expected"), BOOK_YEARS.values(), ids=BOOK_YEARS
)
def test_the_month_of_the_financial_year(
    day: date, first_month: int, expected: tuple[int, str]
) -> None:
    assert financial_month(day, first_month=first_month) == expected


WALLET_AND_DIRECT = {"wallet": D(60), "direct": D(40)}
PAYMENTS = {
    "in one go": ({"direct": D(100)}, [("direct", FIRST, 100)], FIRST),
    "in parts": (
        {"direct": D(100)},
        [("direct", FIRST, 40), ("direct", SECOND, 60)],
        SECOND,
    ),
    "more later": (
        {"direct": D(100)},
        [("direct", FIRST, 100), ("direct", SECOND, 5)],
        FIRST,
    ),
    "cents let go": (
        {"direct": D(100)},
        [("direct", FIRST, D("99.98")), ("direct", SECOND, D("0.02"))],
        SECOND,
    ),
    "one road only": (WALLET_AND_DIRECT, [("direct", FIRST, 100)], None),
    "both roads": (
        WALLET_AND_DIRECT,
        [("direct", FIRST, 40), ("wallet", SECOND, 60)],
        SECOND,
    ),
    "back, and in again": (
        {"direct": D(100)},
        [("direct", FIRST, 100), ("direct", SECOND, -100), ("direct", THIRD, 100)],
        THIRD,
    ),
    "paid back": (
        {"direct": D(100)},
        [("direct", FIRST, 100), ("direct", SECOND, -1)],
        None,
    ),
    "nothing came": ({"direct": D(100)}, [], None),
    "all credited": ({"direct": D(0)}, [], None),
}


@pytest.mark.parametrize(
    ("expected", "movements", "day"), PAYMENTS.values(), ids=PAYMENTS
)
def test_the_day_on_which_it_was_paid_in_full(
    expected: dict[str, Decimal],
    movements: list[tuple[str, date, int]],
    day: date | None,
) -> None:
    came = [Movement(road, on, D(amount)) for road, on, amount in movements]

    assert paid_on(expected, came) == day


LATE = {0: 0, 1: 1, 30: 1, 31: 2, 60: 2, 61: 3, 90: 3, 91: 4, 400: 4}


@pytest.mark.parametrize(("late", "place"), LATE.items())
def test_an_open_amount_stands_under_its_age(late: int, place: int) -> None:
    found = aged(D(5), late=late)

    assert len(found) == AGES
    assert [at for at, amount in enumerate(found) if amount] == [place]


def test_too_much_has_no_age_and_the_due_day_is_in_time() -> None:
    assert aged(D(-5), late=99)[0] == -5
    assert days_late(FIRST, on=FIRST) == 0
    assert days_late(FIRST, on=SECOND) == 7
    assert days_late(SECOND, on=FIRST) == 0


def test_what_was_credited_comes_off_the_base_and_the_vat() -> None:
    """VAT-3: 49, 48 and 64 are positive, and taken off."""
    grids = together(
        [
            Grids({"03": D(100), "54": D(21), "44": D(50)}),
            Grids({"49": D(10), "64": D("2.10"), "48": D(5), "00": D(7)}, D(-3)),
        ]
    )

    assert grids.base == D(139)
    assert grids.due == D("18.90")


AGREED = {
    INVOICE: Sums(2, D(150), D(21), D(171)),
    CREDIT_NOTE: Sums(1, D(-10), D("-2.10"), D("-12.10")),
}
GRIDS = Grids({"03": D(100), "44": D(50), "54": D(21), "49": D(10), "64": D("2.10")})


def test_totals_that_agree_differ_in_nothing() -> None:
    assert not list(differences(AGREED, journals={"csv": AGREED}, grids=GRIDS))


OFF = {
    "a cent of base": Sums(2, D("150.01"), D(21), D(171)),
    "a cent of VAT": Sums(2, D(150), D("20.99"), D(171)),
    "a document": Sums(1, D(150), D(21), D(171)),
}


@pytest.mark.parametrize("found", OFF.values(), ids=OFF)
def test_a_journal_that_is_off_is_named(found: Sums) -> None:
    journal = AGREED | {INVOICE: found}

    (one,) = differences(AGREED, journals={"csv": journal}, grids=GRIDS)

    assert (one.what, one.kind, one.found) == ("csv", INVOICE, found)


def test_grids_that_are_off_are_named() -> None:
    grids = Grids({**GRIDS.sums, "54": D("21.01")})

    (one,) = differences(AGREED, journals={"csv": AGREED}, grids=grids)

    assert one.what == "vat.csv"


def test_a_tally_counts_documents_once_and_passes_rows_on() -> None:
    rows = [_row("F", "1", 10), _row("F", "1", 20), _row("CN", "1", -5)]
    tally = Tally()

    assert list(tally.counted(rows)) == rows
    assert tally.by_kind[INVOICE] == Sums(1, D(30), D(30), D(60))
    assert tally.by_kind[CREDIT_NOTE] == Sums(1, D(-5), D(-5), D(-10))


def _row(kind: str, number: str, amount: int) -> tuple[object, ...]:
    told: dict[str, object] = {
        "documenttype": kind,
        "nummer": number,
        "maatstaf": D(amount),
        "btw_bedrag": D(amount),
        "totaal_incl": D(2 * amount),
    }
    return tuple(told.get(column.name) for column in COLUMNS)
