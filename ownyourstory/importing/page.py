"""The two steps of an import: choose a file; look at what it would do, and confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget

from . import waiting
from .outcome import Fate, Outcome
from .refusal import Unreadable

MAX_BYTES = 5_000_000
"""Of an uploaded file."""

TEMPLATES = {
    "csv": ("as_csv", "text/csv; charset=utf-8"),
    "xlsx": (
        "as_workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What a list is brought into, and from which page.

    ``resource`` is the dotted path of a ``SheetResource``, for it is loaded with all
    that reads spreadsheets only when a list comes in; ``given`` is what it is told.
    ``purpose`` names the task and the row it is about, ``back`` where it leads to.
    """

    resource: str
    given: Mapping[str, Any]
    purpose: str
    title: str
    intro: str
    back: str
    file_name: str

    def start(self) -> Any:
        """Return a resource that has seen no list yet."""
        return import_string(self.resource)(**self.given)


class ListForm(forms.Form):
    """The file to bring in."""

    file = forms.FileField(
        label=gettext_lazy("Your list"),
        allow_empty_file=True,  # the reader says it in plainer words
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ".xlsx,.csv,.txt"}),
        help_text=gettext_lazy("Excel workbook (.xlsx) or CSV, at most 5 MB."),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_file(self) -> Any:
        """Refuse what is too large before anybody reads it."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("This file is larger than 5 MB. Divide the list over several files.")
            )
        return file


def import_view(request: HttpRequest, *, site: AdminSite, task: Task) -> HttpResponse:
    """Show the page of ``task``. Who may see it is for the caller to say."""
    if request.GET.get("template") in TEMPLATES:
        return _template(task, request.GET["template"])
    if "ticket" in request.POST:
        return _confirmed(request, site=site, task=task)
    sent = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if sent else ListForm()
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            outcome = task.start().try_out(content)
        except Unreadable as error:
            form.add_error("file", str(error))
        else:
            return _shown(request, site=site, task=task, content=content, to=outcome)
    return _page(request, site=site, task=task, form=form)


def _page(
    request: HttpRequest, *, site: AdminSite, task: Task, **context: Any
) -> HttpResponse:
    context |= {**site.each_context(request), "title": task.title, "task": task}
    return render(request, "admin/importing/import.html", context)


def _shown(
    request: HttpRequest,
    *,
    site: AdminSite,
    task: Task,
    content: bytes,
    to: Outcome,
    again: bool = False,
) -> HttpResponse:
    """Show what the file would do; where it does something, with a ticket for it."""
    ticket = ""
    if to.is_right and to.does_something:
        ticket = waiting.keep(content, shown=to.digest, purpose=_purpose(request, task))
    groups = [
        (fate, [line for line in to.lines if line.fate == fate])
        for fate in (Fate.WRONG, Fate.CHANGED, Fate.NEW, Fate.SAME)
    ]
    return _page(
        request,
        site=site,
        task=task,
        form=ListForm(),
        outcome=to,
        groups=[(fate.value, lines) for fate, lines in groups if lines],
        ticket=ticket,
        again=again,
    )


def _confirmed(request: HttpRequest, *, site: AdminSite, task: Task) -> HttpResponse:
    """Bring in the file that was looked at, or say why not."""
    try:
        file = waiting.fetch(request.POST["ticket"], purpose=_purpose(request, task))
    except waiting.Gone:
        messages.error(
            request,
            _("This list is no longer at hand. Nothing was imported: choose it again."),
        )
        return redirect(request.path)
    done = task.start().bring_in(file.content, shown=file.shown)
    waiting.forget(file)
    if done is None:
        outcome = task.start().try_out(file.content)
        return _shown(
            request, site=site, task=task, content=file.content, to=outcome, again=True
        )
    messages.success(
        request,
        _("Imported: %(new)s new, %(changed)s changed, %(same)s unchanged.")
        % {
            "new": done.count(Fate.NEW),
            "changed": done.count(Fate.CHANGED),
            "same": done.count(Fate.SAME),
        },
    )
    return redirect(task.back)


def _purpose(request: HttpRequest, task: Task) -> dict[str, Any]:
    return {"user": request.user.pk, "task": task.purpose}


def _template(task: Task, kind: str) -> HttpResponse:
    """Send the empty list to fill in."""
    write, content_type = TEMPLATES[kind]
    content = import_string(f"ownyourstory.importing.templates.{write}")(task.start())
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{task.file_name}.{kind}"'
        },
    )
