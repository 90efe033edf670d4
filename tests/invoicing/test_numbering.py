"""A series is whole or every flaw in it is named (INV-1)."""

from __future__ import annotations

from datetime import date

import pytest

from invoicing.numbering import Finding, Flaw, Given, flaws

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
NEXT_YEAR = date(2027, 1, 4)

CASES = {
    "nothing given yet": ([], None, []),
    "whole": ([(1, MONDAY), (2, MONDAY), (3, TUESDAY)], 3, []),
    "one missing": (
        [(1, MONDAY), (3, MONDAY)],
        3,
        [Finding(Flaw.GAP, 2, 2)],
    ),
    "several missing at the start": (
        [(4, MONDAY)],
        4,
        [Finding(Flaw.GAP, 1, 3)],
    ),
    "the last one missing": (
        [(1, MONDAY)],
        2,
        [Finding(Flaw.GAP, 2, 2)],
    ),
    "all missing": ([], 2, [Finding(Flaw.GAP, 1, 2)]),
    "given twice": (
        [(1, MONDAY), (1, MONDAY), (2, MONDAY)],
        2,
        [Finding(Flaw.DOUBLE, 1, 1)],
    ),
    "dated before the one before": (
        [(1, TUESDAY), (2, MONDAY)],
        2,
        [Finding(Flaw.DATE, 2, 2)],
    ),
    "dated in another year": (
        [(1, MONDAY), (2, NEXT_YEAR)],
        2,
        [Finding(Flaw.WRONG_YEAR, 2, 2)],
    ),
    "the counter lags behind": (
        [(1, MONDAY), (2, MONDAY)],
        1,
        [Finding(Flaw.COUNTER, 1, 2)],
    ),
}


@pytest.mark.parametrize(("given", "last", "expected"), CASES.values(), ids=CASES)
def test_every_flaw_of_a_series_is_found(
    given: list[tuple[int, date]], last: int | None, expected: list[Finding]
) -> None:
    numbers = [Given(sequence, day) for sequence, day in given]

    assert list(flaws(numbers, year=2026, first=1, last=last)) == expected


def test_a_series_may_start_later() -> None:
    given = [Given(120, MONDAY), Given(121, MONDAY)]

    assert not list(flaws(given, year=2026, first=120, last=121))
