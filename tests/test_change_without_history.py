"""No code of the program goes round history: ``update`` and ``bulk_*`` write none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ["ownyourstory", "clients", "programs", "invoicing"]

ROUND_HISTORY = {
    "update",
    "aupdate",
    "bulk_update",
    "abulk_update",
    "bulk_create",
    "abulk_create",
    "_raw_delete",
    "save_without_historical_record",
}

CLAIMS = [
    f"ownyourstory/outbox/{call}"
    for call in [
        "carrying.py: held.update",
        "carrying.py: found.attempts.filter(ended_at=None, error='').update",
        "carrying.py: claimable.update",
        "post.py: here.update",
        "post.py: failed.update",
        "post.py: held.update",
        "post.py: Attempt.objects.bulk_create",
    ]
]

ALLOWED = {
    "invoicing/lifecycle.py: InvoiceLine.objects.bulk_update": (
        "position and net, of which no history is kept: issuing copies them"
    ),
    "invoicing/lifecycle.py: JournalEntry.objects.bulk_create": (
        "written once, at issue"
    ),
    "invoicing/receipts/keeping.py: Receipt.objects.bulk_create": (
        "follows from rows that have a history"
    ),
    "invoicing/receipts/recording.py: Payment.objects.bulk_create": (
        "is history itself"
    ),
    "invoicing/receipts/bank/booking.py: BankTransaction.objects.bulk_create": (
        "written once, from its file"
    ),
    **dict.fromkeys(
        CLAIMS, "a dispatch has its attempts for a history: its update is a claim"
    ),
    "ownyourstory/history.py: history._default_manager.bulk_create": (
        "the history of what the migrations put in"
    ),
}


def roads_round_history(source: str) -> Iterator[str]:
    """Yield each call in ``source`` that changes rows without a ``save``.

    ``update`` takes fields by keyword; that of a hash or a dict takes its argument
    by position.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        if name in ROUND_HISTORY and (not name.endswith("update") or _of_rows(node)):
            yield ast.unparse(node.func)


def _of_rows(call: ast.Call) -> bool:
    return "bulk" in ast.unparse(call.func) or bool(call.keywords)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("Client.objects.filter(pk=1).update(city='Gent')", True),
        ("rows.update(**values)", True),
        ("Client.objects.bulk_create(rows)", True),
        ("Client.objects.bulk_update(rows, ['city'])", True),
        ("digest.update(chunk)", False),
        ("bulk_create_with_history(rows, Client)", False),
        ("update_with_history(rows, city='Gent')", False),
    ],
)
def test_what_counts_as_going_round(source: str, found: bool) -> None:
    assert bool([*roads_round_history(source)]) is found


def test_every_change_writes_history_or_has_a_reason_not_to() -> None:
    root = Path(settings.BASE_DIR)
    found = {
        f"{path.relative_to(root)}: {call}"
        for package in PACKAGES
        for path in (root / package).rglob("*.py")
        if "migrations" not in path.parts
        for call in roads_round_history(path.read_text())
    }

    assert found == {*ALLOWED}
