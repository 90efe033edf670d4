"""Settings: the terms of the scheme, with their rates."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ownyourstory.listing import euros
from ownyourstory.pages import DatedForm, Page, PageForm, Rows
from programs.models import SchemeTerms, SubsidyRate


class RateForm(PageForm):
    beside: ClassVar = {"one_per_size_and_group": "size", "percent_sound": "percent"}


class RateRows(Rows):
    form = RateForm
    model = SubsidyRate
    fields = ["theme_group", "size", "percent"]


@admin.register(SchemeTerms)
class SchemeTermsAdmin(Page):
    form = DatedForm
    list_display = [
        "__str__",
        "valid_from",
        "valid_until",
        "cap_amount",
        "apply_within_days",
        "contribution_within_days",
    ]
    inlines = [RateRows]
    fieldsets = [
        (
            _("When"),
            {
                "description": _(
                    "The day of the application decides. When a decree changes "
                    "something, end this row and add a new one: what was "
                    "calculated before then stays as it was."
                ),
                "fields": [("valid_from", "valid_until")],
            },
        ),
        (_("Amounts"), {"fields": [("cap", "minimum_cost"), "catering_limit"]}),
        (
            _("Deadlines"),
            {
                "fields": [
                    "apply_within_days",
                    "contribution_within_days",
                    "finish_within_years",
                ]
            },
        ),
    ]

    @admin.display(description=_("most per year"), ordering="cap")
    def cap_amount(self, terms: SchemeTerms) -> str:
        return euros(terms.cap)
