"""Forms beside the ordinary admin pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from ownyourstory.days import plausible_day
from ownyourstory.mail.letters import Letter
from ownyourstory.money import ZERO
from ownyourstory.pages import TypedDecimalField
from ownyourstory.questions import layout
from ownyourstory.templatetags.money import eur, quantity

from .crediting import Creditable
from .documents.refund import Cause, WalletState
from .models import Channel, Invoice, Means, Receipt
from .readiness import Caution
from .receipts.recording import Money
from .wording import CAUSES, WALLET_STATES

WAYS = {
    Means.ACCESS_POINT: gettext_lazy("over Peppol, at once"),
    Means.MAIL: gettext_lazy("by mail, at once, with your standard text"),
    Means.DOWNLOAD: gettext_lazy("by myself, later"),
}


class IssueForm(forms.Form):
    """When to issue a draft, and which warnings are accepted."""

    on = forms.DateField(
        label=gettext_lazy("Invoice date"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
        help_text=gettext_lazy(
            "Today, or an earlier day that is not before the last invoice."
        ),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        warnings: Sequence[Caution],
        today: date,
        ways: Sequence[Means],
    ) -> None:
        super().__init__(data, initial={"on": today, "means": ways[0]})
        if len(ways) > 1:
            self.fields["means"] = _means_field(ways)
        if warnings:
            self.fields["accepted"] = forms.MultipleChoiceField(
                label=_("I have read this and issue all the same"),
                choices=[(warning.code, warning.message) for warning in warnings],
                widget=UnfoldAdminCheckboxSelectMultipleWidget,
                required=False,
            )
        self.helper = layout(*self.fields)


class PeriodForm(forms.Form):
    """The dossiers of which period, and of which kind."""

    first = forms.DateField(
        label=gettext_lazy("Training began from"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )
    last = forms.DateField(
        label=gettext_lazy("up to and including"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )
    only_wallet = forms.BooleanField(
        label=gettext_lazy("Only with the KMO-portefeuille"),
        required=False,
        widget=UnfoldBooleanWidget,
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.helper = layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("It ends before it starts."))
        return cleaned


class HandOverForm(forms.Form):
    """On which day the owner handed a document over herself."""

    on = forms.DateField(
        label=gettext_lazy("Handed over on"), widget=UnfoldAdminSingleDateWidget
    )

    def __init__(self, data: Any = None, *, invoice: Invoice, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.invoice, self.today = invoice, today
        self.helper = layout("on")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if self.invoice.issued_on and on < self.invoice.issued_on:
            raise forms.ValidationError(
                _("It was issued on %s only.") % date_format(self.invoice.issued_on)
            )
        return on


class MoneyForm(forms.Form):
    """Money that came in or went back: on which road, how much and when."""

    amount = TypedDecimalField(
        label=gettext_lazy("amount (EUR)"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
    )
    on = forms.DateField(
        label=gettext_lazy("On"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
        help_text=gettext_lazy("The day on your bank statement."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        receipts: Mapping[Channel, Receipt],
        amounts: Mapping[Channel, Decimal],
        today: date,
    ) -> None:
        first = max(amounts, key=lambda one: amounts[one] > ZERO)
        initial = {"channel": first, "on": today, "amount": amounts[first] or None}
        super().__init__(data, initial=initial)
        self.fields["channel"] = forms.ChoiceField(
            label=_("Which road?"),
            choices=[
                (
                    channel.value,
                    _("%(road)s, open: %(amount)s")
                    % {"road": channel.label, "amount": eur(receipt.open)},
                )
                for channel, receipt in receipts.items()
            ],
            widget=UnfoldAdminRadioSelectWidget,
        )
        self.helper = layout("channel", "amount", "on")

    def money(self) -> Money:
        """Return what was typed, once it is valid."""
        typed = self.cleaned_data
        return Money(
            channel=Channel(typed["channel"]),
            amount=typed["amount"],
            on=typed["on"],
            reason=typed.get("reason", ""),
        )


class PaymentForm(MoneyForm):
    """Money that came in."""

    def __init__(
        self, data: Any = None, *, receipts: Mapping[Channel, Receipt], today: date
    ) -> None:
        amounts = {one: max(row.open, ZERO) for one, row in receipts.items()}
        super().__init__(data, receipts=receipts, amounts=amounts, today=today)


class PayBackForm(MoneyForm):
    """Money that went back to the client, or to the agency."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        required=False,
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(
        self, data: Any = None, *, receipts: Mapping[Channel, Receipt], today: date
    ) -> None:
        amounts = {one: row.surplus for one, row in receipts.items()}
        super().__init__(data, receipts=receipts, amounts=amounts, today=today)
        self.helper = layout("channel", "amount", "on", "reason")


