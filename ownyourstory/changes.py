"""What changed in a row and its parts, when and by whom: its history, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from ownyourstory.templatetags.money import quantity, unit_price

ADDED, CHANGED, DELETED = "+", "~", "-"


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, and what it was and became; empty for nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one save or deletion did to the row, or to the ``part`` of that name.

    ``how`` is ADDED, CHANGED or DELETED.
    """

    at: datetime
    who: str
    how: str
    kind: str
    part: str
    differences: list[Difference]


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person changed within a minute."""

    at: datetime
    who: str
    changes: list[Change]


def last_known(model: type[Model], pk: str) -> Model | None:
    """Return a deleted row as it last was, unsaved; ``None`` if there was none."""
    if not pk.isdecimal():
        return None
    record = get_history_manager_for_model(model).filter(id=pk).first()
    row: Model | None = record and record.history_object
    return row


def moments(row: Model, *, parts: Iterable[type[Model]] = ()) -> list[Moment]:
    """Return what happened to ``row`` and to its rows in ``parts``, the latest first.

    Asks one query a model and one for each model that their keys point to.
    """
    histories = [_History(type(row), {"id": row.pk})]
    for part in parts:
        (key,) = (f for f in part._meta.fields if f.related_model is type(row))
        histories.append(_History(part, {key.attname: row.pk}, parent=key))
    others = _Others(histories)
    changes = [
        change for history in histories for change in _changes(history, others=others)
    ]
    changes.sort(key=lambda change: (_minute(change), change.who), reverse=True)
    return [
        Moment(at, who, sorted(group, key=_row_first))
        for (at, who), group in groupby(changes, lambda one: (_minute(one), one.who))
    ]


def _row_first(change: Change) -> tuple[bool, datetime]:
    return bool(change.part), change.at


def _minute(change: Change) -> datetime:
    return timezone.localtime(change.at).replace(second=0, microsecond=0)


class _History:
    """The records of a row, or of all rows of a part, each with the one before it."""

    def __init__(
        self,
        model: type[Model],
        rows: dict[str, Any],
        *,
        parent: Field[Any, Any] | None = None,
    ) -> None:
        self.model = model
        self.is_part = parent is not None
        self.fields = [
            field
            for field in get_history_manager_for_model(model).model.tracked_fields
            if field is not parent
            and not field.primary_key
            and not getattr(field, "auto_now_add", False)
        ]
        self.keys = [field for field in self.fields if isinstance(field, ForeignKey)]
        self.records = list(
            get_history_manager_for_model(model)
            .filter(**rows)
            .select_related("history_user")
            .order_by("history_id")
        )

    def pairs(self) -> Iterator[tuple[Any, Any]]:
        """Yield each record after the one before it, of the same row, or ``None``."""
        last: dict[Any, Any] = {}
        for record in self.records:
            yield last.get(record.id), record
            last[record.id] = record


class _Others:
    """The rows that records point to: each is read once, and named once."""

    def __init__(self, histories: Iterable[_History]) -> None:
        wanted: dict[type[Model], set[Any]] = defaultdict(set)
        for history in histories:
            for key in history.keys:
                wanted[key.related_model] |= {
                    getattr(record, key.attname) for record in history.records
                }
        self._rows = {
            model: model._base_manager.in_bulk(ids - {None})
            for model, ids in wanted.items()
        }
        self._names: dict[Model, str] = {}

    def get(self, key: ForeignKey[Any, Any], pk: Any) -> Model | None:
        return self._rows[key.related_model].get(pk)

    def name(self, key: ForeignKey[Any, Any], pk: Any) -> str:
        row = self.get(key, pk)
        if row is None:
            return str(_("no. %s, deleted since") % pk)
        if row not in self._names:
            self._names[row] = str(row)
        return self._names[row]


def _changes(history: _History, *, others: _Others) -> Iterator[Change]:
    """Yield a change for each record that tells something."""
    for before, record in history.pairs():
        how = record.history_type
        was = {ADDED: None, CHANGED: before, DELETED: record}[how]
        became = None if how == DELETED else record
        differences = [
            Difference(capfirst(str(field.verbose_name)), old, new)
            for field in history.fields
            for old, new in [_both(field, was, became, others=others)]
            if old != new
        ]
        if how == CHANGED and not differences:
            continue
        yield Change(
            at=record.history_date,
            who=_who(record),
            how=how,
            kind=capfirst(str(history.model._meta.verbose_name)),
            part=_named(record, history=history, others=others)
            if history.is_part
            else "",
            differences=differences,
        )


def _who(record: Any) -> str:
    """Return the name of the user, or else of the command."""
    if record.history_user is not None:
        user = record.history_user
        return str(user.get_full_name() or user.get_username())
    if record.history_change_reason:
        return str(_("command “%s”") % record.history_change_reason)
    return _("outside the admin")


def _named(record: Any, *, history: _History, others: _Others) -> str:
    """Return what the row called itself then, in one line."""
    row = record.history_object
    for key in history.keys:
        other = others.get(key, getattr(record, key.attname))
        if other is not None:
            key.set_cached_value(row, other)
    return next(iter(str(row).splitlines()), "")


def _both(
    field: Field[Any, Any], was: Any, became: Any, *, others: _Others
) -> tuple[str, str]:
    """Return what ``field`` was and became, in words.

    A tick that was never there is nothing to tell of a row that came or went.
    """
    there = [record for record in (was, became) if record is not None]
    values = [getattr(record, field.attname) for record in there]
    if values == [False] and not field.choices:
        return "", ""
    return _in_words(field, was, others=others), _in_words(field, became, others=others)


def in_words(row: Model, name: str) -> str:
    """Return the value of ``row`` in the field ``name`` as the pages show it.

    Empty where there is none. Not for keys to other rows.
    """
    field: Any = row._meta.get_field(name)
    value = getattr(row, field.attname)
    if value is None or value in ("", {}):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    return _written(value)


def _in_words(field: Field[Any, Any], record: Any, *, others: _Others) -> str:
    """Return the value of ``field`` as the pages show it; empty where there is none."""
    value = None if record is None else getattr(record, field.attname)
    if value is None or value in ("", {}):
        return ""
    if isinstance(field, ForeignKey):
        return others.name(field, value)
    return in_words(record, field.name)


def _written(value: Any) -> str:
    match value:
        case bool():
            text = _("yes") if value else _("no")
        case Decimal():
            # Whole numbers may be hours or people; with decimals it is mostly money.
            whole = value == value.to_integral_value()
            text = quantity(value) if whole else unit_price(value)
        case datetime():
            text = date_format(timezone.localtime(value), "j N Y H:i")
        case date():
            text = date_format(value, "j N Y")
        case time():
            text = time_format(value, "H:i")
        case dict():
            text = "\n".join(map(str, value.values()))
        case _:
            # Browsers send other line ends than the program writes: no difference.
            text = "\n".join(str(value).splitlines())
    return text
