"""The files of one dossier: its tables, papers, signatures, invoices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from invoicing.models import Seller, StoredFile
from ownyourstory import archive
from ownyourstory.sheets import csv_bytes
from programs.file_facts import findings
from programs.models import Attendance, DossierPaper, DossierStep, Enrolment
from programs.retention import kept_until
from programs.wording import PIECES, STANDINGS


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a dossier; no ``content`` where it is damaged: ``flaw`` says how."""

    path: str
    what: str
    content: bytes | None
    flaw: str = ""


def folder_of(enrolment: Enrolment) -> str:
    """Return the folder of a dossier: ``2026-03-12_bakkerij-janssens-bv_17``."""
    first = enrolment.course.first_day
    start = first.isoformat() if first else "0000-00-00"
    return f"{start}_{slugify(str(enrolment.client))[:50] or 'client'}_{enrolment.pk}"


def members_of(enrolment: Enrolment, *, today: date) -> Iterator[Member]:
    """Yield the files of a dossier, fetched by ``file_facts.with_file``.

    One at a time, each read from the archive when it is asked for.
    """
    folder = folder_of(enrolment)
    attendances = list(
        Attendance.objects.filter(participant__enrolment=enrolment)
        .select_related("participant", "session", "recorded_by", "withdrawn_by")
        .order_by("session__day", "session", "participant__name", "pk")
    )
    yield Member(f"{folder}/dossier.csv", _("dossier"), _dossier(enrolment, today))
    yield Member(f"{folder}/steps.csv", _("steps"), _steps(enrolment))
    yield Member(f"{folder}/attendance.csv", _("attendance"), _attendance(attendances))
    for paper in _papers(enrolment):
        yield _stored(
            f"{folder}/papers/{_paper_name(paper)}",
            _paper_words(paper),
            paper.sha256,
        )
    for row in attendances:
        if row.is_signed:
            who = f"{row.participant}, {row.session}"
            yield _stored(
                f"{folder}/signatures/{_signature_name(row)}",
                _("signature of %s") % who,
                row.signature,
            )
    files = StoredFile.objects.filter(invoice__enrolment=enrolment)
    for file in files.select_related("invoice").order_by("invoice__issued_at", "kind"):
        yield _stored(
            f"{folder}/invoices/{file.invoice.file_name(file.kind)}",
            f"{file.invoice.get_kind_display()} {file.invoice.number} ({file.kind})",
            file.sha256,
        )


def _stored(path: str, what: str, sha256: str) -> Member:
    """Return a file of the archive, or what is wrong with it."""
    try:
        return Member(path, what, archive.read(sha256))
    except archive.Damaged as error:
        return Member(path, what, None, flaw=str(error))


def _papers(enrolment: Enrolment) -> Iterator[DossierPaper]:
    """Yield the papers of an enrolment, then the lists of its session days."""
    papers = DossierPaper.objects.select_related("session", "participant")
    yield from papers.filter(enrolment=enrolment).order_by("kind", "pk")
    of_days = papers.filter(enrolment=None, session__course=enrolment.course_id)
    yield from of_days.order_by("session__day", "pk")


def _paper_name(paper: DossierPaper) -> str:
    stem = slugify(paper.name.rsplit(".", maxsplit=1)[0])[:60] or "paper"
    mark = "" if paper.counts else "withdrawn_"
    return f"{paper.kind}_{mark}{paper.pk}_{stem}.{paper.extension}"


def _paper_words(paper: DossierPaper) -> str:
    parts = [paper.get_kind_display(), paper.session, paper.participant]
    if not paper.counts:
        parts.append(_("withdrawn: %s") % paper.withdrawn_because)
    return ", ".join(str(part) for part in parts if part)


def _signature_name(row: Attendance) -> str:
    name = slugify(str(row.participant))[:50] or "participant"
    mark = "" if row.counts else "withdrawn_"
    return f"{row.session.day}_{mark}{row.pk}_{name}.png"


def _dossier(enrolment: Enrolment, today: date) -> bytes:
    """Return what was agreed, and how each piece of the file stands."""
    client, course = enrolment.client, enrolment.course
    facts = [
        (_("client"), client),
        (_("enterprise number"), client.enterprise_number),
        (_("program"), course.program),
        (_("place"), course.place),
        (_("days"), ", ".join(day.isoformat() for day in course.days)),
        (_("hours"), course.hours),
        (_("agreed on"), enrolment.agreed_on),
        (_("agreed (excl. VAT)"), enrolment.training_amount),
        (
            _("pays with the KMO-portefeuille"),
            _("yes") if enrolment.uses_wallet else _("no"),
        ),
        (_("application number"), enrolment.application_number),
        (_("applied on"), enrolment.applied_on),
        (_("how far it is"), enrolment.get_state_display()),
        (_("kept until"), _kept_until(enrolment)),
        (_("estimated subsidy (EUR)"), enrolment.subsidy_estimate),
        (_("subsidy granted (EUR)"), enrolment.granted_subsidy),
    ]
    people = [
        (_("participant"), f"{one.name} ({one.get_role_display()})")
        for one in enrolment.participants.all()
    ]
    file = [
        (PIECES[found.piece], STANDINGS[found.standing])
        for found in findings(enrolment, today=today)
    ]
    return csv_bytes([_("what"), _("value")], [*facts, *people, *file])


def _kept_until(enrolment: Enrolment) -> date | None:
    """Return the last day on which nothing of it is deleted (DOS-9)."""
    first = enrolment.course.first_day
    years = Seller.objects.current().dossier_retention_years
    return kept_until(first, years=years) if first else None


def _steps(enrolment: Enrolment) -> bytes:
    """Return the steps as they were taken, the corrected ones too."""
    header = [
        _("step"),
        _("on"),
        _("reason"),
        _("recorded at"),
        _("recorded by"),
        _("taken back at"),
        _("taken back by"),
        _("why it was taken back"),
    ]
    steps = DossierStep.objects.filter(enrolment=enrolment).order_by("pk")
    return csv_bytes(
        header,
        [
            [
                step.get_state_display(),
                step.happened_on,
                step.reason,
                step.recorded_at,
                step.recorded_by,
                step.corrected_at,
                step.corrected_by,
                step.correction,
            ]
            for step in steps.select_related("recorded_by", "corrected_by")
        ],
    )


def _attendance(attendances: list[Attendance]) -> bytes:
    """Return who was there, as it was recorded, the withdrawn signatures too."""
    header = [
        _("day"),
        _("participant"),
        _("works there as"),
        _("present"),
        _("hours"),
        _("how it is known"),
        _("signed at"),
        _("signature (SHA-256)"),
        _("recorded at"),
        _("recorded by"),
        _("withdrawn at"),
        _("why it was withdrawn"),
    ]
    return csv_bytes(
        header,
        [
            [
                row.session.day,
                row.participant,
                row.participant.get_role_display(),
                _("yes") if row.is_present else _("no"),
                row.hours,
                row.get_source_display(),
                row.signed_at,
                row.signature,
                row.recorded_at,
                row.recorded_by,
                row.withdrawn_at,
                row.withdrawn_because,
            ]
            for row in attendances
        ],
    )
