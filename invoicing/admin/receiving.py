"""Money on the page of an invoice: what came, what is open, and recording it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.forms import CorrectionForm, PayBackForm, PaymentForm
from invoicing.models import Channel, Invoice, Payment, PaymentKind
from invoicing.receipts import reading, recording
from invoicing.receipts.standing import Advice, standing
from invoicing.receipts.wording import advice_in_words
from ownyourstory.questions import ask, say, user_of
from ownyourstory.templatetags.money import eur

MAY_RECORD = "invoicing.add_payment"

LET_GO = {
    Advice.LET_GO_DIRECT: Channel.DIRECT,
    Advice.LET_GO_WALLET: Channel.WALLET,
}
PAY_BACK = {
    Advice.DIRECT_FOR_WALLET,
    Advice.PAY_BACK_DIRECT,
    Advice.PAY_BACK_WALLET,
}


@dataclass(frozen=True, slots=True)
class Counsel:
    """What to do about money that does not fit, with the page on which it is done."""

    text: str
    address: str
    button: str


def on_its_page(invoice: Invoice, request: HttpRequest) -> dict[str, Any]:
    """Return what the page of an issued document shows of the money for it."""
    if invoice.kind != Kind.INVOICE:
        return {}
    receipts, today = reading.receipts_of(invoice), timezone.localdate()
    payments = invoice.payments.select_related(
        "recorded_by", "corrected_by", "transaction__file"
    )
    return {
        "receipts": receipts.values(),
        "money": standing([row.due for row in receipts.values()], on=today),
        "counsel": [
            _counsel(invoice, advice, amount)
            for advice, amount in reading.advice_on(receipts)
        ],
        "may_pay_back": any(receipt.received for receipt in receipts.values()),
        "payments": payments,
        "may_record": request.user.has_perm(MAY_RECORD),
        "today": today,
    }


def record_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Ask what came in for an invoice, and record it."""
    invoice = _to_record(model_admin, request, invoice_id)
    today = timezone.localdate()
    receipts = reading.receipts_of(invoice)
    form = PaymentForm(request.POST or None, receipts=receipts, today=today)

    def write() -> str:
        payment = recording.record(
            invoice.pk,
            form.money(),
            now=timezone.now(),
            today=today,
            by=user_of(request),
        )
        return _("Recorded: %s.") % eur(payment.amount)

    title = _("Money received for %s") % invoice
    return _recorded(model_admin, request, form, write, title=title, invoice=invoice)


def pay_back_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Ask what was paid back of an invoice, and record it."""
    invoice = _to_record(model_admin, request, invoice_id)
    today = timezone.localdate()
    receipts = reading.receipts_of(invoice)
    form = PayBackForm(request.POST or None, receipts=receipts, today=today)

    def write() -> str:
        payment = recording.pay_back(
            invoice.pk,
            form.money(),
            now=timezone.now(),
            today=today,
            by=user_of(request),
        )
        return _("Recorded: %s paid back.") % eur(payment.amount)

    title = _("Money paid back of %s") % invoice
    return _recorded(model_admin, request, form, write, title=title, invoice=invoice)


def let_go_view(
    model_admin: ModelAdmin[Invoice],
    request: HttpRequest,
    invoice_id: int,
    channel: str,
) -> HttpResponse:
    """Ask why the cents that are open, or too much, are written off, and do so."""
    invoice = _to_record(model_admin, request, invoice_id)
    if channel not in Channel.values:
        raise Http404
    receipt = get_object_or_404(invoice.receipts, channel=channel)
    form = CorrectionForm(request.POST or None)

    def write() -> str:
        payment = recording.let_go(
            invoice.pk,
            Channel(channel),
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            today=timezone.localdate(),
            by=user_of(request),
        )
        return _("Written off: %s.") % eur(payment.amount)

    title = _("Write off %s") % eur(abs(receipt.open))
    return _recorded(model_admin, request, form, write, title=title, invoice=invoice)


def take_back_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, payment_id: int
) -> HttpResponse:
    """Ask why a payment is taken back, and take it back."""
    payment = get_object_or_404(Payment, pk=payment_id)
    invoice = _to_record(model_admin, request, payment.invoice_id)
    form = CorrectionForm(request.POST or None)

    def write() -> str:
        recording.take_back(
            payment.pk,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            by=user_of(request),
        )
        return _("The payment is taken back.")

    title = _TAKE_BACK[PaymentKind(payment.kind)]() % eur(payment.amount)
    return _recorded(model_admin, request, form, write, title=title, invoice=invoice)


_TAKE_BACK = {
    PaymentKind.RECEIVED: lambda: _("Take back the payment of %s"),
    PaymentKind.REFUNDED: lambda: _("Take back that %s was paid back"),
    PaymentKind.LET_GO: lambda: _("Take back that %s was written off"),
}


def _recorded(
    model_admin: ModelAdmin[Invoice],
    request: HttpRequest,
    form: forms.Form,
    write: Callable[[], str],
    *,
    title: str,
    invoice: Invoice,
) -> HttpResponse:
    """Ask ``form``; once it is valid ``write`` and say so on the invoice's page."""
    if form.is_valid():
        try:
            said = write()
        except recording.NotRecorded as refused:
            say(form, str(refused), field=refused.field)
        else:
            model_admin.message_user(request, said, messages.SUCCESS)
            return redirect("admin:invoicing_invoice_change", invoice.pk)
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


def _counsel(invoice: Invoice, advice: Advice, amount: Any) -> Counsel:
    """Return what to do in words, with the address of the page to do it on."""
    address = button = ""
    if advice in LET_GO:
        name = "admin:invoicing_invoice_let_go"
        address = reverse(name, args=[invoice.pk, LET_GO[advice].value])
        button = _("Write off…")
    elif advice in PAY_BACK:
        address = reverse("admin:invoicing_invoice_pay_back", args=[invoice.pk])
        button = _("Paid back…")
    text = advice_in_words(advice, amount, number=invoice.number)
    return Counsel(text=text, address=address, button=button)
