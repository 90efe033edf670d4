"""Tables as Excel workbooks: rows leave memory as they come, and nothing runs (EXP-3).

Loaded when a workbook is asked for, not at the start: its library is large.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from .sheets import defused
from .tables import Cell, Table

PIECE = 64 * 1024
"""Bytes in a piece of a stream."""

FORMATS: dict[Cell, dict[str, str]] = {
    Cell.AMOUNT: {"num_format": "#,##0.00"},
    Cell.PERCENT: {"num_format": "0.##"},
    Cell.WHOLE: {"num_format": "0"},
    Cell.DAY: {"num_format": "yyyy-mm-dd"},
    Cell.TEXT: {"num_format": "@"},
}
WIDTHS = {Cell.TEXT: 22, Cell.DAY: 12, Cell.AMOUNT: 14, Cell.PERCENT: 9, Cell.WHOLE: 9}
"""Of a column, in characters; its own header at least."""

LONGEST_NAME = 31
"""Characters that Excel takes for the name of a sheet."""


def workbook_stream(tables: Sequence[Table], *, at: datetime) -> Iterator[bytes]:
    """Yield the bytes of a workbook with a sheet for each table, once it is made.

    It is made in a temporary file. ``at`` is when it says that it was made, so that
    the same tables give the same bytes.
    """
    with TemporaryFile() as file:
        write(tables, file, at=at)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def write(tables: Sequence[Table], file: IO[bytes], *, at: datetime) -> None:
    """Write a workbook with a sheet for each table into ``file``."""
    options = {"constant_memory": True, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": at.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {cell: book.add_format(shape) for cell, shape in FORMATS.items()}
        for table in tables:
            _write_sheet(book.add_worksheet(_sheet_name(table)), table, head, formats)


def _sheet_name(table: Table) -> str:
    """Return the name of a sheet: without what Excel does not take in one."""
    kept = "".join(" " if char in "[]:*?/\\" else char for char in table.title)
    return kept.strip("' ")[:LONGEST_NAME] or table.name[:LONGEST_NAME]


def _write_sheet(sheet: Any, table: Table, head: Any, formats: Any) -> None:
    for at, column in enumerate(table.columns):
        width = max(WIDTHS[column.cell], len(column.name) + 2)
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, defused(column.name), head)
    sheet.freeze_panes(1, 0)
    shapes = [formats[column.cell] for column in table.columns]
    last = 0
    for last, row in enumerate(table.rows(), start=1):
        _write_row(sheet, last, row, shapes)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)


def _write_row(sheet: Any, at: int, row: Iterable[object], shapes: list[Any]) -> None:
    """Write a row: numbers as numbers, days as days, everything else as text."""
    for column, (value, shape) in enumerate(zip(row, shapes, strict=True)):
        if value is None or value == "":
            continue
        if isinstance(value, int | Decimal):
            sheet.write_number(at, column, value, shape)
        elif isinstance(value, date) and not isinstance(value, datetime):
            sheet.write_datetime(at, column, value, shape)
        else:
            sheet.write_string(at, column, defused(value), shape)
