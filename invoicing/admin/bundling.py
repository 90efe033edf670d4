"""Dossiers as one ZIP, for an inspection and for the renewal audit."""

from __future__ import annotations

from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from invoicing.bundle import Bundle, dossiers_of, last_five_years
from invoicing.bundle.contents import folder_of
from invoicing.forms import PeriodForm
from invoicing.models import Invoice
from programs.admin.file import WHOLE_FILE
from programs.models import Enrolment


def dossier_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, enrolment_id: int
) -> HttpResponseBase:
    """Hand over the whole file of one dossier."""
    _check(model_admin, request)
    enrolment = get_object_or_404(Enrolment, pk=enrolment_id)
    return _download(
        Enrolment.objects.filter(pk=enrolment.pk), name=folder_of(enrolment)
    )


def dossiers_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest
) -> HttpResponseBase:
    """Ask of which years, and hand over all their dossiers."""
    _check(model_admin, request)
    first, last = last_five_years(timezone.localdate())
    is_asked = "first" in request.GET
    form = PeriodForm(
        request.GET if is_asked else None, initial={"first": first, "last": last}
    )
    if is_asked and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        chosen = dossiers_of(first, last, only_wallet=form.cleaned_data["only_wallet"])
        if chosen.exists():
            return _download(chosen, name=f"dossiers_{first}_{last}")
        form.add_error(None, _("No training began in this period."))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Dossiers for an audit"),
        "opts": Enrolment._meta,
        "media": model_admin.media + form.media,
        "form": form,
    }
    response: HttpResponse = render(request, "admin/invoicing/bundle.html", context)
    return response


def _download(enrolments: QuerySet[Enrolment], *, name: str) -> HttpResponseBase:
    bundle = Bundle(enrolments, now=timezone.localtime())
    response = StreamingHttpResponse(bundle.stream(), content_type="application/zip")
    response["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.zip") or ""
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _check(model_admin: ModelAdmin[Invoice], request: HttpRequest) -> None:
    """Raise PermissionDenied to who may not see all that is in a dossier."""
    may = all(request.user.has_perm(permission) for permission in WHOLE_FILE)
    if not may or not model_admin.has_view_permission(request):
        raise PermissionDenied
