"""The two steps from an issued invoice to its credit note."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing import crediting, lifecycle
from invoicing.delivery import handing
from invoicing.documents.document import Kind
from invoicing.documents.refund import Cause, WalletState
from invoicing.forms import ConfirmCreditForm, CreditForm
from invoicing.models import Invoice
from ownyourstory.questions import user_of

from .delivering import next_step

CARRIED = ("refund", "redo")
"""What the first step carries for the second, where she came back from it."""


def credit_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Ask what to credit and why; then show what it comes to, and ask to confirm.

    Both steps are one address: each carries the answers of the other with it, so that
    nothing is kept between them and going back loses nothing.
    """
    may_see = model_admin.has_view_permission(request)
    if not may_see or not model_admin.has_add_permission(request):
        raise PermissionDenied
    invoices = Invoice.objects.issued().filter(kind=Kind.INVOICE)
    invoice = get_object_or_404(invoices, pk=invoice_id)
    asked = CreditForm(
        request.POST or None,
        lines=crediting.creditable(invoice),
        via_wallet=invoice.via_wallet,
        today=timezone.localdate(),
    )
    carried = {name: request.POST[name] for name in CARRIED if request.POST.get(name)}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Credit %s") % invoice.number,
        "opts": model_admin.opts,
        "invoice": invoice,
        "form": asked,
        "carried": carried,
    }
    if not asked.is_valid():
        return render(request, "admin/invoicing/invoice/credit.html", context)

    amounts = crediting.amounts_of(invoice, asked.quantities)
    proposal = _proposal(invoice, asked, amounts)
    if carried.get("refund") == proposal:
        del carried["refund"]  # not her own words: other amounts bring others
    if "back" in request.POST:
        return render(request, "admin/invoicing/invoice/credit.html", context)

    confirming = "confirm" in request.POST
    confirm = ConfirmCreditForm(
        request.POST if confirming else None,
        via_wallet=invoice.via_wallet,
        initial={"refund": proposal, **carried},
        ways=handing.ways_of(invoice),
    )
    problems: list[Any] = []
    if confirming and confirm.is_valid():
        try:
            return _credit(model_admin, request, invoice, asked, confirm)
        except lifecycle.NotReady as error:
            problems = error.problems
        except lifecycle.LifecycleError as error:
            confirm.add_error(None, str(error))
    context |= {
        "confirm": confirm,
        "amounts": amounts,
        "problems": problems,
        "proposal": proposal,
    }
    return render(request, "admin/invoicing/invoice/credit_confirm.html", context)


def _proposal(invoice: Invoice, asked: CreditForm, amounts: Any) -> str:
    if not invoice.via_wallet:
        return ""
    return crediting.refund_proposal(
        invoice,
        amounts,
        state=WalletState(asked.cleaned_data["state"]),
        cause=Cause(asked.cleaned_data["cause"]),
        paid=asked.cleaned_data.get("paid") or Decimal(0),
    )


def _credit(
    model_admin: ModelAdmin[Invoice],
    request: HttpRequest,
    invoice: Invoice,
    asked: CreditForm,
    confirm: ConfirmCreditForm,
) -> HttpResponse:
    """Issue the credit note, with a new draft where asked, and open what came of it."""
    wanted = crediting.Request(
        quantities=asked.quantities,
        reason=asked.cleaned_data["reason"],
        refund=confirm.cleaned_data.get("refund", ""),
    )
    on, now = asked.cleaned_data["on"], timezone.localtime()
    by = user_of(request)
    means = confirm.cleaned_data.get("means")
    if confirm.cleaned_data["redo"]:
        note, draft = crediting.credit_and_redo(
            invoice.pk, wanted, on=on, now=now, by=by, means=means
        )
        message = _("Issued credit note %s. Here is the new draft.") % note
        target = draft
    else:
        note = crediting.credit(invoice.pk, wanted, on=on, now=now, by=by, means=means)
        message = f"{_('Issued credit note %s.') % note} {next_step(note)}"
        target = note
    model_admin.message_user(request, message, messages.SUCCESS)
    return redirect("admin:invoicing_invoice_change", target.pk)
