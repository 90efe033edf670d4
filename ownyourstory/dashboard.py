"""What the start page shows: drafts to issue, courses to come, and the checks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from invoicing.inspecting import inspect_archive, inspect_numbers
from invoicing.models import Inspection, InspectionKind, Invoice
from programs.models import Course

MOST = 8
SOON = timedelta(days=60)


def start_page(_request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the ``context`` of the admin's start page what there is to do."""
    today = timezone.localdate()
    drafts = Invoice.objects.drafts().select_related("client")
    courses = Course.objects.starting(today, today + SOON).select_related("program")
    return context | {
        "drafts": drafts.order_by("service_until", "pk")[:MOST],
        "draft_count": drafts.count(),
        "courses": courses[:MOST],
        "inspections": [
            (kind.label, Inspection.objects.latest_of(kind)) for kind in InspectionKind
        ],
        "today": today,
    }


@require_POST
@staff_member_required
def inspect(request: HttpRequest) -> HttpResponse:
    """Inspect archive and numbers now, and go back to the start page."""
    if not request.user.has_perm("invoicing.view_invoice"):
        raise PermissionDenied
    found = [run(now=timezone.now()) for run in (inspect_archive, inspect_numbers)]
    if all(inspection.is_clean for inspection in found):
        messages.success(request, _("All in order."))
    else:
        messages.error(request, _("Something is not in order: see below."))
    return redirect("admin:index")
