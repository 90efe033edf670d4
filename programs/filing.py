"""Papers into the file of a dossier, and what no longer counts: the only writer.

DOS-9 in docs/rules.md.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from ownyourstory import archive

from .models import (
    Attendance,
    DossierPaper,
    Enrolment,
    Origin,
    PaperKind,
    Participant,
    Session,
)
from .scans import format_of


@transaction.atomic
def file_paper(
    content: bytes,
    *,
    kind: PaperKind,
    name: str,
    now: datetime,
    by: User | None,
    enrolment: Enrolment | None = None,
    session: Session | None = None,
    participant: Participant | None = None,
    origin: Origin = Origin.SCAN,
) -> DossierPaper:
    """Keep ``content`` byte for byte in the file of ``enrolment`` or ``session``.

    What the program hands out itself comes with ``Origin.ISSUED``. The bytes are on
    the disk before the row is (see ``ownyourstory.archive``).

    Raises ValueError if it is no PDF, PNG or JPEG, or if nothing says whose it is.
    """
    found = format_of(content)
    if found is None:
        raise ValueError("only PDF, PNG and JPEG are filed")
    if enrolment is None and session is None:
        raise ValueError("a paper belongs to an enrolment or to a session")
    if participant is not None and participant.enrolment_id != (
        enrolment and enrolment.pk
    ):
        raise ValueError("a participant of another enrolment")
    return DossierPaper.objects.create(
        kind=kind,
        origin=origin,
        enrolment=enrolment,
        session=session,
        participant=participant,
        name=name[-200:],
        extension=found,
        sha256=archive.store(content),
        size=len(content),
        filed_at=now,
        filed_by=by,
    )


def withdraw(
    row: DossierPaper | Attendance, *, because: str, now: datetime, by: User | None
) -> None:
    """Let a paper or a signature no longer count; it stays where it is, for ever."""
    if row.withdrawn_at is not None:
        return
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_because = now, by, because
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
