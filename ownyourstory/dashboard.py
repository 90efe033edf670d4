"""What the start page shows: what there is to do, the checks, and the figures.

Each user finds there what that user may see and add, and nothing else.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from clients.models import Client
from invoicing import figures as money
from invoicing import panels as to_do
from invoicing.inspecting import inspect_archive, inspect_numbers
from invoicing.models import Delivery, Inspection, InspectionKind, Invoice
from ownyourstory import charts
from ownyourstory.outbox import panel
from programs import figures as training
from programs import panels
from programs.models import Course, Enrolment, Reminder

MOST = 8
SOON = timedelta(days=60)
CHART_HEIGHT = 180
MAY_INSPECT = "invoicing.change_invoice"

NEW: dict[type[Model], Any] = {
    Client: gettext_lazy("New client"),
    Course: gettext_lazy("New course"),
    Enrolment: gettext_lazy("New enrolment"),
    Invoice: gettext_lazy("New invoice"),
}


def start_page(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add to the ``context`` of the admin's start page what there is to do."""
    today = timezone.localdate()
    pages = admin.site.get_model_admin
    context |= {"today": today, "new": _new(request)}
    context |= panels.registration(request, on=today)
    if pages(Enrolment).has_view_permission(request):
        context |= panels.near_days(on=today)
    if pages(Reminder).has_view_permission(request):
        context |= panels.week_ahead(on=today)
    context |= to_do.money(request, on=today)
    if pages(Invoice).has_view_permission(request):
        context |= panel.failed(request)
        drafts = Invoice.objects.drafts().select_related("client")
        waiting = Delivery.objects.to_hand_over().values("invoice")
        to_hand_over = Invoice.objects.filter(pk__in=waiting)
        context |= {
            "to_hand_over": to_hand_over.order_by("issued_on", "pk")[:MOST],
            "to_hand_over_count": to_hand_over.count(),
            "drafts": drafts.order_by("service_until", "pk")[:MOST],
            "draft_count": drafts.count(),
            "inspections": [
                (kind.label, Inspection.objects.latest_of(kind))
                for kind in InspectionKind
            ],
        }
    return context | _figures(request, on=today)


def _figures(request: HttpRequest, *, on: date) -> dict[str, Any]:
    """Return the figures that the user may see, with the places of their bars."""
    pages = admin.site.get_model_admin
    figures: dict[str, Any] = {}
    if pages(Invoice).has_view_permission(request):
        figures |= _revenue(money.revenue(on=on)) | _open(money.outstanding(on=on))
    if pages(Enrolment).has_view_permission(request):
        figures |= _subsidy(training.brought(year=on.year))
        rooms = training.rooms(on=on, most=MOST)
        figures["rooms"] = [
            (one, charts.parts([one.used], of=one.cap)) for one in rooms
        ]
    if pages(Course).has_view_permission(request):
        courses = training.filling(first=on, last=on + SOON, most=MOST)
        figures["courses"] = [
            (one, charts.parts([Decimal(one.people)], of=Decimal(one.places or 0)))
            for one in courses
        ]
    return figures


def _revenue(revenue: money.Revenue) -> dict[str, Any]:
    """Return the context of ``admin/figures/_revenue.html``."""
    values = list(zip(revenue.last_months, revenue.months, strict=True))
    chart = charts.columns(values, height=CHART_HEIGHT)
    months = zip(chart.groups, revenue.table, strict=True)
    return {
        "revenue": revenue,
        "revenue_chart": chart,
        "revenue_months": [(group, *row) for group, row in months],
    }


def _open(rows: list[money.Open]) -> dict[str, Any]:
    """Return the context of ``admin/figures/_outstanding.html``."""
    most = max(one.total for one in rows)
    return {
        "outstanding": [
            (one, charts.parts([one.wallet, one.direct], of=most)) for one in rows
        ],
        "outstanding_total": sum(one.total for one in rows),
        "outstanding_late": sum(one.total for one in rows if one.is_late),
    }


def _subsidy(brought: training.Brought) -> dict[str, Any]:
    """Return the context of ``admin/figures/_subsidy.html``."""
    amounts = [brought.granted, brought.asked, brought.to_ask]
    return {
        "brought": brought,
        "brought_parts": charts.parts(amounts, of=brought.total),
    }


def _new(request: HttpRequest) -> list[tuple[str, Any]]:
    """Return the address and the text of each button that adds something."""
    return [
        (reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"), text)
        for model, text in NEW.items()
        if admin.site.get_model_admin(model).has_add_permission(request)
    ]


@require_POST
@staff_member_required
def inspect(request: HttpRequest) -> HttpResponse:
    """Inspect archive and numbers now, and go back to the start page."""
    if not request.user.has_perm(MAY_INSPECT):
        raise PermissionDenied
    found = [run(now=timezone.now()) for run in (inspect_archive, inspect_numbers)]
    if all(inspection.is_clean for inspection in found):
        messages.success(request, _("All in order."))
    else:
        messages.error(request, _("Something is not in order: see below."))
    return redirect("admin:index")
