"""Workbooks in which numbers are numbers, days are days and nothing runs (EXP-3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ownyourstory.spreadsheet import workbook_stream
from ownyourstory.tables import Cell, Column, Table

AT = datetime(2026, 3, 12, 9, tzinfo=UTC)
COLUMNS = (
    Column("klant"),
    Column("nummer"),
    Column("dag", Cell.DAY),
    Column("bedrag", Cell.AMOUNT),
    Column("btw", Cell.PERCENT),
    Column("stuks", Cell.WHOLE),
)
ROW = (
    '=HYPERLINK("http://x")',
    "0123456749",
    date(2026, 3, 2),
    Decimal("-1234.50"),
    Decimal(21),
    3,
)


def table(title: str = "Verkoop: 2026/1", *rows: tuple[object, ...]) -> Table:
    def each() -> Iterator[tuple[object, ...]]:
        yield from rows or (ROW,)

    return Table(name="verkoop", title=title, columns=COLUMNS, rows=each)


def sheet_of(*tables: Table) -> Worksheet:
    found = load_workbook(BytesIO(b"".join(workbook_stream(tables, at=AT))))
    first = found.worksheets[0]
    assert isinstance(first, Worksheet)
    return first


def test_numbers_are_numbers_and_days_are_days() -> None:
    sheet = sheet_of(table())

    cells = next(iter(sheet.iter_rows(min_row=2)))
    assert [cell.value for cell in cells] == [
        '\'=HYPERLINK("http://x")',
        "0123456749",
        datetime(2026, 3, 2),  # noqa: DTZ001 – as openpyxl reads a day
        -1234.5,
        21,
        3,
    ]
    assert [cell.data_type for cell in cells] == ["s", "s", "d", "n", "n", "n"]
    assert cells[3].number_format == "#,##0.00"


def test_nothing_in_it_runs() -> None:
    """EXP-3: no cell is a formula, whatever it starts with; what is empty stays so."""
    sheet = sheet_of(
        table("x", *[(text, None, None, None, None, None) for text in "=+-@"])
    )

    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == ["'=", "'+", "'-", "'@"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert sheet["B2"].value is None


def test_its_head_stays_in_sight_and_its_sheets_have_names() -> None:
    sheet = sheet_of(table())

    assert [cell.value for cell in sheet[1]] == [column.name for column in COLUMNS]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F2"
    assert sheet.title == "Verkoop  2026 1"


@pytest.mark.parametrize("title", ["a" * 40, "[]:*?/\\", ""])
def test_any_title_makes_a_sheet(title: str) -> None:
    assert sheet_of(table(title)).title


def test_the_same_table_gives_the_same_bytes() -> None:
    first, second = (b"".join(workbook_stream([table()], at=AT)) for _ in range(2))

    assert first == second
