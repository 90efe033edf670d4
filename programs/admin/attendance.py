"""Who was there: the grid of a course, and signing on a screen."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ownyourstory import archive
from ownyourstory.questions import user_of
from programs import attendance
from programs.attendance import AttendanceError, Mark
from programs.attendance_forms import PRESENT, AttendanceForm, SignatureForm
from programs.models import Attendance, Course, Participant, Session
from programs.scans import Format

from .serving import file_response


def attendance_view(
    model_admin: ModelAdmin[Course], request: HttpRequest, course_id: int
) -> HttpResponse:
    """Ask who was there on each day that went by."""
    course = _course(model_admin, request, course_id)
    today = timezone.localdate()
    data = request.POST.copy() if request.method == "POST" else None
    form = _form(course, today=today, data=data)
    if data is not None:
        _fill_in(form, data, everybody_on=data.get("all_present", ""))
        if form.is_valid():
            count = attendance.record(
                form.marks(), now=timezone.localtime(), by=user_of(request)
            )
            text = ngettext("%s change kept.", "%s changes kept.", count) % count
            model_admin.message_user(request, text, messages.SUCCESS)
            return redirect("admin:programs_course_attendance", course.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Attendance"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "course": course,
        "form": form,
        "rows": list(form.rows()),
        "days": [
            {
                "session": session,
                "is_to_come": session.day > today,
                "is_open": bool(form.open_in(session)),
                "papers": [paper for paper in session.papers.all() if paper.counts],
            }
            for session in form.sessions
        ],
        "may_file": request.user.has_perm("programs.add_dossierpaper"),
    }
    return render(request, "admin/programs/course/attendance.html", context)


def day_view(
    model_admin: ModelAdmin[Course],
    request: HttpRequest,
    course_id: int,
    session_id: int,
) -> HttpResponse:
    """List who is expected on a day: each name leads to where they sign."""
    course = _course(model_admin, request, course_id)
    session = _session(course, session_id)
    known = {
        row.participant_id: row for row in session.attendances.filter(withdrawn_at=None)
    }
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Sign in"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "is_popup": True,  # nothing around it: the tablet goes from hand to hand
        "course": course,
        "session": session,
        "is_to_come": session.day > timezone.localdate(),
        "people": [(person, known.get(person.pk)) for person in _people(course)],
    }
    return render(request, "admin/programs/course/day.html", context)


def sign_view(
    model_admin: ModelAdmin[Course],
    request: HttpRequest,
    course_id: int,
    session_id: int,
    participant_id: int,
) -> HttpResponse:
    """Let one participant sign for a day, or be ticked as present."""
    course = _course(model_admin, request, course_id)
    session = _session(course, session_id)
    person = next((one for one in _people(course) if one.pk == participant_id), None)
    if person is None:
        raise Http404
    form = SignatureForm(request.POST if "signature" in request.POST else None)
    now, by = timezone.localtime(), user_of(request)
    try:
        if request.method == "POST" and "present" in request.POST:
            attendance.record([Mark(person, session, session.hours)], now=now, by=by)
            done = _("%s is noted as present.") % person
        elif form.is_valid():
            drawn = form.cleaned_data["signature"]
            attendance.sign(person, session, signature=drawn, now=now, by=by)
            done = _("Thank you, %s.") % person
        else:
            done = ""
    except AttendanceError as error:
        model_admin.message_user(request, str(error), messages.ERROR)
        return redirect("admin:programs_course_day", course.pk, session.pk)
    if done:
        model_admin.message_user(request, done, messages.SUCCESS)
        return redirect("admin:programs_course_day", course.pk, session.pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Sign in"),
        "opts": model_admin.opts,
        "media": model_admin.media,
        "is_popup": True,
        "course": course,
        "session": session,
        "person": person,
        "form": form,
    }
    return render(request, "admin/programs/course/sign.html", context)


def signature_view(
    model_admin: ModelAdmin[Course],
    request: HttpRequest,
    course_id: int,
    attendance_id: int,
) -> HttpResponse:
    """Show the signature of an attendance."""
    course = _course(model_admin, request, course_id, action="view")
    row = get_object_or_404(
        Attendance, pk=attendance_id, session__course=course, signed_at__isnull=False
    )
    try:
        content = archive.read(row.signature)
    except archive.Damaged:
        model_admin.message_user(
            request,
            _("This signature is damaged: put it back from a backup."),
            messages.ERROR,
        )
        return redirect("admin:programs_course_attendance", course.pk)
    return file_response(content, name=f"{row.pk}.png", extension=Format.PNG)


def _form(course: Course, *, today: date, data: Any) -> AttendanceForm:
    return AttendanceForm(
        data,
        sessions=course.sessions.prefetch_related("papers"),
        people=_people(course),
        known=Attendance.objects.standing().filter(session__course=course),
        today=today,
    )


def _fill_in(form: AttendanceForm, data: Any, *, everybody_on: str) -> None:
    """Tick "present" for all of whom a day does not say anything yet."""
    for session in form.sessions:
        if str(session.pk) == everybody_on:
            for name in form.open_in(session):
                if not data.get(name):
                    data[name] = PRESENT


def _course(
    model_admin: ModelAdmin[Course],
    request: HttpRequest,
    course_id: int,
    *,
    action: str = "change",
) -> Course:
    """Return the course, to somebody who may see it and its attendance."""
    may = request.user.has_perm(f"programs.{action}_attendance")
    if not may or not model_admin.has_view_permission(request):
        raise PermissionDenied
    return get_object_or_404(Course.objects.select_related("program"), pk=course_id)


def _session(course: Course, session_id: int) -> Session:
    return get_object_or_404(course.sessions, pk=session_id)


def _people(course: Course) -> list[Participant]:
    """Return all who come to a course, those of one client together."""
    people = Participant.objects.filter(enrolment__course=course)
    return list(
        people.select_related("enrolment__client").order_by(
            "enrolment__client__legal_name", "enrolment", "name"
        )
    )


def attendance_address(course: Course) -> str:
    """Return the address of the grid of a course."""
    return reverse("admin:programs_course_attendance", args=[course.pk])
