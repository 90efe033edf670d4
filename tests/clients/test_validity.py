"""Windows of days, in Python and in SQL by one table."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from clients.models import Conditions
from clients.validity import Window, days_outside
from tests.factories import ConditionsFactory

START, END = date(2017, 1, 1), date(2018, 12, 31)
CASES = {
    "day before": (date(2016, 12, 31), END, False),
    "first day": (START, END, True),
    "last day": (END, END, True),
    "day after": (date(2019, 1, 1), END, False),
    "one day long": (START, START, True),
    "open ended": (date(2022, 8, 30), None, True),
    "open ended, day before": (date(2016, 12, 31), None, False),
}


@pytest.mark.parametrize(("day", "until", "inside"), CASES.values(), ids=CASES)
def test_a_window_contains_both_its_ends(
    day: date, until: date | None, *, inside: bool
) -> None:
    assert (day in Window(START, until)) is inside


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "until", "inside"), CASES.values(), ids=CASES)
def test_valid_on_agrees_with_the_window(
    day: date, until: date | None, *, inside: bool
) -> None:
    row = ConditionsFactory.create(valid_from=START, valid_until=until)

    found = Conditions.objects.filter(pk=row.pk).valid_on(day)

    assert found.exists() is inside


def test_a_window_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before"):
        Window(END, START)


@pytest.mark.django_db
def test_nor_can_a_row() -> None:
    row = ConditionsFactory.create()

    with pytest.raises(IntegrityError, match="clients_conditions_window_ordered"):
        Conditions.objects.filter(pk=row.pk).update(valid_from=END, valid_until=START)


OVERLAPS = {
    "the same": (START, END, True),
    "ends the day before": (date(2015, 1, 1), date(2016, 12, 31), False),
    "ends on the first day": (date(2015, 1, 1), START, True),
    "inside": (date(2017, 6, 1), date(2017, 6, 1), True),
    "around": (date(2015, 1, 1), date(2020, 1, 1), True),
    "starts on the last day": (END, None, True),
    "starts the day after": (date(2019, 1, 1), None, False),
    "open from before": (date(2015, 1, 1), None, True),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "last", "shared"), OVERLAPS.values(), ids=OVERLAPS)
def test_rows_overlap_with_a_window_where_they_share_a_day(
    first: date, last: date | None, *, shared: bool
) -> None:
    row = ConditionsFactory.create(valid_from=START, valid_until=END)

    found = Conditions.objects.filter(pk=row.pk).overlapping(Window(first, last))

    assert found.exists() is shared


@pytest.mark.django_db
def test_a_form_refuses_a_period_that_overlaps() -> None:
    ConditionsFactory.create(valid_from=START, valid_until=END)

    with pytest.raises(ValidationError) as refused:
        ConditionsFactory.build(valid_from=END, valid_until=None).full_clean()

    assert list(refused.value.message_dict) == ["valid_from"]


@pytest.mark.django_db
def test_a_row_does_not_overlap_with_itself() -> None:
    row = ConditionsFactory.create(valid_from=START, valid_until=END)
    row.valid_until = date(2019, 6, 30)

    row.full_clean()


def test_days_outside_are_those_in_no_window_in_order_and_once() -> None:
    windows = [Window(START, END), Window(date(2020, 1, 1))]
    gap = [date(2019, 12, 31), date(2019, 1, 1)]

    found = days_outside([*gap, END, *gap, date(2020, 1, 1)], windows)

    assert found == [date(2019, 1, 1), date(2019, 12, 31)]
