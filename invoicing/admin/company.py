"""Settings of our own company: its particulars, its books, VAT rates and numbers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from invoicing.models import Bookkeeping, LedgerCode, NumberSeries, Seller, VatRate
from ownyourstory.listing import EMPTY
from ownyourstory.pages import OneRowPage, Page


@admin.register(Seller)
class SellerAdmin(OneRowPage):
    """Settings in one row."""

    fieldsets = [
        (
            _("Who we are"),
            {
                "fields": [
                    ("legal_name", "trade_name"),
                    ("legal_form", "enterprise_number"),
                    "court",
                    "logo",
                ],
            },
        ),
        (_("Address"), {"fields": ["street", ("postal_code", "city"), "country"]}),
        (_("How to reach us"), {"fields": [("email", "phone"), "website"]}),
        (_("Bank"), {"fields": ["iban", ("bic", "bank")]}),
        (
            _("Invoicing"),
            {
                "fields": [
                    "payment_term_days",
                    "mails_at_issue",
                    "is_small_enterprise",
                    ("vat_retention_years", "dossier_retention_years"),
                ]
            },
        ),
    ]


@admin.register(Bookkeeping)
class BookkeepingAdmin(OneRowPage):
    """Settings in one row."""

    fieldsets = [
        (
            _("Codes of the accountant's program"),
            {
                "fields": [
                    ("journal", "credit_journal"),
                    ("receivable_account", "vat_account"),
                    "first_month",
                ]
            },
        ),
        (_("Money"), {"fields": ["most_let_go", "wallet_payers"]}),
        (_("Yearly client listing"), {"fields": ["listing_from"]}),
    ]


@admin.register(LedgerCode)
class LedgerCodeAdmin(Page):
    """The accounts and VAT codes, one row for each sort of sale there is."""

    list_display = ["__str__", "revenue_account", "vat_code", "credit_vat_code"]
    fields = ["revenue_account", ("vat_code", "credit_vat_code")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(VatRate)
class VatRateAdmin(Page):
    list_display = ["__str__", "grid", "is_standard", "valid_from", "valid_until"]
    list_filter = ["is_standard"]


@admin.register(NumberSeries)
class NumberSeriesAdmin(Page):
    """A series can be shaped until its first number is given (INV-1)."""

    list_display = ["__str__", "prefix", "last_given", "next_given"]
    list_filter = ["kind", "year"]
    fields = [("kind", "year"), ("prefix", "digits"), ("first", "next_given")]
    readonly_fields = ["next_given"]

    @admin.display(description=_("last number given"))
    def last_given(self, series: NumberSeries) -> str:
        return EMPTY if series.last is None else series.numbered(series.last)

    @admin.display(description=_("next number"))
    def next_given(self, series: NumberSeries) -> str:
        return series.numbered(series.next) if series.year else EMPTY

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _unused(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _unused(obj) and super().has_delete_permission(request, obj)


def _unused(series: NumberSeries | None) -> bool:
    return series is None or series.last is None
