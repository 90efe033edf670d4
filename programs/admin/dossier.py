"""Rows that belong to a dossier: who came, and on which days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ownyourstory.pages import Rows


class DossierRows(Rows):
    """Rows of which none is deleted once the dossier is under way (DOS-9)."""

    template_before = "admin/programs/_kept_rows.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_kept = obj is not None and obj.is_kept
        return not is_kept and super().has_delete_permission(request, obj)
