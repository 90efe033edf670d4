"""Rows that belong to a dossier: who came, and on which days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from ownyourstory.pages import KeptPage, Rows


class DossierPage(KeptPage):
    """The page of a row that is not deleted once the dossier is under way (DOS-9)."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and not (obj is not None and obj.is_kept)


class DossierRows(Rows):
    """Rows of which none is deleted once the dossier is under way (DOS-9)."""

    template_before = "admin/programs/_kept_rows.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_kept = obj is not None and obj.is_kept
        return not is_kept and super().has_delete_permission(request, obj)
