"""The lines of an invoice, as rows on its page."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from invoicing.documents.document import Unit
from invoicing.models import Invoice, InvoiceLine, VatRate
from invoicing.wording import unit_label
from ownyourstory.listing import EMPTY, euros
from ownyourstory.money import ZERO
from ownyourstory.pages import PageForm, Rows
from ownyourstory.templatetags import money


class DraftOnly(BaseModelAdmin):  # type: ignore[type-arg]  # Django has no generics
    """An issued invoice and its lines can be viewed, never changed (INV-3)."""

    form: Any
    formfield_overrides: ClassVar[Any]

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        # Inlines are asked with the invoice (none yet: None), its own page without.
        return _is_open(*args) and super().has_add_permission(request, *args)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open(obj) and super().has_delete_permission(request, obj)


def _is_open(invoice: Invoice | None = None) -> bool:
    return invoice is None or invoice.is_draft


def _percentage(text: str) -> Decimal:
    """Return ``text`` as a number. Raises ValueError if it is none."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


class LineForm(PageForm):
    """A line, with the VAT rates of today to choose from."""

    beside: ClassVar = {"amounts_sound": "quantity", "rate_fits_treatment": "vat_rate"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rates = VatRate.objects.valid_on(timezone.localdate())
        choices = [("", EMPTY), *((str(rate.percent), str(rate)) for rate in rates)]
        own = self.instance.vat_rate
        if own and str(own) not in dict(choices):
            choices.append((str(own), money.percent(own)))
        self.fields["vat_rate"] = forms.TypedChoiceField(
            label=_("VAT (%)"),
            choices=choices,
            coerce=_percentage,
            empty_value=ZERO,  # type: ignore[arg-type]  # coerced values need one
            required=False,
            initial=next((str(rate.percent) for rate in rates if rate.is_standard), ""),
            widget=UnfoldAdminSelectWidget,
        )
        self.fields["description"].widget = UnfoldAdminTextareaWidget({"rows": 2})


class LineRows(DraftOnly, Rows):
    model = InvoiceLine
    form = LineForm
    min_num = 1
    classes = ["house-lines"]

    def get_fields(self, request: HttpRequest, obj: Invoice | None = None) -> Any:
        if _is_open(obj):
            return [
                "description",
                "quantity",
                "unit",
                "unit_price",
                "discount",
                "treatment",
                "proposed_because",
                "vat_rate",
                "is_eligible",
            ]
        return [
            "description",
            "how_many",
            "price",
            "less",
            "treatment",
            "proposed_because",
            "rate",
            "is_eligible",
            "net_amount",
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Invoice | None = None
    ) -> list[str]:
        if _is_open(obj):
            return ["proposed_because"]
        return ["how_many", "price", "less", "proposed_because", "rate", "net_amount"]

    @admin.display(description=_("quantity"))
    def how_many(self, line: InvoiceLine) -> str:
        unit = unit_label(Unit(line.unit), quantity=line.quantity)
        return f"{money.quantity(line.quantity)} {unit}"

    @admin.display(description=_("unit price"))
    def price(self, line: InvoiceLine) -> str:
        return money.unit_price(line.unit_price)

    @admin.display(description=_("discount"))
    def less(self, line: InvoiceLine) -> str:
        return euros(line.discount) if line.discount else EMPTY

    @admin.display(description=_("VAT (%)"))
    def rate(self, line: InvoiceLine) -> str:
        return money.percent(line.vat_rate) if line.vat_rate else EMPTY

    @admin.display(description=_("excl. VAT"))
    def net_amount(self, line: InvoiceLine) -> str:
        return euros(line.net)
