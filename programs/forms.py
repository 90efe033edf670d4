"""Forms for the steps of a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from ownyourstory.days import plausible_day
from ownyourstory.pages import TypedDecimalField
from ownyourstory.questions import layout

from .lifecycle import Taken
from .models import ApplicationCheck, Enrolment, Question
from .road import NEEDS_REASON, State

GRANTS = frozenset({State.APPLIED, State.SUBSIDISED})
"""The steps at which the agency may have told what it gives."""


class StepForm(forms.Form):
    """On which day a step of the dossier was taken, and what became known with it."""

    on = forms.DateField(
        label=_("On which day?"),
        validators=[plausible_day],
        widget=UnfoldAdminSingleDateWidget,
    )

    def __init__(
        self, data: Any = None, *, step: State, enrolment: Enrolment, today: date
    ) -> None:
        super().__init__(
            data,
            initial={
                "on": today,
                "application_number": enrolment.application_number,
                "granted": enrolment.granted_subsidy,
            },
        )
        if step is State.APPLIED:
            self.fields["application_number"] = forms.CharField(
                label=_("application number"),
                max_length=40,
                required=False,
                widget=UnfoldAdminTextInputWidget,
                help_text=_("As the agency gave it. Leave empty if not known yet."),
            )
        if step in GRANTS:
            self.fields["granted"] = TypedDecimalField(
                label=_("subsidy granted (EUR)"),
                max_digits=10,
                decimal_places=2,
                required=False,
                localize=True,
                widget=UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
                help_text=_("What the agency says. Leave empty if not known yet."),
            )
        if step in NEEDS_REASON:
            self.fields["reason"] = _reason_field()
        self.helper = layout(*self.fields)

    def taken(self) -> Taken:
        """Return what was typed, once the form is cleaned."""
        return Taken(
            on=self.cleaned_data["on"],
            reason=self.cleaned_data.get("reason", ""),
            application_number=self.cleaned_data.get("application_number", ""),
            granted=self.cleaned_data.get("granted"),
        )


class TakeBackForm(forms.Form):
    """Why the last step is taken back."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"] = _reason_field()
        self.helper = layout("reason")


class CheckForm(forms.Form):
    """The four questions about an application, each with room for a reason (DOS-8)."""

    def __init__(
        self, data: Any = None, *, given: Mapping[str, ApplicationCheck]
    ) -> None:
        super().__init__(data)
        for question in Question:
            answered = given.get(question.value)
            self.fields[question.value] = forms.TypedChoiceField(
                label=question.label,
                choices=[("yes", _("yes")), ("no", _("no"))],
                coerce=lambda text: text == "yes",
                empty_value=None,
                required=False,
                initial=None if answered is None else _word(answered),
                widget=UnfoldAdminRadioSelectWidget,
            )
            self.fields[f"{question.value}_reason"] = forms.CharField(
                label=_("reason"),
                required=False,
                max_length=1000,
                initial=answered.reason if answered else "",
                widget=UnfoldAdminTextInputWidget,
                help_text=_("Needed where the answer is no; it is kept."),
            )
        self.helper = layout(*self.fields)

    def answers(self) -> dict[Question, tuple[bool, str]]:
        """Return what was answered, once the form is cleaned; the rest is left out."""
        return dict(self._answered())

    def _answered(self) -> Iterator[tuple[Question, tuple[bool, str]]]:
        for question in Question:
            is_right = self.cleaned_data[question.value]
            if is_right is not None:
                reason = self.cleaned_data[f"{question.value}_reason"]
                yield question, (is_right, reason)


def _word(check: ApplicationCheck) -> str:
    return "yes" if check.is_right else "no"


def _reason_field() -> forms.CharField:
    return forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("The reason is kept with the dossier."),
    )
