"""The statement of account of a client, opened from the client's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.account.build import statement
from invoicing.account.paper import Statement
from invoicing.account.writing import statement_pdf
from invoicing.dunning_forms import StatementForm
from ownyourstory.questions import ask
from programs.papers.needs import Incomplete


def statement_view(
    model_admin: ModelAdmin[Any], request: HttpRequest, client_id: int
) -> HttpResponse:
    """Ask as of which day, or of which period."""
    client = _client(request, client_id)
    form = StatementForm(today=timezone.localdate())
    return _asked(model_admin, request, client, form)


def statement_pdf_view(
    model_admin: ModelAdmin[Any], request: HttpRequest, client_id: int
) -> HttpResponse:
    """Show the statement as PDF, of today where no days are named."""
    client = _client(request, client_id)
    today = timezone.localdate()
    form = StatementForm({"last": today, **request.GET.dict()}, today=today)
    if not form.is_valid():
        return _asked(model_admin, request, client, form)
    days = form.cleaned_data
    try:
        made = statement(client, first=days["first"], last=days["last"], made_on=today)
    except Incomplete as lacking:
        for message in lacking.messages:
            model_admin.message_user(request, message, messages.WARNING)
        return redirect("admin:clients_client_change", client.pk)
    return _shown(statement_pdf(made), made)


def _asked(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    client: Client,
    form: StatementForm,
) -> HttpResponse:
    return ask(
        model_admin,
        request,
        form,
        title=_("Statement of account of %s") % client,
        about=client,
        template="admin/invoicing/statement.html",
        pdf=reverse("admin:invoicing_statement_pdf", args=[client.pk]),
    )


def _shown(pdf: bytes, made: Statement) -> HttpResponse:
    """Return a PDF to read in the browser, named in the language it is in."""
    with translation.override(made.language):
        name = slugify(_("Statement of account"))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = (
        content_disposition_header(
            False, f"{name}-{made.enterprise.client_number}-{made.last}.pdf"
        )
        or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _client(request: HttpRequest, client_id: int) -> Client:
    """Return a client. Raises PermissionDenied to who may not see its invoices."""
    for model in ("clients.{}_client", "invoicing.{}_invoice"):
        names = (model.format(action) for action in ("view", "change"))
        if not any(request.user.has_perm(name) for name in names):
            raise PermissionDenied
    return get_object_or_404(Client, pk=client_id)
