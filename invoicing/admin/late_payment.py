"""Settings: how the owner reminds of money, and what late payment costs."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from invoicing.dunning.levels import Audience
from invoicing.dunning.wording import rate_missing_on
from invoicing.models import (
    ConsumerLumpSum,
    DunningLevel,
    DunningPause,
    DunningSettings,
    LateInterest,
)
from ownyourstory.listing import euros
from ownyourstory.pages import DatedForm, OneRowPage, Page
from ownyourstory.templatetags.money import percent


@admin.register(DunningSettings)
class DunningSettingsAdmin(OneRowPage):
    """Settings in one row."""

    fieldsets = [
        (None, {"fields": ["sends_by_itself", "least_days_between"]}),
        (
            _("Private persons"),
            {
                "description": _(
                    "Book XIX of the Code of Economic Law protects them: the first "
                    "reminder is free, and costs follow only where your terms name "
                    "them. In doubt, ask your lawyer before you switch costs on."
                ),
                "fields": ["consumer_days_to_pay", "consumer_costs_agreed"],
            },
        ),
    ]


@admin.register(DunningLevel)
class DunningLevelAdmin(Page):
    """The reminders in their order; their texts stand under Mail texts."""

    list_display = ["__str__", "days", "charges_costs", "is_active"]

    LATE = _(
        "Days counted from the last day to pay. Whoever catches up sends only the "
        "most urgent reminder. The law gives you interest and a fixed sum from a "
        "business as soon as it is late; you decide from which reminder you ask them."
    )
    FREE = _(
        "Days counted from the last day to pay. This reminder is free, and no other "
        "goes out to a private person before it."
    )
    AFTER = _(
        "Days counted from the reminder before it, and never within the free days "
        "after the first one. Costs are asked only where your terms name them."
    )

    def get_fieldsets(
        self, request: HttpRequest, obj: DunningLevel | None = None
    ) -> Any:
        fields = ["days", "charges_costs", "is_active"]
        if obj is None or obj.audience == Audience.BUSINESS:
            return [(None, {"fields": fields, "description": self.LATE})]
        if obj.step == 1:
            fields = ["days", "is_active"]
            return [(None, {"fields": fields, "description": self.FREE})]
        return [(None, {"fields": fields, "description": self.AFTER})]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DunningPause)
class DunningPauseAdmin(Page):
    """Clients that get no payment reminders for a while, or ever."""

    form = DatedForm
    list_display = ["client", "reason", "valid_from", "valid_until"]
    list_select_related = ["client"]
    search_fields = ["client__legal_name", "client__trade_name", "reason"]
    autocomplete_fields = ["client"]
    fields = ["client", "reason", ("valid_from", "valid_until")]


class LateInterestForm(DatedForm):
    beside: ClassVar = {
        **DatedForm.beside,
        "percent_sound": "percent",
        "fixed_sum_sound": "fixed_sum",
    }


@admin.register(LateInterest)
class LateInterestAdmin(Page):
    """A row for each half-year; without it no interest is claimed (INV-8)."""

    form = LateInterestForm
    list_display = ["__str__", "valid_from", "valid_until", "sum_amount"]
    fields = [("valid_from", "valid_until"), ("percent", "fixed_sum")]
    list_before_template = "admin/invoicing/lateinterest/_missing.html"

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        missing = rate_missing_on(timezone.localdate())
        context = dict(extra_context or {}, rate_missing=missing)
        response: HttpResponse = super().changelist_view(request, context)
        return response

    @admin.display(description=_("fixed sum"), ordering="fixed_sum")
    def sum_amount(self, row: LateInterest) -> str:
        return euros(row.fixed_sum)


@admin.register(ConsumerLumpSum)
class ConsumerLumpSumAdmin(Page):
    """The most a private person can be asked, by how much is owed (INV-8)."""

    form = DatedForm
    list_display = [
        "__str__",
        "fixed_amount",
        "slice_share",
        "most_amount",
        "valid_from",
        "valid_until",
    ]
    fieldsets = [
        (
            None,
            {
                "description": _(
                    "The law says how much a clause may ask at most. Yours asks less, "
                    "or the law changes? Ask your lawyer, end these rows and add new "
                    "ones."
                ),
                "fields": [
                    ("valid_from", "valid_until"),
                    "above",
                    ("fixed", "percent"),
                    "most",
                ],
            },
        )
    ]

    @admin.display(description=_("fixed"), ordering="fixed")
    def fixed_amount(self, row: ConsumerLumpSum) -> str:
        return euros(row.fixed)

    @admin.display(description=_("of the rest"), ordering="percent")
    def slice_share(self, row: ConsumerLumpSum) -> str:
        return percent(row.percent)

    @admin.display(description=_("at most"), ordering="most")
    def most_amount(self, row: ConsumerLumpSum) -> str:
        return euros(row.most)
