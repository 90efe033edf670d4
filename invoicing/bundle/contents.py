"""The files of one dossier: its tables, papers, signatures, invoices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from invoicing.models import StoredFile
from ownyourstory import archive
from programs.models import Attendance, DossierPaper, Enrolment

from . import tables


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
    for name, what, table in [
        ("dossier", _("dossier"), tables.agreed(enrolment, today=today)),
        ("steps", _("steps"), tables.steps(enrolment)),
        ("check", _("check of the application"), tables.check(enrolment)),
        ("payments", _("payments"), tables.payments(enrolment)),
        ("attendance", _("attendance"), tables.attendance(attendances)),
    ]:
        yield Member(f"{folder}/{name}.csv", what, table)
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
