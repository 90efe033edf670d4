"""Reminders and disputes on the page of an invoice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.dunning import disputing
from invoicing.dunning.going_out import going_out
from invoicing.dunning.sending import FURTHEST
from invoicing.dunning_forms import DisputeForm, EndDisputeForm
from invoicing.models import Dispute, DunningNotice, Invoice
from ownyourstory.questions import ask, say, user_of

MAY_DISPUTE = "invoicing.add_dispute"
MAY_END = "invoicing.change_dispute"
MAY_LOOK = "invoicing.view_invoice"


def on_its_page(invoice: Invoice, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of an invoice shows of reminders and disputes."""
    if invoice.is_draft or invoice.kind != Kind.INVOICE:
        return {}
    today = timezone.localdate()
    notices = DunningNotice.objects.filter(
        receipt__invoice=invoice, dispatch__isnull=False
    )
    planned = going_out(invoice.receipts.all(), on=today, until=today + FURTHEST)
    disputes = list(invoice.disputes.select_related("opened_by", "ended_by"))
    return {
        "dunning_sent": notices.select_related("level", "dispatch").order_by("pk"),
        "dunning_next": next(iter(planned), None),
        "disputes": disputes,
        "open_dispute": next((one for one in disputes if not one.ended_on), None),
        "may_dispute": request.user.has_perm(MAY_DISPUTE),
        "may_end_dispute": request.user.has_perm(MAY_END),
    }


def dispute_view(
    model_admin: ModelAdmin[Any], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Ask since when and why an invoice is disputed, and note it."""
    _check(request, MAY_DISPUTE)
    issued = Invoice.objects.issued().filter(kind=Kind.INVOICE)
    invoice = get_object_or_404(issued, pk=invoice_id)
    today = timezone.localdate()
    form = DisputeForm(request.POST or None, today=today)
    if form.is_valid():
        try:
            disputing.dispute(
                invoice.pk,
                reason=form.cleaned_data["reason"],
                since=form.cleaned_data["since"],
                today=today,
                by=user_of(request),
            )
        except disputing.NotDisputed as refused:
            say(form, str(refused), field=refused.field)
        else:
            model_admin.message_user(
                request,
                _("Noted. No payment reminder goes out until you end it."),
                messages.SUCCESS,
            )
            return redirect("admin:invoicing_invoice_change", invoice.pk)
    title = _("%s is disputed") % invoice
    return ask(model_admin, request, form, title=title, about=invoice)


def end_dispute_view(
    model_admin: ModelAdmin[Any], request: HttpRequest, dispute_id: int
) -> HttpResponse:
    """Ask how a dispute ended, and note it."""
    _check(request, MAY_END)
    dispute = get_object_or_404(
        Dispute.objects.select_related("invoice"), pk=dispute_id
    )
    form = EndDisputeForm(request.POST or None)
    if form.is_valid():
        try:
            disputing.end(
                dispute.pk,
                outcome=form.cleaned_data["outcome"],
                today=timezone.localdate(),
                by=user_of(request),
            )
        except disputing.NotDisputed as refused:
            say(form, str(refused), field=refused.field)
        else:
            model_admin.message_user(
                request,
                _("The dispute has ended: payment reminders go out again."),
                messages.SUCCESS,
            )
            return redirect("admin:invoicing_invoice_change", dispute.invoice_id)
    title = _("End the dispute on %s") % dispute.invoice
    return ask(model_admin, request, form, title=title, about=dispute.invoice)


def _check(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied to who may not see invoices, or not do this."""
    may_look = any(
        request.user.has_perm(name) for name in (MAY_LOOK, "invoicing.change_invoice")
    )
    if not may_look or not request.user.has_perm(permission):
        raise PermissionDenied
