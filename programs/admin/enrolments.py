"""The pages of an enrolment: who comes, at what price, and on to the invoice."""

from __future__ import annotations

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, BooleanRadioFilter

from clients.verdict import Answer, Verdict
from clients.wording import REASONS as CLIENT_REASONS
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
from programs import lifecycle
from programs.application_number import looks_usual
from programs.eligibility import NEVER, may_be_overridden
from programs.models import Enrolment, Extra, Participant
from programs.road import ENDS, State
from programs.wording import REASONS, STATES

from .calendar import CalendarFile
from .dossier import DossierRows
from .evidence import EnrolmentFile
from .participants import ParticipantLists
from .printing import EnrolmentPapers
from .road import check_view, on_its_page, step_view, take_back_view

REASONS_OF = {**CLIENT_REASONS, **REASONS}

COLOURS = {
    State.AGREED: Colour.AMBER,
    State.PAID: Colour.GREEN,
    **dict.fromkeys(ENDS, Colour.GREY),
}


class ParticipantRows(DossierRows):
    model = Participant
    template_before = "admin/programs/_participants.html"
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


JUDGED_BY = frozenset({"client", "course", "agreed_on", "uses_wallet"})
"""The fields from which the verdict on an enrolment follows."""


class EnrolmentForm(PageForm):
    beside: ClassVar = {
        "grant_sound": "granted_subsidy",
        "price_sound": "unit_price",
        "application_uses_wallet": "uses_wallet",
        "application_number_once": "application_number",
    }

    def clean(self) -> dict[str, Any]:
        """Judge what is agreed, if that is new, before the database looks at it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if any(cleaned.get(name) is None for name in JUDGED_BY):
            return cleaned
        if JUDGED_BY.intersection(self.changed_data) or not self.instance.eligibility:
            for name in JUDGED_BY:
                setattr(self.instance, name, cleaned[name])
            verdict = lifecycle.judge(self.instance)
            # That advice never is, the enrolment itself says.
            is_asked = cleaned["uses_wallet"] and cleaned["course"].program.is_training
            if is_asked and not may_be_overridden(verdict):
                self.add_error("uses_wallet", _never(verdict))
        return cleaned


def _never(verdict: Verdict) -> str:
    """Return why the wallet is out of the question, whatever she writes down."""
    final = [
        str(REASONS_OF[reason.code])
        for reason in verdict.saying(Answer.NO)
        if reason.rule in NEVER
    ]
    return " ".join([*final, gettext("The wallet cannot be used: take the tick away.")])


@admin.register(Enrolment)
class EnrolmentAdmin(
    CalendarFile, EnrolmentFile, ParticipantLists, EnrolmentPapers, KeptPage
):
    form = EnrolmentForm
    list_display = [
        "client",
        "course_and_day",
        "agreed",
        "people",
        "training_amount",
        "dossier",
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
    change_form_outer_before_template = "admin/programs/_enrolment_panels.html"
    fieldsets = [
        (None, {"fields": ["client", "course", "agreed_on"]}),
        (
            _("Price"),
            {"fields": [("unit_price", "price_basis"), "discount", "order_reference"]},
        ),
        (
            _("KMO-portefeuille"),
            {
                "fields": [
                    "uses_wallet",
                    "override_reason",
                    ("application_number", "granted_subsidy"),
                ]
            },
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

    @admin.display(description=_("wallet"), ordering="state")
    def dossier(self, enrolment: Enrolment) -> SafeString:
        if not enrolment.uses_wallet:
            return label(_("ordinary"), Colour.GREY)
        state = State(enrolment.state)
        if state is State.AGREED and enrolment.eligibility_answer == Answer.NO:
            return label(_("not eligible"), Colour.RED)
        return label(STATES[state], COLOURS.get(state, Colour.BLUE))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        enrolment = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if enrolment is not None:
            context |= on_its_page(enrolment, today=timezone.localdate())
        response: HttpResponse = super().change_view(
            request, object_id, form_url, context
        )
        return response

    # What she does

    def get_urls(self) -> list[URLPattern]:
        admin_view = self.admin_site.admin_view
        return [
            path(
                "<int:enrolment_id>/step/<slug:step>/",
                admin_view(partial(step_view, self)),
                name="programs_enrolment_step",
            ),
            path(
                "<int:enrolment_id>/take-back/",
                admin_view(partial(take_back_view, self)),
                name="programs_enrolment_take_back",
            ),
            path(
                "<int:enrolment_id>/check/",
                admin_view(partial(check_view, self)),
                name="programs_enrolment_check",
            ),
            *super().get_urls(),
        ]

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """Save who comes, and then work out what it takes of the cap (SUB-7)."""
        super().save_related(request, form, formsets, change)
        enrolment: Enrolment = form.instance
        lifecycle.reserve(enrolment.pk, on=timezone.localdate())
        number = enrolment.application_number
        if number and "application_number" in form.changed_data:
            self._hint(request, number)

    def _hint(self, request: HttpRequest, number: str) -> None:
        """Say of a number of another shape that it may be a slip (DOS-7)."""
        if not looks_usual(number):
            self.message_user(
                request,
                gettext(
                    "%s is kept. Most numbers look like 2026KMO123456: is it right?"
                )
                % number,
                messages.WARNING,
            )
