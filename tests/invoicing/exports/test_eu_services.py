"""The list of services to customers elsewhere in the EU (VAT-3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from invoicing.documents.vat import Treatment
from invoicing.exports.declaring import eu_services_of
from invoicing.exports.eu_services import TaxPeriod, tax_period, tax_periods
from invoicing.models import Invoice

from .sold import credited, sold

Q3 = TaxPeriod(2026, quarter=3)
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 15)
DUTCH = "NL123456782B90"


def served(net: str = "1000", *, on: date = AUGUST, to: str = DUTCH) -> Invoice:
    return sold(
        net, on=on, to=to, country="NL", name="Bv", treatment=Treatment.REVERSE_CHARGE
    )


CASES: dict[str, tuple[Callable[[], object], list[tuple[str, str, str]]]] = {
    "one": (served, [(DUTCH, "1000.00", "")]),
    "first day": (lambda: served(on=JULY), [(DUTCH, "1000.00", "")]),
    "last day": (lambda: served(on=date(2026, 9, 30)), [(DUTCH, "1000.00", "")]),
    "the day before": (lambda: served(on=date(2026, 6, 30)), []),
    "the day after": (lambda: served(on=date(2026, 10, 1)), []),
    "together": (lambda: [served("1"), served("2")], [(DUTCH, "3.00", "")]),
    "less what is credited": (
        lambda: credited(served(on=JULY), "400", on=AUGUST),
        [(DUTCH, "600.00", "")],
    ),
    "credited in full": (lambda: credited(served(), "1000", on=AUGUST), []),
    "of an earlier period": (
        lambda: [served("5"), credited(served(on=date(2026, 2, 1)), "40", on=AUGUST)],
        [(DUTCH, "5.00", ""), (DUTCH, "-40.00", "2026-Q1")],
    ),
    "without number": (lambda: served(to=""), [("", "1000.00", "")]),
    "in Belgium": (lambda: sold(on=AUGUST, treatment=Treatment.REVERSE_CHARGE), []),
    "with Belgian VAT": (lambda: sold(on=AUGUST, to=DUTCH, country="NL"), []),
    "outside the EU": (
        lambda: sold(
            on=AUGUST, to="", country="CH", treatment=Treatment.REVERSE_CHARGE
        ),
        [],
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("sales", "rows"), CASES.values(), ids=CASES)
def test_what_is_on_the_list(
    sales: Callable[[], object], rows: list[tuple[str, str, str]]
) -> None:
    """VAT-3: grid 44 less 48, and earlier periods apart."""
    sales()

    services = eu_services_of(Q3)

    assert [
        (row.vat_number, str(row.amount), str(row.corrects or ""))
        for row in services.rows
    ] == rows
    assert [row.vat_number for row in services.lacking] == [
        number for number, *_rest in rows if not number
    ]


@pytest.mark.django_db
def test_a_month_names_the_month_that_it_corrects() -> None:
    credited(served(on=JULY), "40", on=AUGUST)

    [row] = eu_services_of(TaxPeriod(2026, month=8)).rows

    assert str(row.corrects) == "2026-07"


PERIODS = {
    "2026-Q1": (date(2026, 1, 1), date(2026, 3, 31)),
    "2026-Q4": (date(2026, 10, 1), date(2026, 12, 31)),
    "2028-02": (date(2028, 2, 1), date(2028, 2, 29)),
    "2026-12": (date(2026, 12, 1), date(2026, 12, 31)),
}


@pytest.mark.parametrize(("text", "days"), PERIODS.items(), ids=PERIODS)
def test_a_period_is_a_quarter_or_a_month(text: str, days: tuple[date, date]) -> None:
    period = tax_period(text)

    assert ((period.first, period.last), str(period)) == (days, text)


@pytest.mark.parametrize("text", ["2026", "2026-3", "2026-Q5", "2026-13", "x", ""])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="not a month or quarter"):
        tax_period(text)


def test_periods_run_from_the_last_back_to_the_first() -> None:
    found = tax_periods(date(2026, 5, 20), date(2026, 8, 1))

    assert [str(one) for one in found] == [
        "2026-Q3",
        "2026-08",
        "2026-07",
        "2026-Q2",
        "2026-06",
        "2026-05",
    ]
