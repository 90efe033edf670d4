"""The ways of an issued document to its client, on its page and in the list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoicing.delivery import handing
from invoicing.delivery.standing import Standing, standing
from invoicing.forms import HandOverForm
from invoicing.models import FileKind, Invoice, Means
from ownyourstory.listing import EMPTY, Colour, label

STANDINGS = {
    Standing.TO_HAND_OVER: (gettext_lazy("to hand over"), Colour.AMBER),
    Standing.WAITING: (gettext_lazy("waiting"), Colour.BLUE),
    Standing.ON_ITS_WAY: (gettext_lazy("on its way"), Colour.BLUE),
    Standing.FAILED: (gettext_lazy("not delivered"), Colour.RED),
    Standing.DELIVERED: (gettext_lazy("delivered"), Colour.GREEN),
}


def standing_label(invoice: Invoice) -> SafeString | str:
    """Return how far an issued document is, as a coloured label."""
    if invoice.is_draft:
        return EMPTY
    found = standing(invoice)
    return label(*STANDINGS[found]) if found in STANDINGS else EMPTY


def on_its_page(invoice: Invoice) -> dict[str, Any]:
    """Return what the page of an issued document shows of its deliveries."""
    deliveries = list(invoice.deliveries.select_related("dispatch", "handed_over_by"))
    used = {delivery.means for delivery in deliveries}
    return {
        "deliveries": deliveries,
        "standing": standing_label(invoice),
        "has_xml": invoice.files.filter(kind=FileKind.XML).exists(),
        "can_go_over_peppol": Means.ACCESS_POINT in handing.ways_of(invoice)
        and Means.ACCESS_POINT not in used,
    }


def hand_over_view(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Ask on which day the owner handed a document over, and keep it."""
    invoice = get_object_or_404(Invoice.objects.issued(), pk=invoice_id)
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    form = HandOverForm(
        request.POST or None, invoice=invoice, today=timezone.localdate()
    )
    if form.is_valid():
        handing.hand_over(invoice, on=form.cleaned_data["on"], by=_user(request))
        model_admin.message_user(
            request, _("Noted: %s is handed over.") % invoice, messages.SUCCESS
        )
        return redirect("admin:invoicing_invoice_change", invoice.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Handed over"),
        "opts": model_admin.opts,
        "invoice": invoice,
        "form": form,
    }
    return render(request, "admin/invoicing/invoice/hand_over.html", context)


def over_peppol(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Let an issued e-invoice go over the access point, after all."""
    invoice = get_object_or_404(Invoice.objects.issued(), pk=invoice_id)
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    try:
        handing.begin(invoice, Means.ACCESS_POINT, by=_user(request))
    except handing.HandingError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
    else:
        model_admin.message_user(
            request, _("%s is in the outgoing post.") % invoice, messages.SUCCESS
        )
    return redirect("admin:invoicing_invoice_change", invoice.pk)


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
