"""The pages of a course: its days, its place, who may come."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.views import ChangeList

from clients.admin.verdicts import verdict_label
from ownyourstory.listing import QuarterFilter, on_one_line, short_day, two_lines
from ownyourstory.pages import KeptPage, PageForm
from ownyourstory.templatetags.money import quantity
from programs.models import Course, Session
from programs.wording import REASONS

from .catalogue import JudgedProgram, judge
from .dossier import DossierRows
from .evidence import CourseAttendance
from .printing import CoursePapers


class PlannedCourse(Protocol):
    """A course on the list: see ``CourseQuerySet.with_people`` and ``judge``."""

    program: JudgedProgram
    people_count: int
    capacity: int | None


class CourseList(ChangeList):
    """The list of courses, their programs judged a page at a time."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        judge(course.program for course in self.result_list)


class SessionForm(PageForm):
    beside: ClassVar = {"hours_sound": "hours", "times_ordered": "ends_at"}


class SessionRows(DossierRows):
    form = SessionForm
    model = Session
    fields = ["day", "starts_at", "ends_at", "hours"]
    starts_with_a_row = True


@admin.register(Course)
class CourseAdmin(CourseAttendance, CoursePapers, KeptPage):
    list_display = [
        "program_and_client",
        "first_day",
        "last_day",
        "hours",
        "place",
        "people",
        "eligibility",
    ]
    list_filter = [
        QuarterFilter.over("starts_on"),
        ("program", AutocompleteSelectFilter),
    ]
    search_fields = [
        "program__title_nl",
        "program__title_fr",
        "program__title_en",
        "place",
        "in_company_client__legal_name",
        "in_company_client__trade_name",
    ]
    autocomplete_fields = ["program", "in_company_client"]
    inlines = [SessionRows]
    change_form_outer_before_template = "admin/programs/_course_panels.html"
    fields = [
        "program",
        "place",
        "is_in_belgium",
        "in_company_client",
        "capacity",
        "notes",
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CourseList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Course]:
        courses = Course.objects.with_days().with_people()
        return (
            courses.select_related("program", "in_company_client")
            .prefetch_related("sessions", "program__answers")
            .order_by(*self.get_ordering(request))
        )

    def get_ordering(self, request: HttpRequest) -> Any:
        # By a query of its own: the order also holds where the days are not annotated.
        days = Session.objects.filter(course=OuterRef("pk")).order_by("day")
        first_day = Subquery(days.values("day")[:1])
        return [first_day.desc(nulls_first=True), "-pk"]

    @admin.display(description=_("course"), ordering="program__title_nl")
    def program_and_client(self, course: Course) -> SafeString:
        return two_lines(course.program, course.in_company_client or "")

    @admin.display(description=_("first day"), ordering="starts_on")
    def first_day(self, course: Course) -> SafeString:
        return on_one_line(short_day(course.first_day))

    @admin.display(description=_("last day"), ordering="ends_on")
    def last_day(self, course: Course) -> SafeString:
        return on_one_line(short_day(course.last_day))

    @admin.display(description=_("hours"), ordering="total_hours")
    def hours(self, course: Course) -> str:
        return quantity(course.hours)

    @admin.display(description=_("people"), ordering="people_count")
    def people(self, course: PlannedCourse) -> str:
        if course.capacity is None:
            return str(course.people_count)
        return f"{course.people_count} / {course.capacity}"

    @admin.display(description=_("wallet"))
    def eligibility(self, course: PlannedCourse) -> SafeString:
        return verdict_label(course.program.verdict, wording=REASONS)
