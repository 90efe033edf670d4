"""The pages of an enrolment: who comes, at what price, and on to the invoice."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, BooleanRadioFilter

from ownyourstory.listing import (
    Colour,
    QuarterFilter,
    euros,
    label,
    on_one_line,
    short_day,
    two_lines,
)
from ownyourstory.pages import KeptPage, PageForm, Rows
from programs.models import Enrolment, Extra, Participant

from .dossier import DossierRows
from .evidence import EnrolmentFile


class ParticipantRows(DossierRows):
    model = Participant
    fields = ["name", "email", "role"]
    starts_with_a_row = True


class ExtraForm(PageForm):
    beside: ClassVar = {
        "never_eligible_kinds": "is_eligible",
        "amounts_sound": "quantity",
    }


class ExtraRows(Rows):
    form = ExtraForm
    model = Extra
    fields = ["kind", "description", "quantity", "unit_price", "is_eligible"]


class EnrolmentForm(PageForm):
    beside: ClassVar = {
        "price_sound": "unit_price",
        "application_uses_wallet": "uses_wallet",
        "application_number_once": "application_number",
    }


@admin.register(Enrolment)
class EnrolmentAdmin(EnrolmentFile, KeptPage):
    form = EnrolmentForm
    list_display = [
        "client",
        "course_and_day",
        "agreed",
        "people",
        "training_amount",
        "wallet",
        "application_number",
        "evidence",
    ]
    list_filter = [
        ("uses_wallet", BooleanRadioFilter),
        QuarterFilter.over("agreed_on"),
        ("course__program", AutocompleteSelectFilter),
    ]
    search_fields = ["application_number"]
    search_help_text = _(
        "Client, VAT number, program, participant, application or order number."
    )
    autocomplete_fields = ["client", "course"]
    inlines = [ParticipantRows, ExtraRows]
    change_form_outer_before_template = "admin/programs/_enrolment_invoices.html"
    fieldsets = [
        (None, {"fields": ["client", "course", "agreed_on"]}),
        (
            _("Price"),
            {"fields": [("unit_price", "price_basis"), "discount", "order_reference"]},
        ),
        (
            _("KMO-portefeuille"),
            {"fields": ["uses_wallet", ("application_number", "applied_on")]},
        ),
        (_("For yourself"), {"fields": ["notes"]}),
    ]

    def get_changeform_initial_data(self, request: HttpRequest) -> Any:
        given = super().get_changeform_initial_data(request)
        return {"agreed_on": timezone.localdate(), **given}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Enrolment]:
        enrolments: QuerySet[Enrolment] = super().get_queryset(request)
        return enrolments.select_related("client", "course__program").prefetch_related(
            "course__sessions", "participants"
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Enrolment], search_term: str
    ) -> tuple[QuerySet[Enrolment], bool]:
        if term := search_term.strip():
            queryset = queryset.filter(pk__in=Enrolment.objects.search(term))
        return queryset, False

    @admin.display(description=_("course"), ordering="course__program__title_nl")
    def course_and_day(self, enrolment: Enrolment) -> SafeString:
        course = enrolment.course
        return two_lines(course.program, short_day(course.first_day))

    @admin.display(description=_("agreed on"), ordering="agreed_on")
    def agreed(self, enrolment: Enrolment) -> SafeString:
        return on_one_line(short_day(enrolment.agreed_on))

    @admin.display(description=_("people"))
    def people(self, enrolment: Enrolment) -> int:
        return len(enrolment.participants.all())

    @admin.display(description=_("agreed (excl. VAT)"))
    def training_amount(self, enrolment: Enrolment) -> str:
        return euros(enrolment.training_amount)

    @admin.display(description=_("wallet"), ordering="uses_wallet")
    def wallet(self, enrolment: Enrolment) -> SafeString:
        if enrolment.uses_wallet:
            return label(_("wallet"), Colour.BLUE)
        return label(_("ordinary"), Colour.GREY)
