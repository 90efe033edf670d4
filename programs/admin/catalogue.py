"""The pages of a program with its checklist, and the settings it draws on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.forms import PaginationInlineFormSet
from unfold.views import ChangeList

from clients.admin.verdicts import verdict_label, verdict_panel
from clients.verdict import Verdict
from ownyourstory.history import update_with_history
from ownyourstory.listing import ArchiveFilter, euros, is_autocomplete, two_lines
from ownyourstory.pages import KeptPage, PageForm, Rows
from ownyourstory.templatetags.money import quantity
from programs.eligibility import program_verdict
from programs.models import ChecklistAnswer, ExcludedContent, Program, Theme
from programs.wording import REASONS


class JudgedProgram(Protocol):
    """A program with the verdict on it: see ``judge``."""

    verdict: Verdict


def judge(programs: Iterable[Any]) -> None:
    """Make each of ``programs`` a ``JudgedProgram``; prefetch their answers."""
    questions = list(ExcludedContent.objects.values_list("pk", flat=True))
    for program in programs:
        program.verdict = program_verdict(program.facts(questions=questions))


class ProgramList(ChangeList):
    """The list of programs, judged a page at a time."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        judge(self.result_list)


class ChecklistFormSet(PaginationInlineFormSet):
    """A row for every question; those left blank stay unsaved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answered = {answer.content_id for answer in self.get_queryset()}
        self.contents = {
            content.pk: content for content in ExcludedContent.objects.all()
        }
        unanswered = [pk for pk in self.contents if pk not in answered]
        self.initial_extra = [{"content": pk} for pk in unanswered]
        self.extra = len(unanswered)
        self.max_num = len(self.contents)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)
        asked = self.contents.get(form.initial.get("content"))
        if asked is not None:
            form.instance.content = asked
        return form


class AnswerForm(PageForm):
    beside: ClassVar = {"once_per_program": "applies", "reason_given": "reason"}


class ChecklistRows(Rows):
    form = AnswerForm
    model = ChecklistAnswer
    formset = ChecklistFormSet
    verbose_name_plural = _("Checklist: is the program any of these?")
    fields = ["question", "applies", "reason", "content"]
    readonly_fields = ["question"]
    can_delete = False

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "content":
            kwargs["widget"] = forms.HiddenInput()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        # An empty choice to start with: an answer is given, never proposed.
        kwargs["choices"] = [("", ""), *db_field.choices]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    @admin.display(description=_("question"))
    def question(self, answer: ChecklistAnswer) -> str:
        return str(answer.content)


@admin.register(Program)
class ProgramAdmin(KeptPage):
    list_display = [
        "title_and_kind",
        "theme",
        "delivery",
        "length",
        "price_amount",
        "eligibility",
    ]
    list_filter = [
        ("kind", ChoicesDropdownFilter),
        ("theme", RelatedDropdownFilter),
        ("delivery", ChoicesDropdownFilter),
        ArchiveFilter,
    ]
    list_select_related = ["theme"]
    search_fields = ["title_nl", "title_fr", "title_en"]
    inlines = [ChecklistRows]
    actions = ["archive", "take_back"]

    WHAT = (
        None,
        {
            "fields": [
                "kind",
                ("theme", "theme_group"),
                "delivery",
                ("hours", "price", "price_basis"),
                "is_archived",
            ]
        },
    )
    TEXTS = (
        (_("Dutch"), {"classes": ["tab"], "fields": ["title_nl", "description_nl"]}),
        (_("French"), {"classes": ["tab"], "fields": ["title_fr", "description_fr"]}),
        (_("English"), {"classes": ["tab"], "fields": ["title_en", "description_en"]}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Program | None = None) -> Any:
        if obj is None:
            return [self.WHAT, *self.TEXTS]
        judged = (_("KMO-portefeuille"), {"fields": ["verdict_now"]})
        return [judged, self.WHAT, *self.TEXTS]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Program | None = None
    ) -> list[str]:
        return ["verdict_now"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ProgramList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Program]:
        programs: QuerySet[Program] = super().get_queryset(request)
        return programs.prefetch_related("answers")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Program], search_term: str
    ) -> tuple[QuerySet[Program], bool]:
        if is_autocomplete(request):
            queryset = queryset.filter(is_archived=False)
        found: tuple[QuerySet[Program], bool] = super().get_search_results(
            request, queryset, search_term
        )
        return found

    @admin.display(description=_("program"), ordering="title_nl")
    def title_and_kind(self, program: Program) -> SafeString:
        return two_lines(program, program.get_kind_display())

    @admin.display(description=_("hours"), ordering="hours")
    def length(self, program: Program) -> str:
        return quantity(program.hours)

    @admin.display(description=_("price"), ordering="price")
    def price_amount(self, program: Program) -> SafeString:
        return two_lines(euros(program.price), program.get_price_basis_display())

    @admin.display(description=_("wallet"))
    def eligibility(self, program: JudgedProgram) -> SafeString:
        return verdict_label(program.verdict, wording=REASONS)

    @admin.display(description=_("may be paid with the wallet"))
    def verdict_now(self, program: JudgedProgram) -> SafeString:
        return verdict_panel(program.verdict, wording=REASONS)

    def get_object(self, request: HttpRequest, *args: Any) -> Program | None:
        # Here, for the form reads what it shows several times over.
        program: Program | None = super().get_object(request, *args)
        if program is not None:
            judge([program])
        return program

    @admin.action(
        description=_("Archive the selected programs"), permissions=["change"]
    )
    def archive(self, request: HttpRequest, queryset: QuerySet[Program]) -> None:
        count = update_with_history(queryset, is_archived=True)
        message = ngettext("%s program archived.", "%s programs archived.", count)
        self.message_user(request, message % count, messages.SUCCESS)

    @admin.action(
        description=_("Take the selected programs back from the archive"),
        permissions=["change"],
    )
    def take_back(self, request: HttpRequest, queryset: QuerySet[Program]) -> None:
        count = update_with_history(queryset, is_archived=False)
        message = ngettext(
            "%s program is in use again.", "%s programs are in use again.", count
        )
        self.message_user(request, message % count, messages.SUCCESS)


@admin.register(Theme)
class ThemeAdmin(KeptPage):
    list_display = ["name_nl", "name_fr", "name_en"]
    fields = ["name_nl", "name_fr", "name_en", "code"]
    prepopulated_fields = {"code": ["name_nl"]}


@admin.register(ExcludedContent)
class ExcludedContentAdmin(KeptPage):
    list_display = ["question_nl", "question_fr", "question_en"]
    fields = ["question_nl", "question_fr", "question_en", "code"]
