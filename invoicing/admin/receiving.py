"""Money in on the page of an invoice: what came, what is open, and recording it."""

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
from invoicing.forms import CorrectionForm, PaymentForm
from invoicing.models import Channel, Invoice, Payment
from invoicing.receipts import recording as receiving
from ownyourstory.questions import ask, say, user_of
from ownyourstory.templatetags.money import eur

MAY_RECORD = "invoicing.add_payment"


def on_its_page(invoice: Invoice, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of an issued document shows of the money for it."""
    if invoice.kind != Kind.INVOICE:
        return {}
    receipts = receiving.receipts_of(invoice)
    payments = invoice.payments.select_related("recorded_by", "corrected_by")
    return {
        "receipts": [(channel.label, found) for channel, found in receipts.items()],
        "is_paid": receiving.is_paid(receipts),
        "payments": payments,
        "may_record": request.user.has_perm(MAY_RECORD),
    }


def record_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Ask what came in for an invoice, and record it."""
    invoice = _to_record(model_admin, request, invoice_id)
    receipts = receiving.receipts_of(invoice)
    today = timezone.localdate()
    form = PaymentForm(request.POST or None, receipts=receipts, today=today)
    if form.is_valid():
        try:
            payment = receiving.record(
                invoice.pk,
                form.money(),
                now=timezone.now(),
                today=today,
                by=user_of(request),
            )
        except receiving.NotRecorded as refused:
            say(form, str(refused), field=refused.field)
        else:
            _tell(model_admin, request, payment)
            return redirect("admin:invoicing_invoice_change", invoice.pk)
    title = _("Money received for %s") % invoice
    return ask(model_admin, request, form, title=title, about=invoice)


def take_back_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, payment_id: int
) -> HttpResponse:
    """Ask why a payment is taken back, and take it back."""
    payment = get_object_or_404(Payment, pk=payment_id)
    invoice = _to_record(model_admin, request, payment.invoice_id)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            receiving.take_back(
                payment.pk,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
                by=user_of(request),
            )
        except receiving.NotRecorded as refused:
            say(form, str(refused), field=refused.field)
        else:
            model_admin.message_user(
                request, _("The payment is taken back."), messages.SUCCESS
            )
            return redirect("admin:invoicing_invoice_change", invoice.pk)
    title = _("Take back the payment of %s") % eur(payment.amount)
    return ask(model_admin, request, form, title=title, about=invoice)


def _to_record(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> Invoice:
    """Return an issued invoice. Raises PermissionDenied if she may not record money."""
    issued = Invoice.objects.issued().filter(kind=Kind.INVOICE)
    invoice = get_object_or_404(issued, pk=invoice_id)
    may_look = model_admin.has_view_permission(request, invoice)
    if not may_look or not request.user.has_perm(MAY_RECORD):
        raise PermissionDenied
    return invoice


def _tell(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, payment: Payment
) -> None:
    """Say what was recorded, and whether it is too much for its road."""
    receipt = receiving.receipts_of(payment.invoice)[Channel(payment.channel)]
    if receipt.open < 0:
        model_admin.message_user(
            request,
            _("Recorded. That is %(amount)s more than was asked %(road)s.")
            % {"amount": eur(-receipt.open), "road": payment.get_channel_display()},
            messages.WARNING,
        )
    else:
        model_admin.message_user(
            request, _("Recorded: %s.") % eur(payment.amount), messages.SUCCESS
        )
