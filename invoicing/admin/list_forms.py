"""What is asked before a list is handed over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget

from invoicing.exports.eu_services import TaxPeriod, tax_period
from invoicing.exports.handing_over import Format
from invoicing.exports.period import Period
from ownyourstory.days import plausible_day
from ownyourstory.questions import layout


class ButtonForm(forms.Form):
    """A form of which the button that was pressed is a field too, by no widget."""

    button = ""

    def clean(self) -> dict[str, Any]:
        """Say above the form what is wrong with the button: it has no other place."""
        cleaned: dict[str, Any] = super().clean() or {}
        if self.button in self.errors:
            self.add_error(None, _("Choose with one of the buttons."))
        return cleaned


class FormatForm(ButtonForm):
    """In which form; the button that was pressed says it."""

    button = "form"
    form = forms.ChoiceField(choices=[(one.value, one.value) for one in Format])

    def chosen(self) -> Format:
        """Return the form that was asked for, once it is valid."""
        return Format(self.cleaned_data["form"])


class ListingForm(FormatForm):
    """The client listing of which year."""

    year = forms.TypedChoiceField(
        label=gettext_lazy("Year"), coerce=int, widget=UnfoldAdminSelectWidget
    )

    def __init__(self, data: Any = None, *, years: Iterable[int], year: int) -> None:
        super().__init__(data, initial={"year": year}, prefix="listing")
        field: Any = self.fields["year"]
        field.choices = [(one, str(one)) for one in years]
        self.helper = layout("year")


class EuServicesForm(FormatForm):
    """The list of EU services of which month or quarter."""

    period = forms.ChoiceField(
        label=gettext_lazy("Quarter or month"), widget=UnfoldAdminSelectWidget
    )

    def __init__(
        self, data: Any = None, *, periods: Iterable[TaxPeriod], period: TaxPeriod
    ) -> None:
        super().__init__(data, initial={"period": str(period)}, prefix="eu")
        field: Any = self.fields["period"]
        field.choices = [(str(one), _in_words(one)) for one in periods]
        self.helper = layout("period")

    def period_chosen(self) -> TaxPeriod:
        """Return the period that was asked for, once it is valid."""
        return tax_period(self.cleaned_data["period"])


class WinBooksForm(ButtonForm):
    """The documents of which days; the button that was pressed says which file."""

    button = "file"

    first = forms.DateField(
        label=gettext_lazy("Issued from"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )
    last = forms.DateField(
        label=gettext_lazy("up to and including"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )
    file = forms.ChoiceField(choices=[("act", "ACT.TXT"), ("csf", "CSF.TXT")])

    def __init__(self, data: Any = None, *, first: date, last: date) -> None:
        super().__init__(
            data, initial={"first": first, "last": last}, prefix="winbooks"
        )
        self.helper = layout("first", "last")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("It ends before it starts."))
        return cleaned

    def period_chosen(self) -> Period:
        """Return the days that were asked for, once they are valid."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])


def _in_words(period: TaxPeriod) -> str:
    if period.month:
        return date_format(period.first, "F Y")
    return _("%(year)s, quarter %(quarter)s") % {
        "year": period.year,
        "quarter": period.quarter,
    }
