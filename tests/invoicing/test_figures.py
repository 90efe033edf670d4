"""What was invoiced month by month, and what is open by age and road."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from invoicing.documents.document import Kind
from invoicing.figures import Age, outstanding, revenue
from invoicing.models import Channel, Invoice
from tests.factories import DraftFactory, IssuedRowFactory, ReceiptFactory

pytestmark = pytest.mark.django_db

D = Decimal
TODAY = date(2026, 11, 25)


def invoiced(day: date, net: int) -> Invoice:
    return IssuedRowFactory.create(issued_on=day, net=D(net))


def credited(invoice: Invoice, day: date, net: int) -> None:
    IssuedRowFactory.create(
        kind=Kind.CREDIT_NOTE,
        credits=invoice,
        credit_reason="Ziek",
        issued_on=day,
        net=D(net),
    )


def test_each_month_has_what_was_issued_in_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    invoiced(date(2024, 12, 31), 1)
    invoiced(date(2025, 1, 1), 20)
    invoiced(date(2025, 12, 31), 300)
    invoiced(date(2026, 1, 1), 4000)
    invoiced(date(2026, 1, 31), 50000)

    with django_assert_num_queries(1):
        found = revenue(on=TODAY)

    assert found.last_months == (20, *[0] * 10, 300)
    assert found.months == (54000, *[0] * 10, None)
    assert [found.to_date, found.last_whole] == [54000, 320]


def test_a_credit_note_counts_in_the_month_of_its_own() -> None:
    invoice = invoiced(date(2026, 3, 31), 1000)
    credited(invoice, date(2026, 4, 1), 400)

    found = revenue(on=TODAY)

    assert found.months[2:4] == (D(1000), D(-400))
    assert found.to_date == 600


def test_last_year_is_counted_up_to_the_same_day() -> None:
    invoiced(date(2025, 11, 25), 100)
    invoiced(date(2025, 11, 26), 900)
    invoiced(date(2026, 11, 25), 150)

    found = revenue(on=TODAY)

    assert [found.to_date, found.last_to_date] == [150, 100]
    assert found.last_months[10] == 1000
    assert found.change == 50


def test_29_february_is_laid_beside_the_28th() -> None:
    invoiced(date(2027, 2, 28), 100)
    invoiced(date(2027, 3, 1), 900)

    assert revenue(on=date(2028, 2, 29)).last_to_date == 100


def test_a_draft_is_no_revenue() -> None:
    DraftFactory.create()

    found = revenue(on=TODAY)

    assert found.is_empty
    assert found.to_date == 0
    assert found.change is None


def test_a_year_that_came_to_less_than_nothing_is_not_compared() -> None:
    invoice = invoiced(date(2024, 12, 31), 100)
    credited(invoice, date(2025, 1, 2), 100)
    invoiced(TODAY, 100)

    assert revenue(on=TODAY).change is None


LATE = {
    "due in a month": (-30, Age.NOT_DUE),
    "today is the last day": (0, Age.NOT_DUE),
    "since yesterday": (1, Age.TO_30),
    "30 days": (30, Age.TO_30),
    "31 days": (31, Age.TO_60),
    "60 days": (60, Age.TO_60),
    "61 days": (61, Age.TO_90),
    "90 days": (90, Age.TO_90),
    "91 days": (91, Age.OVER_90),
    "two years": (730, Age.OVER_90),
}


@pytest.mark.parametrize(("days", "age"), LATE.values(), ids=LATE)
def test_what_is_open_has_one_age(days: int, age: Age) -> None:
    ReceiptFactory.create(due_on=TODAY - timedelta(days=days), open=D("12.34"))

    found = {one.age: one.total for one in outstanding(on=TODAY)}

    assert found == {one: D("12.34") if one == age else 0 for one in Age}


def test_each_road_has_its_own_sum(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """PAY-2."""
    first, second = IssuedRowFactory.create_batch(2)
    ReceiptFactory.create(invoice=first, channel=Channel.WALLET, open=D(100))
    ReceiptFactory.create(invoice=first, channel=Channel.DIRECT, open=D(21))
    ReceiptFactory.create(invoice=second, channel=Channel.DIRECT, open=D(3))

    with django_assert_num_queries(1):
        found = outstanding(on=TODAY)

    late = found[1]
    assert late.age == Age.TO_30
    assert [late.wallet, late.direct, late.total] == [100, 24, 124]
    assert [one.is_late for one in found] == [False, True, True, True, True]


@pytest.mark.parametrize("left", [D(0), D(-5)], ids=["paid", "paid too much"])
def test_what_is_settled_is_not_outstanding(left: Decimal) -> None:
    ReceiptFactory.create(open=left)

    assert [one.total for one in outstanding(on=TODAY)] == [0] * len(Age)
