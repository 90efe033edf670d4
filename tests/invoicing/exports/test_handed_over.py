"""Which days the accountant has already, and as of when (EXP-1)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from invoicing.exports.handed_over import Handed, before
from invoicing.exports.period import Period

MAY, JUNE, JULY = (datetime(2026, month, 5, tzinfo=UTC) for month in (5, 6, 7))


def days(first: str, until: str) -> Period:
    return Period(
        date.fromisoformat(f"2026-{first}"), date.fromisoformat(f"2026-{until}")
    )


JANUARY, QUARTER = days("01-01", "01-31"), days("01-01", "03-31")
SPRING = days("04-01", "06-30")

CASES = {
    "nothing yet": (QUARTER, [], [], []),
    "the same, twice": (
        QUARTER,
        [(QUARTER, MAY), (QUARTER, JUNE)],
        [(QUARTER, JUNE)],
        [],
    ),
    "another period: none of it is new in part": (
        SPRING,
        [(QUARTER, MAY)],
        [(QUARTER, MAY)],
        [],
    ),
    "a part of it": (
        QUARTER,
        [(JANUARY, MAY)],
        [(JANUARY, MAY)],
        [days("02-01", "03-31")],
    ),
    "each part as in its newest": (
        QUARTER,
        [(QUARTER, MAY), (JANUARY, JUNE)],
        [(JANUARY, JUNE), (days("02-01", "03-31"), MAY)],
        [],
    ),
    "other days since any other told of them": (
        days("07-01", "09-30"),
        [(QUARTER, MAY), (SPRING, JUNE)],
        [(days("01-01", "06-30"), JUNE)],
        [],
    ),
    "made again it tells the same": (
        SPRING,
        [(QUARTER, MAY), (SPRING, JUNE), (SPRING, JULY)],
        [(QUARTER, MAY), (SPRING, JULY)],
        [],
    ),
    "days apart stay apart": (
        QUARTER,
        [(JANUARY, MAY), (days("03-01", "04-30"), MAY)],
        [(JANUARY, MAY), (days("03-01", "04-30"), MAY)],
        [days("02-01", "02-28")],
    ),
}


@pytest.mark.parametrize(
    ("period", "packs", "handed", "never"), CASES.values(), ids=CASES
)
def test_what_was_handed_over_before(
    period: Period,
    packs: list[tuple[Period, datetime]],
    handed: list[tuple[Period, datetime]],
    never: list[Period],
) -> None:
    found = before(period, [Handed(*pack) for pack in packs])

    assert [(one.period, one.made_at) for one in found.handed] == handed
    assert list(found.never) == never
