"""What is read from a file, and what is refused before it is opened."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from ownyourstory.importing import reading
from ownyourstory.importing.reading import Row, rows_in
from ownyourstory.importing.refusal import Unreadable

from .lists import csv_of, repacked, sheet_of, workbook_of

LIST = [["Naam", "Gemeente"], ["Café Ré", "Liège"], ["Bakker; en zoon", 'De "Kroon"']]

pytestmark = pytest.mark.usefixtures("english")


def read(content: bytes) -> list[tuple[Any, ...]]:
    return [row.cells for row in rows_in(content)]


AS_SAVED = {
    "Excel in Dutch": {},
    "Excel in English": {"mark": ","},
    "Excel as Unicode text": {"mark": "\t", "encoding": "utf-16"},
    "UTF-8 without a mark": {"encoding": "utf-8"},
    "Windows": {"encoding": "cp1252"},
}


@pytest.mark.parametrize("options", AS_SAVED.values(), ids=AS_SAVED)
def test_a_csv_is_read_as_any_program_saves_it(options: dict[str, str]) -> None:
    assert read(csv_of(LIST, **options)) == [tuple(row) for row in LIST]


def test_the_line_that_tells_excel_what_stands_between_cells_is_no_row() -> None:
    assert rows_in(b"sep=,\r\nNaam,Gemeente\r\nA;B,Gent\r\n") == [
        Row(1, ("Naam", "Gemeente")),
        Row(2, ("A;B", "Gent")),
    ]


@pytest.mark.parametrize("make", [csv_of, workbook_of])
def test_rows_have_the_numbers_that_the_spreadsheet_shows(make: Any) -> None:
    rows = rows_in(make([["Naam"], [""], ["Els"], [" "], ["Jan"]]))

    assert [(row.number, row.cells[0]) for row in rows] == [
        (1, "Naam"),
        (3, "Els"),
        (5, "Jan"),
    ]


CELLS = {
    "a whole number": (824677865, "824677865"),
    "a whole number that is kept as a float": (824677865.0, "824677865"),
    "a broken number": (3.5, "3.5"),
    "a day": (date(2026, 11, 24), "24/11/2026"),
    "a moment": (datetime(2026, 11, 24, 9, 30), "24/11/2026 09:30"),  # noqa: DTZ001
    "yes": (True, "true"),
    "spaces around": ("  Gent ", "Gent"),
    "a formula without a value": ("=1+1", "=1+1"),
}


@pytest.mark.parametrize(("cell", "text"), CELLS.values(), ids=CELLS)
def test_a_cell_of_a_workbook_is_read_as_text(cell: Any, text: str) -> None:
    ((found,),) = read(workbook_of([[cell]]))

    assert reading.as_text(found) == text


def test_a_number_stays_one() -> None:
    assert read(workbook_of([[1234.56, 7]])) == [(Decimal("1234.56"), Decimal(7))]


def test_a_percentage_is_read_as_it_is_shown() -> None:
    book = Workbook()
    book.worksheets[0].append([0.25, 0.333, 1])
    for cell in book.worksheets[0][1]:
        cell.number_format = "0.0 %"
    file = io.BytesIO()
    book.save(file)

    assert read(file.getvalue()) == [(Decimal(25), Decimal("33.3"), Decimal(100))]


def test_of_a_formula_counts_what_the_spreadsheet_showed_last() -> None:
    book = workbook_of([["=1+1", "x"]])
    shown = (
        sheet_of(book).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>")
    )

    assert read(repacked(book, sheet=shown)) == [(Decimal(2), "x")]


def test_what_cannot_be_stored_is_no_part_of_a_text() -> None:
    assert read("Naam\nEls\ufeff\x7fMaes\n".encode()) == [("Naam",), ("Els  Maes",)]


def _zip(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return file.getvalue()


BOOK = workbook_of(LIST)
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
REFUSED = {
    "nothing": (b"", "empty"),
    "blanks": (b" \r\n ", "empty"),
    "only marks": (b";;\r\n;;\r\n", "nothing in this file"),
    "old Excel": (reading.OLD_EXCEL + b"\0" * 99, "old Excel"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "neither"),
    "bytes that are no text": (b"Naam\x81\x8d", "neither"),
    "another package": (_zip(mimetype=b"text"), "no Excel workbook"),
    "half a workbook": (BOOK[: len(BOOK) // 2], "damaged"),
    "a workbook without a sheet": (
        _zip(**{"xl/workbook.xml": b"<workbook/>"}),
        "damaged",
    ),
    "a sheet that is no XML": (repacked(BOOK, sheet=b"<worksheet"), "damaged"),
    "entities that grow": (repacked(BOOK, sheet=BOMB), "damaged"),
    "entities that grow, in UTF-16": (
        repacked(BOOK, sheet=BOMB.decode().encode("utf-16")),
        "damaged",
    ),
    "a small file that unpacks to a large one": (
        repacked(BOOK, more=b"0" * 31_000_000),
        "too large",
    ),
    "an open quotation mark": (b'Naam;Gemeente\r\n"Els;Gent\r\n', "quotation"),
    "too many rows": (csv_of([["Naam"]] * 1_002), "1000 rows"),
    "too many rows in a workbook": (workbook_of([["Naam"]] * 1_002), "1000 rows"),
    "too many columns": (csv_of([["x"] * 101]), "100 columns"),
    "too many columns in a workbook": (workbook_of([["x"] * 101]), "100 columns"),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_is_refused_in_plain_words(
    content: bytes, message: str
) -> None:
    with pytest.raises(Unreadable, match=message):
        rows_in(content)


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(rows_in(csv_of([["Naam"]] * 1_001))) == 1_001
    assert len(rows_in(workbook_of([["Naam"]] * 1_001))) == 1_001


def test_a_sheet_that_claims_to_be_endless_is_read_at_once() -> None:
    sheet = sheet_of(workbook_of([["Naam"], ["Els"]]))
    far = sheet.replace(b'r="2"', b'r="99999999999"').replace(
        b'"A2"', b'"A99999999999"'
    )

    assert read(repacked(BOOK, sheet=far)) == [("Naam",)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"Naam;E-mail\r\n"):
        with suppress(Unreadable):
            assert rows_in(start + content)


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
def test_a_workbook_with_any_byte_changed_is_read_or_refused(
    place: int, byte: int
) -> None:
    damaged = BOOK[:place] + bytes([byte]) + BOOK[place + 1 :]

    with suppress(Unreadable):
        assert rows_in(damaged)
