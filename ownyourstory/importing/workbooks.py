"""The first sheet of an Excel workbook, which is a folder of XML packed as ZIP."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from decimal import Decimal
from itertools import islice, zip_longest
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .refusal import Unreadable

MAX_UNPACKED = 30_000_000
"""Bytes that all parts of a workbook may have together once unpacked."""

MAX_PARTS = 1_000

LAST_ROW = 1_048_576
"""Of a sheet, in every spreadsheet; a file may claim to have more."""

# What the packages raise on a file that is damaged or made to hurt. They have no error
# of their own for it.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    SyntaxError,
    RuntimeError,
    OSError,
    EOFError,
)


def is_packed(content: bytes) -> bool:
    """Tell whether ``content`` begins as a ZIP file does."""
    return content.startswith(b"PK")


def rows_of(content: bytes, *, columns: int, rows: int) -> list[tuple[Any, ...]]:
    """Return the rows of the first sheet, each at most ``columns`` wide.

    An empty row is an empty tuple; after ``rows`` that are not empty it stops.

    Raises Unreadable if it is no workbook, or larger than it should be.
    """
    try:
        has_formulas = _inspected(content)
        shown = _sheet(content, columns=columns, rows=rows, as_shown=True)
        if not has_formulas:
            return shown
        written = _sheet(content, columns=columns, rows=rows, as_shown=False)
    except BROKEN:
        raise Unreadable(
            _(
                "This workbook cannot be read: it is damaged, or no Excel workbook. "
                "Open it in your spreadsheet, save it as .xlsx and choose that one."
            )
        ) from None
    return [
        tuple(
            getattr(formula, "text", formula) if value is None else value
            for value, formula in zip_longest(values, formulas)
        )
        for values, formulas in zip_longest(shown, written, fillvalue=())
    ]


def _inspected(content: bytes) -> bool:
    """Unpack every part within the limit; tell whether there is a formula in one.

    What the file says of its own sizes is not believed.
    """
    has_formulas, left = False, MAX_UNPACKED
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        if "xl/workbook.xml" not in names:
            raise Unreadable(
                _(
                    "This is no Excel workbook (.xlsx). Save the list as one, or as "
                    "CSV, and choose that file."
                )
            )
        if len(names) > MAX_PARTS:
            raise Unreadable(_too_large())
        for name in names:
            with packed.open(name) as part:
                data = part.read(left + 1)
            left -= len(data)
            if left < 0:
                raise Unreadable(_too_large())
            if name.endswith((".xml", ".rels")):
                # Entities can make a small file large; no spreadsheet writes them.
                plain = data.replace(b"\0", b"")
                if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                    raise ValueError(name)
                has_formulas |= b"<f" in data
    return has_formulas


def _too_large() -> str:
    return _(
        "This workbook is too large. Copy only the rows of the list into a new one "
        "and choose that."
    )


def _sheet(
    content: bytes, *, columns: int, rows: int, as_shown: bool
) -> list[tuple[Any, ...]]:
    """Return the rows of the first sheet: values as shown last, or as written."""
    found: list[tuple[Any, ...]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about colours and lists to choose from
        book = load_workbook(
            io.BytesIO(content), read_only=True, data_only=as_shown, keep_links=False
        )
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # it may claim any number of columns
            last: Any = None
            row: tuple[Any, ...] = ()
            for cells in islice(sheet.iter_rows(max_col=columns), LAST_ROW):
                if cells is not last:  # all missing rows are one: a million may be
                    last, row = cells, tuple(_value(cell) for cell in cells)
                    row = row if any(row) else ()
                found.append(row)
                rows -= bool(row)
                if not rows:
                    break
        finally:
            book.close()
    return found


def _value(cell: Any) -> Any:
    """Return the value of ``cell``; 25 where it holds 0.25 and shows 25 %."""
    value = cell.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and "%" in cell.number_format:
        return Decimal(repr(value)) * 100
    return value
