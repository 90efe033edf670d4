"""Tables for a spreadsheet: CSV as Excel opens it here, in which nothing runs."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import islice

from django.utils import timezone

PIECE = 500
"""Rows in a piece of a stream."""

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""What a cell starts with that a spreadsheet takes for a formula (EXP-3)."""

SUSPECT = frozenset([*RUNS, " "])
"""The first character of every text that may run; all others are left alone at once."""


def defused(value: object) -> str:
    """Return ``value`` as the text of a cell that no spreadsheet runs (EXP-3).

    Days in ISO notation, moments too, as the clock here had them; numbers with a
    decimal comma, and never defused; nothing for ``None``.
    """
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return str(value).replace(".", ",")
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return _text(str(value))


def _text(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(RUNS) else text


def csv_stream(
    header: Iterable[object], rows: Iterable[Iterable[object]]
) -> Iterator[bytes]:
    """Yield a table in pieces, as ``csv_bytes`` has it whole, while ``rows`` come.

    The header comes at once, before the first row is asked for.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([defused(cell) for cell in header])
    yield codecs.BOM_UTF8 + out.getvalue().encode()
    left = iter(rows)
    while batch := list(islice(left, PIECE)):
        out.seek(0)
        out.truncate()
        writer.writerows(
            [
                # Most cells are texts that no function has to look at.
                cell if type(cell) is str and cell[:1] not in SUSPECT else defused(cell)
                for cell in row
            ]
            for row in batch
        )
        yield out.getvalue().encode()


def csv_bytes(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table: semicolons, UTF-8 with the mark by which Excel knows it."""
    return b"".join(csv_stream(header, rows))
