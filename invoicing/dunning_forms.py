"""What is asked about disputes and about a statement of account."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSingleDateWidget, UnfoldAdminTextareaWidget

from ownyourstory.days import plausible_day
from ownyourstory.questions import layout


class DisputeForm(forms.Form):
    """Since when a client disputes an invoice, and why."""

    since = forms.DateField(
        label=gettext_lazy("Disputed since"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )
    reason = forms.CharField(
        label=gettext_lazy("What is disputed?"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("No payment reminder goes out until you end it."),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"since": today})
        self.helper = layout("since", "reason")


class EndDisputeForm(forms.Form):
    """How a dispute ended."""

    outcome = forms.CharField(
        label=gettext_lazy("How did it end?"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=gettext_lazy("Payment reminders go out again from now on."),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = layout("outcome")


class StatementForm(forms.Form):
    """A statement of account: as of a day, or all that happened in a period."""

    first = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
        help_text=gettext_lazy(
            "Leave empty for what is open on the last day; fill in for everything "
            "that happened since."
        ),
    )
    last = forms.DateField(
        label=gettext_lazy("up to and including"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"last": today})
        self.today = today
        self.helper = layout("first", "last")

    def clean_last(self) -> date:
        last: date = self.cleaned_data["last"]
        if last > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return last

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("It ends before it starts."))
        return cleaned
