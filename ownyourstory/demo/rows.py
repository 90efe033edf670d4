"""A row that is made once, and found again under its natural key after that."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

RowT = TypeVar("RowT", bound=models.Model)


def once(model: type[RowT], key: dict[str, Any], **fields: Any) -> tuple[RowT, bool]:
    """Return the row of ``model`` under ``key``, and whether it was made just now.

    A row that is there already stays as it is, ``fields`` or not. A new one is
    checked as if typed in: raises ValidationError if the example data are wrong.
    """
    found = model._default_manager.filter(**key).first()
    if found is not None:
        return found, False
    row = model(**key, **fields)
    row.full_clean()
    row.save()
    return row, True
