"""Closed periods of the books: closing, and reopening with a reason (EXP-4)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.exports import closing
from invoicing.forms import CorrectionForm
from invoicing.models import BookClosing
from ownyourstory.pages import Page
from ownyourstory.questions import ask, say, user_of


class ReopenForm(CorrectionForm):
    """Why a closed period is reopened, in as many characters as are kept."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        longest = BookClosing._meta.get_field("reopened_because").max_length
        self.fields["reason"].validators.append(MaxLengthValidator(longest or 0))


@admin.register(BookClosing)
class BookClosingAdmin(Page):
    """Closed periods: a closing is undone with a reason, never deleted (EXP-4)."""

    list_display = ["until", "closed_at", "closed_by", "reopened_at"]
    change_form_outer_before_template = "admin/invoicing/exports/_reopen.html"

    def get_fields(self, request: HttpRequest, obj: BookClosing | None = None) -> Any:
        if obj is None:
            return ["until"]
        return ["until", "closed_at", "closed_by", "reopened_at", "reopened_because"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: BookClosing | None = None
    ) -> list[str]:
        return [] if obj is None else list(self.get_fields(request, obj))

    def save_model(
        self, request: HttpRequest, obj: BookClosing, form: Any, change: bool
    ) -> None:
        if not change:
            obj.closed_by = user_of(request)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:closing_id>/reopen/",
                self.admin_site.admin_view(partial(reopen_view, self)),
                name="invoicing_bookclosing_reopen",
            ),
            *super().get_urls(),
        ]


def reopen_view(
    model_admin: BookClosingAdmin, request: HttpRequest, closing_id: int
) -> HttpResponse:
    """Ask why a closed period is reopened, and reopen it."""
    closed = get_object_or_404(BookClosing, pk=closing_id)
    if not model_admin.has_change_permission(request, closed):
        raise PermissionDenied
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            closing.reopen(closed.pk, reason=reason, now=timezone.now())
        except closing.NotClosed as refused:
            say(form, str(refused), field="reason")
        else:
            said = _("The period up to %s is open again.") % closed
            model_admin.message_user(request, said, messages.SUCCESS)
            return redirect("admin:invoicing_bookclosing_change", closed.pk)
    title = _("Reopen the period up to %s") % closed
    return ask(model_admin, request, form, title=title, about=closed)
