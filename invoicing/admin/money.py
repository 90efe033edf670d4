"""Lists of money: what is still open on which road, and what came. Only to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from invoicing.models import Invoice, Payment, Receipt
from invoicing.receipts.standing import Standing, State, standing
from invoicing.receipts.wording import STANDINGS, STATES
from ownyourstory.listing import (
    EMPTY,
    ChoiceFilter,
    Colour,
    QuarterFilter,
    euros,
    label,
    on_one_line,
    short_day,
    two_lines,
)
from ownyourstory.pages import Page

STATE_COLOURS = {
    State.OPEN: Colour.GREY,
    State.PART: Colour.AMBER,
    State.SETTLED: Colour.GREEN,
    State.TOO_MUCH: Colour.BLUE,
}
STANDING_COLOURS = {
    Standing.OVERDUE: Colour.RED,
    Standing.TOO_MUCH: Colour.BLUE,
    Standing.PART: Colour.AMBER,
    Standing.OPEN: Colour.GREY,
    Standing.PAID: Colour.GREEN,
    Standing.NOTHING: Colour.GREY,
}


def standing_of(invoice: Invoice) -> SafeString | str:
    """Return how the money of an invoice stands, with the next day it is due.

    Reads its receipts: prefetch them for lists.
    """
    receipts = invoice.receipts.all()
    if not receipts:
        return EMPTY
    found = standing([row.due for row in receipts], on=timezone.localdate())
    shown = label(STANDINGS[found], STANDING_COLOURS[found])
    to_come = [row.due_on for row in receipts if row.open > 0]
    if not to_come:
        return shown
    return two_lines(shown, _("by %s") % short_day(min(to_come)))


class MoneyFilter(ChoiceFilter):
    """Keep the invoices on which money is open, overdue, or too much came."""

    title = _("money")
    parameter_name = "money"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterator[tuple[str, Any]]:
        yield "to_come", _("still to come")
        yield Standing.OVERDUE, STANDINGS[Standing.OVERDUE]
        yield Standing.TOO_MUCH, STANDINGS[Standing.TOO_MUCH]
        yield Standing.PAID, STANDINGS[Standing.PAID]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        receipts = Receipt.objects.to_come()
        match self.value():
            case "to_come":
                found = Q(pk__in=receipts.values("invoice"))
            case Standing.OVERDUE:
                late = receipts.filter(due_on__lt=timezone.localdate())
                found = Q(pk__in=late.values("invoice"))
            case Standing.TOO_MUCH:
                astray = Receipt.objects.filter(open__lt=0)
                found = Q(pk__in=astray.values("invoice"))
            case Standing.PAID:
                found = Q(receipts__isnull=False) & ~Q(
                    pk__in=Receipt.objects.exclude(open=0).values("invoice")
                )
            case _:
                return queryset
        return queryset.filter(found).distinct()


class OpenFilter(ChoiceFilter):
    """Keep what is not settled, until she asks for the rest."""

    title = _("state")
    parameter_name = "state"
    every = _("not settled")

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterator[tuple[str, Any]]:
        yield "to_come", _("still to come")
        yield "overdue", STANDINGS[Standing.OVERDUE]
        yield "too_much", STATES[State.TOO_MUCH]
        yield "settled", STATES[State.SETTLED]
        yield "all", _("all")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = {
            "to_come": Q(open__gt=0),
            "overdue": Q(open__gt=0, due_on__lt=timezone.localdate()),
            "too_much": Q(open__lt=0),
            "settled": Q(open=0),
            "all": Q(),
        }.get(self.value() or "", ~Q(open=0))
        return queryset.filter(found)


class ReadOnly(Page):
    """A list whose rows nobody types: each leads to its invoice."""

    list_display_links = None
    list_select_related = ["invoice__client"]
    search_fields = ["invoice__number"]
    search_help_text = _(
        "Number, client, VAT number, structured communication, order or "
        "application number."
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if term := search_term.strip():
            found = Invoice.objects.search(term).order_by()
            queryset = queryset.filter(invoice__in=found.values("pk"))
        return queryset, False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("invoice"), ordering="invoice__number")
    def of_invoice(self, row: Any) -> SafeString:
        name = format_html(
            '<a class="house-link" href="{}">{}</a>',
            reverse("admin:invoicing_invoice_change", args=[row.invoice_id]),
            row.invoice.number,
        )
        return two_lines(name, row.invoice.client)


@admin.register(Receipt)
class ReceiptAdmin(ReadOnly):
    """What each invoice expects on its one or two roads, and what came (PAY-2)."""

    list_display = [
        "of_invoice",
        "channel",
        "due_day",
        "how_it_stands",
        "expected_amount",
        "received_amount",
        "open_amount",
    ]
    list_filter = [
        OpenFilter,
        ("channel", ChoicesDropdownFilter),
        QuarterFilter.over("due_on"),
    ]

    @admin.display(description=_("due on"), ordering="due_on")
    def due_day(self, receipt: Receipt) -> SafeString:
        if receipt.open > 0 and receipt.due_on < timezone.localdate():
            return label(short_day(receipt.due_on), Colour.RED)
        return on_one_line(short_day(receipt.due_on))

    @admin.display(description=_("state"))
    def how_it_stands(self, receipt: Receipt) -> SafeString:
        return label(STATES[receipt.state], STATE_COLOURS[receipt.state])

    @admin.display(description=_("expected"), ordering="expected")
    def expected_amount(self, receipt: Receipt) -> str:
        return euros(receipt.expected)

    @admin.display(description=_("received"), ordering="received")
    def received_amount(self, receipt: Receipt) -> str:
        return euros(receipt.received)

    @admin.display(description=_("open"), ordering="open")
    def open_amount(self, receipt: Receipt) -> str:
        return euros(receipt.open)


@admin.register(Payment)
class PaymentAdmin(ReadOnly):
    """What came in, went back and was let go, by whom recorded; what is wrong stays."""

    list_display = [
        "received_day",
        "of_invoice",
        "kind",
        "channel",
        "paid_amount",
        "by_whom",
        "remark",
    ]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("channel", ChoicesDropdownFilter),
        QuarterFilter.over("received_on"),
    ]
    list_select_related = ["invoice__client", "recorded_by"]
    ordering = [F("received_on").desc(), "-pk"]

    @admin.display(description=_("on"), ordering="received_on")
    def received_day(self, payment: Payment) -> SafeString:
        return on_one_line(short_day(payment.received_on))

    @admin.display(description=_("amount"), ordering="amount")
    def paid_amount(self, payment: Payment) -> str:
        return euros(payment.amount)

    @admin.display(description=_("recorded by"))
    def by_whom(self, payment: Payment) -> str:
        return str(payment.recorded_by or EMPTY)

    @admin.display(description=_("remark"))
    def remark(self, payment: Payment) -> SafeString | str:
        if payment.corrected_at is None:
            return payment.reason or EMPTY
        return two_lines(label(_("taken back"), Colour.GREY), payment.correction)
