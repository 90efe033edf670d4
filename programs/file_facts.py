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
        "invoices__receipts",
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
        has_invoice=bool(_standing_invoices(enrolment)),
        invoice_by=issue_by(last) if last else None,
        is_paid=_is_paid(enrolment),
    )


def _standing_invoices(enrolment: Enrolment) -> list[Any]:
    """Return what was issued and not credited in full; no credit notes."""
    return [
        invoice
        for invoice in enrolment.invoices.all()
        if invoice.issued_on and not invoice.is_cancelled and not invoice.credits_id
    ]


def _is_paid(enrolment: Enrolment) -> bool:
    """Tell whether all came in that was asked, by the wallet and directly (PAY-2)."""
    invoices = _standing_invoices(enrolment)
    return bool(invoices) and all(
        receipt.is_settled for invoice in invoices for receipt in invoice.receipts.all()
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
