"""The texts of the mails: the owner reads, tries and changes them per language."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from ownyourstory.pages import Page

from .letters import Letter, html_of
from .models import MailText
from .placeholders import fill
from .purposes import Purpose, Text, purposes

LANGUAGES = dict(settings.LANGUAGES)


class TextForm(forms.ModelForm):  # type: ignore[type-arg]
    """A text as the owner writes it; the model says which places are not known."""

    class Meta:
        model = MailText
        fields = ("subject", "body")
        widgets = {
            "subject": UnfoldAdminTextInputWidget,
            "body": UnfoldAdminTextareaWidget(attrs={"rows": 16}),
        }

    def __init__(self, *args: Any, may_change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.disabled = not may_change
        self.helper = FormHelper()
        self.helper.form_tag = False


@admin.register(MailText)
class MailTextAdmin(Page):
    """Every purpose in every language, whether its text is the owner's or standard."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse the page that adds: each text is there, and is changed."""
        return False

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "text/<slug:code>/<slug:language>/",
                self.admin_site.admin_view(self.text_view),
                name="mail_mailtext_text",
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List what is written for, with the languages of each."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        own = set(MailText.objects.values_list("purpose", "language"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mail texts"),
            "opts": self.opts,
            "texts": [
                (
                    purpose,
                    [
                        (code, name, (purpose.code, code) in own)
                        for code, name in settings.LANGUAGES
                    ],
                )
                for purpose in purposes().values()
            ],
        }
        return render(request, "admin/mail/mailtext/list.html", context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the page of the text, which shows how it will look."""
        text = self.get_object(request, object_id)
        if text is None:
            raise Http404
        return redirect("admin:mail_mailtext_text", text.purpose, text.language)

    def text_view(self, request: HttpRequest, code: str, language: str) -> HttpResponse:
        """Show a text, what it may hold and how it will look; keep it if asked to."""
        purpose = purposes().get(code)
        if purpose is None or language not in LANGUAGES:
            raise Http404
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        may_change = self.has_change_permission(request)
        if request.method == "POST" and not may_change:
            raise PermissionDenied
        kept = MailText.objects.filter(purpose=code, language=language).first()
        form = TextForm(
            request.POST or None,
            instance=kept or _standard(purpose, language),
            may_change=may_change,
        )
        if "standard" in request.POST:
            return self._back_to_standard(request, purpose, language)
        if "save" in request.POST and form.is_valid():
            return self._keep(request, form, purpose, language)
        context = {
            **self.admin_site.each_context(request),
            "title": f"{purpose.label} · {LANGUAGES[language]}",
            "opts": self.opts,
            "purpose": purpose,
            "language": LANGUAGES[language],
            "form": form,
            "kept": kept,
            "may_change": may_change,
            "preview": _preview(form, purpose, language),
        }
        return render(request, "admin/mail/mailtext/text.html", context)

    def _keep(
        self, request: HttpRequest, form: TextForm, purpose: Purpose, language: str
    ) -> HttpResponse:
        """Keep what was typed; what equals the standard text needs no row."""
        typed = Text(form.cleaned_data["subject"], form.instance.body)
        if typed == purpose.standards[language]:
            return self._back_to_standard(request, purpose, language)
        kept, _is_new = MailText.objects.update_or_create(
            purpose=purpose.code,
            language=language,
            defaults={"subject": typed.subject, "body": typed.body},
        )
        self.message_user(request, _("Saved: %s.") % kept, messages.SUCCESS)
        return redirect("admin:mail_mailtext_changelist")

    def _back_to_standard(
        self, request: HttpRequest, purpose: Purpose, language: str
    ) -> HttpResponse:
        MailText.objects.filter(purpose=purpose.code, language=language).delete()
        self.message_user(
            request, _("The standard text is used again."), messages.SUCCESS
        )
        return redirect("admin:mail_mailtext_changelist")


def _standard(purpose: Purpose, language: str) -> MailText:
    """Return the standard text as the owner would have typed it, not stored."""
    text = purpose.standards[language]
    return MailText(
        purpose=purpose.code,
        language=language,
        subject=text.subject,
        body=text.body,
    )


def _preview(form: TextForm, purpose: Purpose, language: str) -> str:
    """Return the text in ``form`` as HTML with invented values, also with errors."""
    values = purpose.sample(language)
    subject = " ".join(fill(form["subject"].value() or "", values).split()) or "…"
    body = fill(form["body"].value() or "", values).replace("\r\n", "\n")
    sender = import_string(settings.MAIL_SENDER)
    return html_of(Letter(subject, body, language), sender(language))
