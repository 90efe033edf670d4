"""The empty list to fill in: the names of the columns and one example."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from .columns import Choice, Column, language
from .resource import EXAMPLE, SheetResource

WRITABLE_ROWS = 500
"""Rows that are made to keep what is typed as it is, zeros before a number too."""

LONGEST_OFFER = 250
"""Characters that a spreadsheet takes as a list of values to propose."""

MOST_NAMES = 20
"""More values than these nobody reads: of the countries everybody knows one."""


def _example(resource: SheetResource) -> list[str]:
    mark = EXAMPLE[language()]
    return [
        (mark if column.name == resource.marked else "") + column.sample()
        for column in resource.used
    ]


def as_csv(resource: SheetResource) -> bytes:
    """Return the template as a CSV file that Excel opens as it is."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(column.header for column in resource.used)
    writer.writerow(_example(resource))
    return text.getvalue().encode("utf-8-sig")


def as_workbook(resource: SheetResource) -> bytes:
    """Return the template as a workbook: the list, and a sheet that explains it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = _("List")
    sheet.append([column.header for column in resource.used])
    sheet.append(_example(resource))
    for place, column in enumerate(resource.used, 1):
        head = sheet.cell(1, place)
        head.font = Font(bold=True, color="FFFFFF")
        head.fill = PatternFill("solid", fgColor="6D3655")
        sheet.cell(2, place).font = Font(italic=True, color="808080")
        width = max(len(column.header), len(column.sample())) + 3
        sheet.column_dimensions[get_column_letter(place)].width = width
        for row in range(2, WRITABLE_ROWS):
            sheet.cell(row, place).number_format = "@"
        _offer(sheet, place, column)
    sheet.freeze_panes = "A2"
    _explain(book, resource.used)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _offer(sheet: Any, place: int, column: Column) -> None:
    """Let the spreadsheet propose the values of a column; others may be typed too."""
    names = ",".join(_names(column))
    if not names or len(names) > LONGEST_OFFER or ", " in names:
        return
    letter = get_column_letter(place)
    offer = DataValidation(type="list", formula1=f'"{names}"', showErrorMessage=False)
    offer.add(f"{letter}2:{letter}{WRITABLE_ROWS}")
    sheet.add_data_validation(offer)


def _names(column: Column) -> list[str]:
    """Return what may stand in ``column``; nothing where that is known or endless."""
    names = column.read.names().values() if isinstance(column.read, Choice) else ()
    return [str(name) for name in names] if len(names) < MOST_NAMES else []


def _explain(book: Workbook, columns: Iterable[Column]) -> None:
    """Add a sheet that says of each column what may stand in it."""
    sheet = book.create_sheet(_("Explanation"))
    sheet.append([_("Column"), _("What stands in it"), _("One of these")])
    for column in columns:
        sheet.append(
            [
                column.header + (" *" if column.is_needed else ""),
                str(column.help_text),
                ", ".join(_names(column)),
            ]
        )
    sheet.append([])
    sheet.append([_("* always needed for somebody new")])
    for letter, width in {"A": 34, "B": 60, "C": 60}.items():
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1)
