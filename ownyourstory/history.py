"""The history of a row: what it was, who changed it and when, kept by simple_history.

``History`` on a model writes a row of history for each ``save`` and ``delete``, in the
same transaction. What goes round ``save`` goes through ``update_with_history`` or the
library's ``bulk_create_with_history``; a test finds the call that does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.db import models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_update_with_history, get_history_model_for_model

PREFIX = HistoricalRecords.DEFAULT_MODEL_NAME_PREFIX


class _Manager(HistoryManager):
    """Writes the history of many rows at once, with the reason that one row gets."""

    def bulk_history_create(self, objs: Iterable[models.Model], **options: Any) -> Any:
        options["default_change_reason"] = (
            options.get("default_change_reason") or reason()
        )
        return super().bulk_history_create(objs, **options)


class History(HistoricalRecords):
    """Keeps the history of a model, all its fields but those in ``without``.

    Leave out what the database works out, and what a lifecycle copies at issue: the
    frozen record holds it, and nothing in it changes. A save that changes nothing of
    the others leaves no trace.
    """

    def __init__(self, *, without: Collection[str] = ()) -> None:
        super().__init__(excluded_fields=list(without), history_manager=_Manager)

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        """Give nobody any permission on history: it is written, never edited."""
        options: dict[str, Any] = super().get_meta_options(model)
        return options | {"default_permissions": ()}

    def get_change_reason_for_object(self, instance: Any, *args: Any) -> str | None:
        given: str | None = super().get_change_reason_for_object(instance, *args)
        return given or reason()

    def create_historical_record(
        self, instance: Any, history_type: str, using: str | None = None
    ) -> None:
        if history_type == "~" and self._is_known(instance):
            return
        super().create_historical_record(instance, history_type, using=using)

    def _is_known(self, instance: models.Model) -> bool:
        """Tell whether the last row of history says the same as ``instance``."""
        names = [field.attname for field in self.fields_included(instance)]
        rows = get_history_model_for_model(type(instance))._default_manager
        last = rows.filter(**{instance._meta.pk.attname: instance.pk})
        known = last.order_by("-history_id").values(*names).first()
        return bool(known == {name: getattr(instance, name) for name in names})


def reason() -> str | None:
    """Return what changes rows where no user does: ``issue`` for ``manage.py issue``.

    ``None`` inside a request, and where no command runs.
    """
    if hasattr(HistoricalRecords.context, "request"):
        return None
    program, *arguments = sys.argv
    return arguments[0] if Path(program).name == "manage.py" and arguments else None


@transaction.atomic
def update_with_history(rows: models.QuerySet[Any], **values: Any) -> int:
    """Set ``values`` in those of ``rows`` that differ, and return how many did.

    What ``rows.update(**values)`` does, with history.
    """
    changed = list(rows.exclude(**values).select_for_update(of=["self"]))
    for row in changed:
        for name, value in values.items():
            setattr(row, name, value)
    count: int = bulk_update_with_history(changed, rows.model, list(values))
    return count


def begin(app_label: str) -> Callable[[Apps, BaseDatabaseSchemaEditor], None]:
    """Return what writes down the rows that an app begins with (for ``RunPython``).

    Migrations put rows in without history: their first change would have nothing to
    be compared with.
    """

    def write(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
        for history in apps.get_app_config(app_label).get_models():
            prefix, _, name = history.__name__.partition(PREFIX)
            if prefix or not name or history._default_manager.exists():
                continue
            kept = {field.attname for field in history._meta.concrete_fields}
            model = apps.get_model(app_label, name)
            own = {field.attname for field in model._meta.concrete_fields}
            history._default_manager.bulk_create(
                history(
                    history_date=timezone.now(),
                    history_type="+",
                    history_change_reason="migrate",
                    **row,
                )
                for row in model._default_manager.values(*(own & kept))
            )

    return write
