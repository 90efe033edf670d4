"""A document as stored: plain JSON, so that it can be read again after years.

Pure. Amounts are texts in fixed decimals, days ISO dates; ``version`` tells which
fields to expect. INV-3 in docs/rules.md.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cattrs import Converter

from .document import Document

VERSION = 2
READABLE = {1, VERSION}
"""Version 1 knew no e-invoice: what it lacks takes the defaults of ``Document``."""

_converter = Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(Decimal, lambda amount: format(amount, "f"))
_converter.register_structure_hook(Decimal, lambda text, _type: Decimal(text))
_converter.register_unstructure_hook(StrEnum, lambda member: member.value)
_converter.register_unstructure_hook(date, date.isoformat)
_converter.register_structure_hook(date, lambda text, _type: date.fromisoformat(text))


def record_of(document: Document) -> dict[str, Any]:
    """Return ``document`` as a JSON object with its record version."""
    return {"version": VERSION, "document": _converter.unstructure(document)}


def document_from_record(record: dict[str, Any]) -> Document:
    """Return the document that ``record_of`` stored.

    Raises ValueError if the record has a version that this program cannot read.
    """
    if record.get("version") not in READABLE:
        raise ValueError(f"unknown record version {record.get('version')!r}")
    return _converter.structure(record["document"], Document)
