"""Lists as people make them, CSV or workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def csv_of(rows: Rows, *, mark: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return ``rows`` as a CSV file, its cells in quotes where they need it."""

    def cell(value: Any) -> str:
        text = str(value)
        needs_quotes = any(each in text for each in (mark, '"', "\n", "\r"))
        return '"' + text.replace('"', '""') + '"' if needs_quotes else text

    lines = [mark.join(cell(value) for value in row) for row in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def workbook_of(rows: Rows) -> bytes:
    """Return ``rows`` as an Excel workbook."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(workbook: bytes, **parts: bytes) -> bytes:
    """Return ``workbook`` with other bytes in ``parts``: ``sheet``, or one more."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "more": "xl/media/more.xml"}
    changed = {names[part]: data for part, data in parts.items()}
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed[name] if name in changed else old.read(name))
    return file.getvalue()


def sheet_of(workbook: bytes) -> bytes:
    """Return the XML of the first sheet."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return packed.read("xl/worksheets/sheet1.xml")
