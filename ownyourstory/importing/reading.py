"""The rows of an uploaded file, CSV or XLSX, as plain texts and numbers.

Nothing in a file is ever run: of a formula counts what the spreadsheet showed last,
or else its text. What is too large, packed to burst or no list at all is refused
before it is opened.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from .refusal import Unreadable
from .workbooks import is_packed, rows_of

MAX_ROWS = 1_000
"""Rows below the header. More would take longer than a web server waits."""

MAX_COLUMNS = 100
"""Wider than any list that people make."""

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of old Excel begin, and those with a password."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")

Cell = str | Decimal
"""What a cell holds; empty is an empty text."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty; ``number`` is the one the spreadsheet shows."""

    number: int
    cells: tuple[Cell, ...]


def rows_in(content: bytes) -> list[Row]:
    """Return the rows of an uploaded file that are not empty, the header first.

    Raises Unreadable, with a text for the owner, if it is no list or too long.
    """
    if not content.strip():
        raise Unreadable(_("This file is empty."))
    if content.startswith(OLD_EXCEL):
        raise Unreadable(
            _(
                "This is a file of an old Excel, or one with a password. Save it as "
                "“Excel workbook (.xlsx)” without a password and choose that one."
            )
        )
    every: Iterable[Any] = (
        rows_of(content, columns=MAX_COLUMNS + 1, rows=MAX_ROWS + 2)
        if is_packed(content)
        else _typed_rows(content)
    )
    rows: list[Row] = []
    for number, cells in enumerate(every, 1):
        if any(cells[MAX_COLUMNS:]):
            raise Unreadable(
                _("Row %(row)s is wider than %(most)s columns: this is no list.")
                % {"row": number, "most": MAX_COLUMNS}
            )
        read = [_cell(cell) for cell in cells[:MAX_COLUMNS]]
        while read and read[-1] == "":
            read.pop()
        if not read:
            continue
        if len(rows) > MAX_ROWS:
            raise Unreadable(
                _("This list has more than %s rows. Divide it over several files.")
                % MAX_ROWS
            )
        rows.append(Row(number, tuple(read)))
    if not rows:
        raise Unreadable(_("There is nothing in this file."))
    return rows


def _typed_rows(content: bytes) -> Iterator[list[str]]:
    """Yield the rows of a CSV file, whatever stands between its cells."""
    text = _decoded(content)
    if _NO_TEXT.search(text):
        raise Unreadable(_("This is neither an Excel workbook (.xlsx) nor a CSV file."))
    first, _line_end, rest = text.partition("\n")
    delimiter = ""
    if told := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE):
        delimiter, text = told[1], rest
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter or _delimiter_of(text),
        strict=True,
    )
    try:
        yield from reader
    except csv.Error:
        raise Unreadable(
            _(
                "This file cannot be read from row %s on: most likely a quotation "
                "mark is missing there. Save it as an Excel workbook (.xlsx)."
            )
            % (reader.line_num or 1)
        ) from None


def _decoded(content: bytes) -> str:
    """Return the text of a CSV file: UTF-8 or -16, or the Windows-1252 of Excel."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("This is neither an Excel workbook (.xlsx) nor a CSV file."))


def _delimiter_of(text: str) -> str:
    """Return what stands between the cells of the header: ``;``, a tab or ``,``."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    outside_quotes = re.sub(r'"[^"]*"', "", header)
    return max(";\t,", key=outside_quotes.count)


def _cell(value: Any) -> Cell:
    """Return what a cell holds: a number as ``Decimal``, all else as tidy text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            number = Decimal(str(value))
            return number if number.is_finite() else str(value)
        case datetime() if value.time() != time():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return _UNPRINTABLE.sub(" ", str(value)).strip()


def as_text(cell: Cell) -> str:
    """Return ``cell`` as a person would have typed it: ``824677865``, ``3.5``."""
    if isinstance(cell, str):
        return cell
    whole, _point, decimals = f"{cell:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole
