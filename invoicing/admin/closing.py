"""Closed periods of the books: closing, and reopening with a reason (EXP-4)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSingleDateWidget

from invoicing.exports import closing
from invoicing.forms import CorrectionForm
from invoicing.models import BookClosing
from ownyourstory.days import plausible_day
from ownyourstory.pages import Page
from ownyourstory.questions import ask, layout, say, user_of

MAY_EXPORT = "invoicing.export_books"
MAY_CLOSE = "invoicing.add_bookclosing"

SAVES = ("show_save", "show_save_and_continue", "show_save_and_add_another")


class CloseForm(forms.Form):
    """Up to which day the books are closed."""

    until = forms.DateField(
        label=gettext_lazy("up to and including"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )

    def __init__(self, data: Any = None, *, until: Any = None) -> None:
        super().__init__(data, initial={"until": until})
        self.helper = layout(*self.fields)


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
    list_select_related = ["closed_by"]
    list_before_template = "admin/invoicing/exports/_close.html"
    fields = [
        "until",
        ("closed_at", "closed_by"),
        ("reopened_at", "reopened_by"),
        "reopened_because",
    ]
    readonly_fields = [
        "until",
        "closed_at",
        "closed_by",
        "reopened_at",
        "reopened_by",
        "reopened_because",
    ]
    change_form_outer_before_template = "admin/invoicing/exports/_reopen.html"

    @admin.display(description=gettext_lazy("reopened by"))
    def reopened_by(self, closed: BookClosing) -> User | None:
        return closing.reopened_by(closed)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody types a closing: ``close_view`` asks and looks first."""
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = dict(extra_context or {}, may_close=_may_close(request))
        response: HttpResponse = super().changelist_view(request, context)
        return response

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a closing without buttons to save: there is nothing to type."""
        context = dict.fromkeys(SAVES, False) | (extra_context or {})
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "close/",
                self.admin_site.admin_view(partial(close_view, self)),
                name="invoicing_exports_close",
            ),
            path(
                "<int:closing_id>/reopen/",
                self.admin_site.admin_view(partial(reopen_view, self)),
                name="invoicing_bookclosing_reopen",
            ),
            *super().get_urls(),
        ]


def close_view(model_admin: BookClosingAdmin, request: HttpRequest) -> HttpResponse:
    """Ask up to which day; show what closing it would leave behind; close it."""
    if not _may_close(request):
        raise PermissionDenied
    today = timezone.localdate()
    typed = request.POST if request.method == "POST" else request.GET
    form = CloseForm(typed or None, until=closing.proposed(today))
    if not form.is_valid():
        return _closing(model_admin, request, form=form)
    until = form.cleaned_data["until"]
    refusal = closing.refusal(until, today=today)
    if request.method == "POST":
        try:
            closing.close(until, today=today, by=user_of(request))
        except closing.NotClosed as error:
            refusal = str(error)
        else:
            said = _("The books are closed up to %s.") % date_format(until)
            model_admin.message_user(request, said, messages.SUCCESS)
            return redirect("admin:invoicing_exports_books")
    if refusal:
        say(form, refusal, field="until")
        return _closing(model_admin, request, form=form)
    return _closing(model_admin, request, outlook=closing.outlook(until))


def _closing(
    model_admin: BookClosingAdmin, request: HttpRequest, **more: Any
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Close the books"),
        "opts": model_admin.opts,
        **more,
    }
    return render(request, "admin/invoicing/exports/close.html", context)


def _may_close(request: HttpRequest) -> bool:
    return request.user.has_perms([MAY_EXPORT, MAY_CLOSE])


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
            closing.reopen(
                closed.pk, reason=reason, now=timezone.now(), by=user_of(request)
            )
        except closing.NotClosed as refused:
            say(form, str(refused), field="reason")
        else:
            said = _("The period up to %s is open again.") % closed
            model_admin.message_user(request, said, messages.SUCCESS)
            return redirect("admin:invoicing_bookclosing_change", closed.pk)
    title = _("Reopen the period up to %s") % closed
    return ask(model_admin, request, form, title=title, about=closed)
