"""A table to hand over: what each column holds, and rows that come one by one. Pure.

The writers (``sheets`` for CSV, ``spreadsheet`` for XLSX) read only this, so that both
files say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Cell(StrEnum):
    """What a column holds, and so how a spreadsheet shows it."""

    TEXT = "text"
    AMOUNT = "amount"
    PERCENT = "percent"
    WHOLE = "whole"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands above it, and what it holds."""

    name: str
    cell: Cell = Cell.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``name`` is its file name without extension, ``title`` for people.

    ``rows`` begins anew with each call and yields one value a column: texts, amounts
    and percentages as ``Decimal``, whole numbers, days as ``date``, ``None`` for none.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Sequence[object]]]

    @property
    def header(self) -> list[str]:
        """What stands above the columns."""
        return [column.name for column in self.columns]
