"""Forms beside the ordinary admin pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSingleDateWidget,
)

from .readiness import Caution


class IssueForm(forms.Form):
    """When to issue a draft, and which warnings are accepted."""

    on = forms.DateField(
        label=_("Invoice date"),
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("Today, or an earlier day that is not before the last invoice."),
    )

    def __init__(
        self, data: Any = None, *, warnings: Sequence[Caution], today: date
    ) -> None:
        super().__init__(data, initial={"on": today})
        if warnings:
            self.fields["accepted"] = forms.MultipleChoiceField(
                label=_("I have read this and issue all the same"),
                choices=[(warning.code, warning.message) for warning in warnings],
                widget=UnfoldAdminCheckboxSelectMultipleWidget,
                required=False,
            )
        self.helper = FormHelper()
        self.helper.form_tag = False