class CorrectionForm(forms.Form):
    """Why something that was recorded is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("The reason is kept with it."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = layout("reason")


class MailForm(forms.Form):
    """A letter as it will leave: to whom, and what it says."""

    to = forms.EmailField(label=gettext_lazy("To"), widget=UnfoldAdminEmailInputWidget)
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=300, widget=UnfoldAdminTextInputWidget
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 16}),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        self.helper = layout(*self.fields)

    def clean_subject(self) -> str:
        subject: str = self.cleaned_data["subject"]
        if len(subject.splitlines()) > 1:
            raise forms.ValidationError(_("A subject is one line."))
        return subject

    def letter(self, language: str) -> Letter:
        """Return the letter as typed, once the form is cleaned."""
        return Letter(
            subject=self.cleaned_data["subject"],
            body=self.cleaned_data["body"].replace("\r\n", "\n"),
            language=language,
        )


class CreditForm(forms.Form):
    """What to credit of an invoice, why, and what the wallet had paid."""

    on = forms.DateField(
        label=gettext_lazy("Date of the credit note"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("Printed on the credit note, in the client's language."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        lines: Sequence[Creditable],
        via_wallet: bool,
        today: date,
    ) -> None:
        super().__init__(data, initial={"on": today})
        self.lines = [one for one in lines if one.left.quantity]
        for one in self.lines:
            self.fields[_field_of(one)] = self._quantity(one)
        if via_wallet:
            self._ask_about_the_wallet()
        self.helper = layout(*self.fields)

    def _quantity(self, one: Creditable) -> forms.Field:
        return TypedDecimalField(
            label=one.line.description.splitlines()[0],
            min_value=Decimal(0),
            max_digits=12,
            decimal_places=4,
            required=False,
            localize=True,
            initial=one.left.quantity,
            widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
            help_text=_("%(left)s of %(all)s left to credit: %(amount)s excl. VAT.")
            % {
                "left": quantity(one.left.quantity),
                "all": quantity(one.line.quantity),
                "amount": eur(one.left.net),
            },
        )

    def _ask_about_the_wallet(self) -> None:
        self.fields["cause"] = forms.ChoiceField(
            label=_("Who backs out?"),
            choices=list(CAUSES.items()),
            initial=Cause.CORRECTION,
            widget=UnfoldAdminRadioSelectWidget,
        )
        self.fields["state"] = forms.ChoiceField(
            label=_("What has the wallet paid of this invoice?"),
            choices=list(WALLET_STATES.items()),
            widget=UnfoldAdminRadioSelectWidget,
        )
        self.fields["paid"] = TypedDecimalField(
            label=_("Paid by the wallet so far (EUR)"),
            min_value=ZERO,
            max_digits=12,
            decimal_places=2,
            required=False,
            localize=True,
            widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
            help_text=_("Only if it has paid a part."),
        )

    def clean(self) -> dict[str, Any]:
        """Check each quantity against what is left, and that something is chosen."""
        cleaned = super().clean() or {}
        for one in self.lines:
            asked = cleaned.get(_field_of(one))
            if asked is not None and asked > one.left.quantity:
                self.add_error(
                    _field_of(one),
                    _("Only %s can still be credited.") % quantity(one.left.quantity),
                )
        if not self.errors and not any(self.quantities.values()):
            self.add_error(None, _("Nothing was chosen to credit."))
        if cleaned.get("state") == WalletState.PART and not cleaned.get("paid"):
            self.add_error("paid", _("How much has the wallet paid?"))
        return cleaned

    @property
    def quantities(self) -> dict[int, Decimal]:
        """The chosen quantities by the key of the line, once the form is cleaned."""
        return {
            one.line.pk: self.cleaned_data.get(_field_of(one)) or Decimal(0)
            for one in self.lines
        }


class ConfirmCreditForm(forms.Form):
    """Who gets what back, in words that the owner confirms or changes."""

    refund = forms.CharField(
        label=gettext_lazy("Who gets what back"),
        required=False,
        widget=UnfoldAdminTextareaWidget,
        help_text=gettext_lazy(
            "A proposal: nothing settles how a refund is split. Change it where you "
            "and the agency agreed otherwise. Printed on the credit note."
        ),
    )
    redo = forms.BooleanField(
        label=gettext_lazy("Make a new draft of the invoice too"),
        required=False,
        widget=UnfoldBooleanWidget,
        help_text=gettext_lazy("Only where all of it is credited."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        via_wallet: bool,
        initial: dict[str, str],
        ways: Sequence[Means],
    ) -> None:
        super().__init__(data, initial={"means": ways[0], **initial})
        if len(ways) > 1:
            self.fields["means"] = _means_field(ways)
        if via_wallet:
            self.fields["refund"].required = True
            self.fields["confirmed"] = forms.BooleanField(
                label=_("This is how we settle it"),
                widget=UnfoldBooleanWidget,
            )
        else:
            del self.fields["refund"]
        self.helper = layout(*self.fields)


def _means_field(ways: Sequence[Means]) -> forms.ChoiceField:
    """Return the choice of how a document goes to the client, once it is issued."""
    return forms.TypedChoiceField(
        label=_("To the client"),
        choices=[(way.value, WAYS[way]) for way in ways],
        coerce=Means,
        widget=UnfoldAdminRadioSelectWidget,
    )


def _field_of(one: Creditable) -> str:
    return f"line_{one.line.pk}"
