"""The ways of an issued document to its client, on its page and in the list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from invoicing.delivery import handing
from invoicing.delivery.standing import Standing, standing
from invoicing.forms import HandOverForm
from invoicing.models import Delivery, FileKind, Invoice, Means
from ownyourstory.listing import EMPTY, ChoiceFilter, Colour, label
from ownyourstory.outbox.models import State
from ownyourstory.questions import ask, user_of

STANDINGS = {
    Standing.TO_HAND_OVER: (gettext_lazy("to hand over"), Colour.AMBER),
    Standing.WAITING: (gettext_lazy("waiting"), Colour.BLUE),
    Standing.ON_ITS_WAY: (gettext_lazy("on its way"), Colour.BLUE),
    Standing.FAILED: (gettext_lazy("not delivered"), Colour.RED),
    Standing.DELIVERED: (gettext_lazy("delivered"), Colour.GREEN),
}

NEXT_STEPS = {
    (Standing.TO_HAND_OVER, True): gettext_lazy(
        "Next: download the XML, upload it at your Peppol portal, and press “I handed "
        "it over” here."
    ),
    (Standing.TO_HAND_OVER, False): gettext_lazy(
        "Next: send it by mail from here. Or hand the PDF over yourself, and press “I "
        "handed it over” here."
    ),
    (Standing.WAITING, True): gettext_lazy(
        "It leaves over Peppol by itself, in a moment. You need not do anything."
    ),
    (Standing.WAITING, False): gettext_lazy(
        "The mail leaves by itself, in a moment. You need not do anything."
    ),
    (Standing.ON_ITS_WAY, True): gettext_lazy(
        "Your access point brings it to the client. You need not do anything."
    ),
    (Standing.FAILED, True): gettext_lazy(
        "It did not get through. See why, and try again; or upload the XML at your "
        "Peppol portal yourself."
    ),
    (Standing.FAILED, False): gettext_lazy(
        "The mail did not get through. See why, and try again; or hand the PDF over "
        "yourself."
    ),
}
"""What the owner does next, by how far a document is and whether it is structured."""

OVER_PEPPOL = gettext_lazy(
    "Next: send it over Peppol from here. Or upload the XML at your Peppol portal "
    "yourself, and press “I handed it over” here."
)

BY_HERSELF = [Standing.UNKNOWN, Standing.TO_HAND_OVER, Standing.FAILED]


class ToClientFilter(ChoiceFilter):
    """Keep what still has to reach its client, by herself or after a failure."""

    title = gettext_lazy("to the client")
    parameter_name = "to_client"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        asked = (Standing.TO_HAND_OVER, Standing.FAILED)
        return [(one.value, STANDINGS[one][0]) for one in asked]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[Invoice]
    ) -> QuerySet[Invoice]:
        if self.value() == Standing.TO_HAND_OVER:
            waiting = Delivery.objects.to_hand_over()
        elif self.value() == Standing.FAILED:
            waiting = Delivery.objects.filter(dispatch__state=State.FAILED)
        else:
            return queryset
        return queryset.filter(pk__in=waiting.values("invoice"))


def standing_label(invoice: Invoice) -> SafeString | str:
    """Return how far an issued document is, as a coloured label."""
    if invoice.is_draft:
        return EMPTY
    found = standing(invoice)
    return label(*STANDINGS[found]) if found in STANDINGS else EMPTY


def next_step(invoice: Invoice) -> str:
    """Return in a sentence what is to be done with an issued document, if anything."""
    return str(NEXT_STEPS.get((standing(invoice), invoice.is_structured), ""))


def issued_in_words(invoices: Sequence[Invoice]) -> str:
    """Return how many were issued, and how many of them wait for the owner."""
    count = len(invoices)
    said = ngettext("Issued %s invoice.", "Issued %s invoices.", count) % count
    waiting = sum(standing(one) is Standing.TO_HAND_OVER for one in invoices)
    if not waiting:
        return said
    hers = ngettext(
        "%s is for you to hand over: see the start page.",
        "%s are for you to hand over: see the start page.",
        waiting,
    )
    return f"{said} {hers % waiting}"


def on_its_page(invoice: Invoice, *, may_deliver: bool) -> dict[str, Any]:
    """Return what the page of an issued document shows of its deliveries.

    Its steps only if ``may_deliver``: it is issued, but on its way it goes on.
    """
    deliveries = list(
        invoice.deliveries.select_related(
            "dispatch", "handed_over_by"
        ).prefetch_related("dispatch__attempts")
    )
    how_far = standing(invoice)
    is_to_do = may_deliver and how_far in BY_HERSELF
    can_go_over_peppol = (
        is_to_do
        and Means.ACCESS_POINT in handing.ways_of(invoice)
        and not any(one.means == Means.ACCESS_POINT for one in deliveries)
    )
    step = str(OVER_PEPPOL) if can_go_over_peppol else next_step(invoice)
    return {
        "deliveries": [one for one in deliveries if one.dispatch or one.handed_over_on],
        "standing": standing_label(invoice),
        "next_step": step if may_deliver else "",
        "has_xml": invoice.files.filter(kind=FileKind.XML).exists(),
        "may_deliver": may_deliver,
        "is_to_do": is_to_do,
        "was_handed_over": any(one.handed_over_on for one in deliveries),
        "can_go_over_peppol": can_go_over_peppol,
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
        handing.hand_over(invoice, on=form.cleaned_data["on"], by=user_of(request))
        model_admin.message_user(
            request, _("Noted: %s is handed over.") % invoice, messages.SUCCESS
        )
        return redirect("admin:invoicing_invoice_change", invoice.pk)
    return ask(
        model_admin,
        request,
        form,
        title=_("%(invoice)s reached %(client)s")
        % {"invoice": invoice, "client": invoice.buyer_name},
        about=invoice,
        template="admin/invoicing/invoice/hand_over.html",
        invoice=invoice,
    )


def over_peppol(
    model_admin: ModelAdmin[Invoice], request: HttpRequest, invoice_id: int
) -> HttpResponse:
    """Let an issued e-invoice go over the access point, after all."""
    invoice = get_object_or_404(Invoice.objects.issued(), pk=invoice_id)
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    try:
        handing.begin(invoice, Means.ACCESS_POINT, by=user_of(request))
    except handing.HandingError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
    else:
        model_admin.message_user(
            request, _("%s is in the outgoing post.") % invoice, messages.SUCCESS
        )
    return redirect("admin:invoicing_invoice_change", invoice.pk)
