"""Tables in which nothing runs (EXP-3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ownyourstory.sheets import csv_bytes, csv_stream, defused

CELLS = [
    ("=1+1", "'=1+1"),
    ("+32 9 000 00 00", "'+32 9 000 00 00"),
    ("-1", "'-1"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("  =1", "'  =1"),
    ("Anna = Bart", "Anna = Bart"),
    ("", ""),
    (None, ""),
    (Decimal("-12.50"), "-12,50"),
    (12, "12"),
    (date(2026, 3, 12), "2026-03-12"),
    (datetime(2026, 3, 12, 9, 5, tzinfo=UTC), "2026-03-12 10:05:00+01:00"),
]


@pytest.mark.parametrize(("value", "cell"), CELLS)
def test_a_cell_is_text_and_never_a_formula(value: object, cell: str) -> None:
    assert defused(value) == cell


def test_a_table_is_as_excel_opens_it_here() -> None:
    table = csv_bytes(["naam", "uren"], [['Anna; "A"', Decimal("3.5")], ["=x", None]])

    assert table == (b'\xef\xbb\xbfnaam;uren\r\n"Anna; ""A""";3,5\r\n\'=x;\r\n')


def rows_that_come(seen: list[int]) -> Iterator[list[object]]:
    for number in range(1200):
        seen.append(number)
        yield [number, "=x"]


def test_a_stream_begins_before_the_first_row_and_is_the_same_table() -> None:
    seen: list[int] = []
    stream = csv_stream(["n", "t"], rows_that_come(seen))

    head = next(stream)

    assert (head, seen) == (b"\xef\xbb\xbfn;t\r\n", [])
    pieces = list(stream)
    assert len(pieces) == 3
    assert head + b"".join(pieces) == csv_bytes(["n", "t"], rows_that_come([]))
