"""The papers of an enrolment and of a course, opened from their pages."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone, translation
from django.utils.formats import get_format
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ownyourstory.numbers import plain_number
from ownyourstory.pages import KEY, KeptPage
from ownyourstory.questions import user_of
from programs.certifying import file_certificates
from programs.models import Course, Enrolment, Participant
from programs.papers import build, writing
from programs.papers.needs import Incomplete
from programs.papers.paper import Paper
from programs.papers.wording import PAPERS

OF_AGREEMENT = {
    Paper.CONFIRMATION: writing.confirmation_pdf,
    Paper.APPLICATION: writing.application_pdf,
    Paper.STEPS: writing.steps_pdf,
}


class EnrolmentPapers(KeptPage):
    """The page of an enrolment, from which its papers are opened."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:enrolment_id>/print/<str:name>.pdf",
                self.admin_site.admin_view(self.paper),
                name="programs_enrolment_print",
            ),
            path(
                "<int:enrolment_id>/certificates/",
                self.admin_site.admin_view(require_POST(self.file_certificates)),
                name="programs_enrolment_certificates",
            ),
            *super().get_urls(),
        ]

    def paper(self, request: HttpRequest, enrolment_id: int, name: str) -> HttpResponse:
        """Show a paper of an enrolment, or say on its page what it lacks."""
        enrolment = get_object_or_404(
            self.get_queryset(request).prefetch_related("extras"), pk=enrolment_id
        )
        if not self.has_view_permission(request, enrolment):
            raise PermissionDenied
        language = _language(request, otherwise=enrolment.client.language)
        try:
            if name == Paper.CERTIFICATES:
                pdf = _certificates_pdf(enrolment, request, language=language)
            elif name in OF_AGREEMENT:
                wanted = Paper(name)
                agreed = build.agreement(
                    enrolment, paper=wanted, language=language, on=timezone.localdate()
                )
                pdf = OF_AGREEMENT[wanted](agreed)
            else:
                raise Http404
        except Incomplete as lacking:
            _tell(request, lacking)
            return redirect("admin:programs_enrolment_change", enrolment.pk)
        return _shown(pdf, Paper(name), of=enrolment.client.number, language=language)

    def file_certificates(
        self, request: HttpRequest, enrolment_id: int
    ) -> HttpResponse:
        """Keep a certificate for who was there, or say on the page what it lacks."""
        enrolment = get_object_or_404(self.get_queryset(request), pk=enrolment_id)
        if not self.has_change_permission(request, enrolment):
            raise PermissionDenied
        try:
            filed = file_certificates(
                enrolment.pk,
                now=timezone.now(),
                today=timezone.localdate(),
                by=user_of(request),
            )
        except Incomplete as lacking:
            _tell(request, lacking)
        else:
            names = get_text_list([person.name for person in filed], _("and"))
            messages.success(
                request,
                _("Certificates kept in the file: %s.") % names
                if filed
                else _("Everybody who was there has a certificate already."),
            )
        return redirect("admin:programs_enrolment_change", enrolment.pk)


class CoursePapers(KeptPage):
    """The page of a course, from which its attendance list is opened."""

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<int:course_id>/print/attendance.pdf",
                self.admin_site.admin_view(self.attendance),
                name="programs_course_print",
            ),
            *super().get_urls(),
        ]

    def attendance(self, request: HttpRequest, course_id: int) -> HttpResponse:
        """Show the list to sign, or say on the page of the course what it lacks."""
        course = get_object_or_404(
            Course.objects.select_related(
                "program__theme", "in_company_client"
            ).prefetch_related("sessions"),
            pk=course_id,
        )
        enrolments: Any = self.admin_site.get_model_admin(Enrolment)
        if not self.has_view_permission(
            request, course
        ) or not enrolments.has_view_permission(request):
            raise PermissionDenied
        only_for = course.in_company_client
        language = _language(
            request, otherwise=only_for.language if only_for else settings.LANGUAGE_CODE
        )
        try:
            signed = build.attendance(course, language=language)
        except Incomplete as lacking:
            _tell(request, lacking)
            return redirect("admin:programs_course_change", course.pk)
        pdf = writing.attendance_pdf(signed)
        first_day = signed.training.first_day.isoformat()
        return _shown(pdf, Paper.ATTENDANCE, of=first_day, language=language)


def _certificates_pdf(
    enrolment: Enrolment, request: HttpRequest, *, language: str
) -> bytes:
    """Return the certificates of all participants, or of the one that is asked for."""
    certificates = build.certificates(
        enrolment,
        language=language,
        participants=_participants(enrolment, request.GET.get("participant", "")),
        hours=_hours(request.GET.get("hours", "")),
    )
    return writing.certificates_pdf(certificates)


def _participants(enrolment: Enrolment, key: str) -> list[Participant]:
    people = list(enrolment.participants.all())
    if not key:
        return people
    found = [
        person for person in people if KEY.fullmatch(key) and person.pk == int(key)
    ]
    if not found:
        raise Http404
    return found


def _hours(typed: str) -> Decimal | None:
    """Return the hours that were typed in any notation; ``None``: nothing typed.

    Raises Incomplete if it is no number.
    """
    if not typed.strip():
        return None
    try:
        hours = Decimal(
            plain_number(typed, decimal_mark=get_format("DECIMAL_SEPARATOR"))
        )
    except InvalidOperation as error:
        raise Incomplete([_("“%s” is no number of hours.") % typed]) from error
    if not hours.is_finite():
        raise Incomplete([_("“%s” is no number of hours.") % typed])
    return hours


def _language(request: HttpRequest, *, otherwise: str) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else otherwise


def _tell(request: HttpRequest, lacking: Incomplete) -> None:
    for message in lacking.messages:
        messages.warning(request, message)


def _shown(pdf: bytes, paper: Paper, *, of: str, language: str) -> HttpResponse:
    """Return a PDF to read in the browser, named in the language it is in."""
    with translation.override(language):
        name = slugify(f"{PAPERS[paper]} {of}")
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
