"""What the pages of a course and an enrolment have of the evidence (DOS-9)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList

from programs.file_facts import findings, with_file
from programs.models import Enrolment

from .attendance import attendance_view, day_view, sign_view, signature_view
from .dossier import DossierPage
from .file import file_panel, lamp_label
from .papers import (
    attach_to_day_view,
    attach_view,
    paper_view,
    withdraw_paper_view,
    withdraw_signature_view,
)


class EvidencePage(DossierPage):
    """A page with pages of its own for evidence."""

    class Media:
        css = {"all": ["house/dossier.css"]}

    def evidence_page(
        self, route: str, view: Callable[..., HttpResponse], name: str
    ) -> URLPattern:
        """Return the address of a page that ``view`` answers, for who may log in."""
        answer = self.admin_site.admin_view(partial(view, self))
        return path(route, answer, name=f"programs_{name}")


class CourseAttendance(EvidencePage):
    """The page of a course, from which it is recorded who was there."""

    def get_urls(self) -> list[URLPattern]:
        page = self.evidence_page
        course = "<int:course_id>"
        day = f"{course}/days/<int:session_id>"
        one = f"{course}/attendance/<int:attendance_id>"
        return [
            page(f"{course}/attendance/", attendance_view, "course_attendance"),
            page(f"{day}/", day_view, "course_day"),
            page(f"{day}/paper/", attach_to_day_view, "course_attach"),
            page(f"{day}/<int:participant_id>/", sign_view, "course_sign"),
            page(f"{one}/signature.png", signature_view, "course_signature"),
            page(f"{one}/withdraw/", withdraw_signature_view, "course_withdraw"),
            *super().get_urls(),
        ]


class EnrolmentList(ChangeList):
    """The list of enrolments, each with what its file holds."""

    def get_queryset(self, request: HttpRequest, *args: Any) -> QuerySet[Enrolment]:
        return with_file(super().get_queryset(request, *args))


class EnrolmentFile(EvidencePage):
    """The page and the list of enrolments, with the file of each."""

    list_before_template = "admin/programs/enrolment/_dossiers.html"

    def get_urls(self) -> list[URLPattern]:
        page = self.evidence_page
        paper = "papers/<int:paper_id>"
        return [
            page("<int:enrolment_id>/paper/", attach_view, "enrolment_attach"),
            page(f"{paper}/", paper_view, "enrolment_paper"),
            page(f"{paper}/withdraw/", withdraw_paper_view, "enrolment_withdraw"),
            *super().get_urls(),
        ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return EnrolmentList

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        *args: Any,
        obj: Enrolment | None = None,
        **kwargs: Any,
    ) -> HttpResponse:
        if obj is not None:
            context["file"] = file_panel(request, obj)
        response: HttpResponse = super().render_change_form(
            request, context, *args, obj=obj, **kwargs
        )
        return response

    @admin.display(description=_("evidence"))
    def evidence(self, enrolment: Enrolment) -> SafeString:
        return lamp_label(findings(enrolment, today=timezone.localdate()))
