"""What the file of an enrolment holds, as the rules of evidence ask it (DOS-9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from .deadlines import issue_by
from .evidence import Day, Facts, Finding, Person, Presence, completeness
from .models import (
    Attendance,
    DossierPaper,
    Enrolment,
    Origin,
    PaperKind,
    Participant,
)
from .road import State


def with_file(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Fetch with ``enrolments`` all that ``findings`` reads, whatever their number."""
    papers: QuerySet[Any] = DossierPaper.objects.standing()
    presences: QuerySet[Any] = Attendance.objects.standing()
    return enrolments.select_related("course__program").prefetch_related(
        "course__sessions",
        Prefetch("course__sessions__papers", papers, to_attr="lists"),
        "participants",
        Prefetch("participants__attendances", presences, to_attr="presences"),
        Prefetch("papers", papers, to_attr="filed"),
        "invoices",
    )


def findings(enrolment: Enrolment, *, today: date) -> list[Finding]:
    """Return how each piece of the file stands; fetched by ``with_file``."""
    return completeness(facts_of(enrolment, today=today))


def facts_of(enrolment: Enrolment, *, today: date) -> Facts:
    """Return what is known of the file of ``enrolment``, fetched by ``with_file``."""
    papers: list[DossierPaper] = enrolment.filed  # type: ignore[attr-defined]
    people = list(enrolment.participants.all())
    last = enrolment.course.last_day
    return Facts(
        today=today,
        is_training=enrolment.course.program.is_training,
        days=list(_days(enrolment, papers)),
        people=[_person(one, papers) for one in people],
        presences=[
            Presence(
                one.pk,
                presence.session_id,
                is_present=presence.is_present,
                is_signed=presence.is_signed,
            )
            for one in people
            for presence in one.presences  # type: ignore[attr-defined]
        ],
        has_confirmation=any(
            paper.kind == PaperKind.CONFIRMATION and paper.origin == Origin.SCAN
            for paper in papers
        ),
        has_invoice=any(
            invoice.issued_on and not invoice.is_cancelled and not invoice.credits_id
            for invoice in enrolment.invoices.all()
        ),
        invoice_by=issue_by(last) if last else None,
        is_paid=enrolment.state == State.PAID if enrolment.uses_wallet else None,
    )


def _days(enrolment: Enrolment, papers: Iterable[DossierPaper]) -> Iterable[Day]:
    """Yield the session days; a list of the whole enrolment is one for each of them."""
    own_list = any(
        paper.kind == PaperKind.ATTENDANCE and paper.session_id is None
        for paper in papers
    )
    for session in enrolment.course.sessions.all():
        lists = [
            paper
            for paper in session.lists  # type: ignore[attr-defined]
            if paper.kind == PaperKind.ATTENDANCE
            and paper.enrolment_id in {None, enrolment.pk}
        ]
        yield Day(session.pk, session.day, has_list=own_list or bool(lists))


def _person(participant: Participant, papers: Iterable[DossierPaper]) -> Person:
    return Person(
        participant.pk,
        participant.name,
        has_certificate=any(
            paper.kind == PaperKind.CERTIFICATE
            and paper.participant_id in {None, participant.pk}
            for paper in papers
        ),
    )
