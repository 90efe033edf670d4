"""The form that asks of which period the accountant wants the books."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget

from invoicing.exports.period import Period, Preset, period_of
from invoicing.exports.wording import PRESETS
from ownyourstory.days import plausible_day
from ownyourstory.questions import layout

OWN = "own"


class PeriodChoice(forms.Form):
    """A period by its name, or from one day to another."""

    preset = forms.ChoiceField(
        label=gettext_lazy("Period"),
        choices=[*PRESETS.items(), (OWN, gettext_lazy("from … to …"))],
        widget=UnfoldAdminSelectWidget,
    )
    first = forms.DateField(
        label=gettext_lazy("from"),
        validators=[plausible_day],
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=gettext_lazy("Only for a period of your own."),
    )
    until = forms.DateField(
        label=gettext_lazy("up to and including"),
        validators=[plausible_day],
        required=False,
        widget=UnfoldAdminSingleDateWidget,
    )

    def __init__(self, data: Any, *, today: date) -> None:
        data = data if data and data.get("preset") else {"preset": Preset.LAST_QUARTER}
        super().__init__(data)
        self.today = today
        self.helper = layout(*self.fields)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        preset = cleaned.get("preset")
        if preset in PRESETS:
            cleaned["period"] = period_of(Preset(preset), today=self.today)
            return cleaned
        first, until = cleaned.get("first"), cleaned.get("until")
        for name, day in [("first", first), ("until", until)]:
            if preset == OWN and day is None and name not in self.errors:
                self.add_error(name, _("Choose a day."))
        if first and until and until < first:
            self.add_error("until", _("It ends before it starts."))
        elif first and until:
            cleaned["period"] = Period(first, until)
        return cleaned

    def period(self) -> Period | None:
        """Return the period that was chosen, ``None`` where it is not valid."""
        return self.cleaned_data.get("period") if self.is_valid() else None
