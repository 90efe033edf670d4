"""Which settings changed that show in the journal: codes, accounts, grids (EXP-1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from invoicing.models import Bookkeeping, LedgerCode, VatRate

SHOWN: dict[type[Model], tuple[str, ...]] = {
    Bookkeeping: (
        "journal",
        "credit_journal",
        "receivable_account",
        "vat_account",
        "first_month",
    ),
    LedgerCode: ("revenue_account", "vat_code", "credit_vat_code"),
    VatRate: ("percent", "grid"),
}
"""The settings out of which rows of the journal and files for WinBooks are made."""


def settings_changed(since: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield each change after ``since`` with its moment, in order, in words."""
    found = [
        (record.history_date, said)
        for model, names in SHOWN.items()
        for last, record in _pairs(model)
        if record.history_date > since and (said := _said(model, names, last, record))
    ]
    yield from sorted(found)


def _pairs(model: type[Model]) -> Iterator[tuple[Any, Any]]:
    """Yield each record of a row after the one before it."""
    last: dict[int, Any] = {}
    records = get_history_manager_for_model(model).order_by("history_id")
    for record in records:
        if record.id in last:
            yield last[record.id], record
        last[record.id] = record


def _said(model: type[Model], names: tuple[str, ...], last: Any, record: Any) -> str:
    """Return what changed of ``names``: what it was and what it became."""
    both = [
        (model._meta.get_field(name), getattr(last, name), getattr(record, name))
        for name in names
    ]
    changed = [
        _("%(what)s: %(old)s → %(new)s")
        % {
            "what": getattr(field, "verbose_name", field.name),
            "old": old if old != "" else "–",
            "new": new if new != "" else "–",
        }
        for field, old, new in both
        if old != new
    ]
    return f"{last.history_object} – {', '.join(changed)}" if changed else ""
