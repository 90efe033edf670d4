"""Settings: what the scheme asks of a client."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from clients.models import Activity, Conditions
from ownyourstory.pages import DatedForm, Page


@admin.register(Conditions)
class ConditionsAdmin(Page):
    form = DatedForm
    list_display = ["__str__", "valid_from", "valid_until", "public_share_limit"]
    fieldsets = [
        (_("When"), {"fields": [("valid_from", "valid_until")]}),
        (
            _("Small enterprise"),
            {"fields": ["small_staff", ("small_turnover", "small_balance")]},
        ),
        (
            _("Medium-sized enterprise"),
            {"fields": ["medium_staff", ("medium_turnover", "medium_balance")]},
        ),
        (_("For all"), {"fields": ["public_share_limit"]}),
    ]


@admin.register(Activity)
class ActivityAdmin(Page):
    list_display = ["nace", "label"]
    list_display_links = ["nace", "label"]
    search_fields = ["nace", "label"]
