"""The papers in the file of a dossier: attach, hand back, withdraw."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ownyourstory import archive
from ownyourstory.questions import user_of
from programs import filing
from programs.file_forms import PaperForm, WithdrawForm
from programs.models import (
    Attendance,
    Course,
    DossierPaper,
    Enrolment,
    PaperKind,
    Session,
)
from programs.scans import Format

from .attendance import attendance_address
from .serving import file_response


def attach_view(
    model_admin: ModelAdmin[Enrolment], request: HttpRequest, enrolment_id: int
) -> HttpResponse:
    """Attach a paper to an enrolment."""
    _check(model_admin, request, "programs.add_dossierpaper")
    enrolment = get_object_or_404(Enrolment, pk=enrolment_id)
    return _attach(
        model_admin,
        request,
        enrolment=enrolment,
        kind=request.GET.get("kind", PaperKind.CONFIRMATION),
        back=reverse("admin:programs_enrolment_change", args=[enrolment.pk]),
    )


def attach_to_day_view(
    model_admin: ModelAdmin[Course],
    request: HttpRequest,
    course_id: int,
    session_id: int,
) -> HttpResponse:
    """Attach the signed list of a session day, for all who were there."""
    _check(model_admin, request, "programs.add_dossierpaper")
    session = get_object_or_404(Session, pk=session_id, course=course_id)
    return _attach(
        model_admin,
        request,
        session=session,
        kind=PaperKind.ATTENDANCE,
        back=attendance_address(session.course),
    )


def _attach(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    *,
    kind: str,
    back: str,
    enrolment: Enrolment | None = None,
    session: Session | None = None,
) -> HttpResponse:
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        enrolment=enrolment,
        session=session,
        kind=kind,
    )
    if form.is_valid():
        paper = filing.file_paper(
            form.content,
            kind=PaperKind(form.cleaned_data["kind"]),
            name=form.cleaned_data["file"].name,
            enrolment=enrolment,
            session=session,
            participant=form.cleaned_data.get("participant"),
            now=timezone.localtime(),
            by=user_of(request),
        )
        model_admin.message_user(
            request, _("In the dossier: %s.") % paper, messages.SUCCESS
        )
        return redirect(back)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Attach a paper"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "to": enrolment or session,
        "form": form,
        "back": back,
    }
    return render(request, "admin/programs/paper.html", context)


def paper_view(
    model_admin: ModelAdmin[Enrolment], request: HttpRequest, paper_id: int
) -> HttpResponse:
    """Hand a paper back byte for byte, as a download."""
    _check(model_admin, request, "programs.view_dossierpaper")
    paper = get_object_or_404(DossierPaper, pk=paper_id)
    try:
        content = archive.read(paper.sha256)
    except archive.Damaged:
        model_admin.message_user(
            request,
            _("The file %s is missing or was changed: put it back from a backup.")
            % paper.name,
            messages.ERROR,
        )
        return redirect(_page_of(paper))
    extension = Format(paper.extension)
    stem = paper.name.rsplit(".", maxsplit=1)[0] or "scan"
    return file_response(content, name=f"{stem}.{extension}", extension=extension)


def withdraw_paper_view(
    model_admin: ModelAdmin[Enrolment], request: HttpRequest, paper_id: int
) -> HttpResponse:
    """Ask why a paper no longer counts."""
    _check(model_admin, request, "programs.change_dossierpaper")
    paper = get_object_or_404(DossierPaper.objects.standing(), pk=paper_id)
    return _withdraw(model_admin, request, paper, back=_page_of(paper))


def withdraw_signature_view(
    model_admin: ModelAdmin[Course],
    request: HttpRequest,
    course_id: int,
    attendance_id: int,
) -> HttpResponse:
    """Ask why a signature no longer counts; the person can sign anew."""
    _check(model_admin, request, "programs.change_attendance")
    row = get_object_or_404(
        Attendance.objects.standing(),
        pk=attendance_id,
        session__course=course_id,
        signed_at__isnull=False,
    )
    back = attendance_address(row.session.course)
    return _withdraw(model_admin, request, row, back=back)


def _withdraw(
    model_admin: ModelAdmin[Any],
    request: HttpRequest,
    row: DossierPaper | Attendance,
    *,
    back: str,
) -> HttpResponse:
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        filing.withdraw(
            row,
            because=form.cleaned_data["because"],
            now=timezone.localtime(),
            by=user_of(request),
        )
        model_admin.message_user(request, _("Withdrawn: %s.") % row, messages.SUCCESS)
        return redirect(back)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Withdraw"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "row": row,
        "form": form,
        "back": back,
    }
    return render(request, "admin/programs/withdraw.html", context)


def _page_of(paper: DossierPaper) -> str:
    """Return the page on which a paper is listed."""
    if paper.enrolment is not None:
        return reverse("admin:programs_enrolment_change", args=[paper.enrolment_id])
    if paper.session is None:
        return reverse("admin:programs_enrolment_changelist")
    return attendance_address(paper.session.course)


def _check(model_admin: ModelAdmin[Any], request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied to who may not see the page, or not do this."""
    may = request.user.has_perm(permission)
    if not may or not model_admin.has_view_permission(request):
        raise PermissionDenied
