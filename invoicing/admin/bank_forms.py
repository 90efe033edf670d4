"""Forms about bank files and their transactions."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextInputWidget,
)

from invoicing.documents.document import Kind
from invoicing.models import Channel, Invoice, Payment
from invoicing.receipts.bank.outlook import Judged, Part, Road
from invoicing.receipts.bank.reading import MAX_BYTES
from invoicing.receipts.bank.statement import Flaw, Refused
from invoicing.receipts.bank.wording import refusal
from ownyourstory.pages import AnyKeySelect, TypedDecimalField
from ownyourstory.questions import layout


class BankFileForm(forms.Form):
    """The file of the bank."""

    file = forms.FileField(
        label=gettext_lazy("File of your bank"),
        allow_empty_file=True,  # the reader says it in plainer words
        widget=UnfoldAdminFileFieldWidget(
            attrs={"accept": ".cod,.coda,.xml,.txt,.COD,.XML"}
        ),
        help_text=gettext_lazy("CODA or camt.053 (XML), at most 25 MB."),
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.helper = layout("file")

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what is too large before anybody reads it."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(refusal(Refused(Flaw.TOO_LARGE)))
        return file


class BookForm(forms.Form):
    """For which invoice money is, on which road, and how much of it."""

    invoice = forms.ModelChoiceField(
        queryset=Invoice.objects.issued().filter(kind=Kind.INVOICE),
        label=gettext_lazy("Invoice"),
    )
    channel = forms.TypedChoiceField(
        label=gettext_lazy("It came"),
        choices=Channel.choices,
        coerce=Channel,
        widget=UnfoldAdminRadioSelectWidget,
    )
    amount = TypedDecimalField(
        label=gettext_lazy("Amount (EUR)"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        localize=True,
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("A part of it, where it is for more invoices."),
    )

    def __init__(
        self, data: Any = None, *, rest: Decimal, judged: Judged | None
    ) -> None:
        initial: dict[str, Any] = {"amount": rest, "channel": Channel.DIRECT}
        if judged and judged.parts:
            part = judged.parts[0]
            initial |= {
                "invoice": part.invoice,
                "channel": Channel(part.road),
                "amount": part.amount,
            }
        super().__init__(data, initial=initial)
        invoices: Any = self.fields["invoice"]
        invoices.widget = AnyKeySelect(
            Payment._meta.get_field("invoice"), admin.site, choices=invoices.choices
        )
        self.helper = layout(*self.fields)
        self.helper.include_media = False  # the page has it in its head already

    def part(self) -> Part:
        """Return what is chosen, once the form is cleaned."""
        invoice: Invoice = self.cleaned_data["invoice"]
        return Part(
            invoice=invoice.pk,
            number=invoice.number,
            road=Road(self.cleaned_data["channel"]),
            amount=self.cleaned_data["amount"],
        )


class AsideForm(forms.Form):
    """Why a transaction is for no invoice."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is for no invoice"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = layout("reason")
