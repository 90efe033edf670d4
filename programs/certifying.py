"""Certificates kept in the file: for who was there, with the hours (DOS-9)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django.utils.text import slugify
from django.utils.translation import gettext as _

from . import filing
from .models import Attendance, DossierPaper, Enrolment, Origin, PaperKind, Participant
from .papers import build, writing
from .papers.needs import Incomplete


@transaction.atomic
def file_certificates(
    enrolment_id: int, *, now: datetime, today: date, by: User | None
) -> list[Participant]:
    """File a certificate for each participant who was there and has none yet.

    It says the hours that were recorded, in the client's language. Returns for whom
    one was filed: asking twice files none twice.

    Raises Incomplete before the training ended, where nobody was recorded as present,
    or where a paper lacks something.
    """
    enrolment = (
        Enrolment.objects.select_for_update(of=["self"])
        .select_related("client", "course__program__theme")
        .get(pk=enrolment_id)
    )
    last_day = enrolment.course.last_day
    if last_day is None or last_day > today:
        raise Incomplete([_("A certificate is kept once the training has ended.")])
    attended = _hours_attended(enrolment)
    if not attended:
        raise Incomplete([_("Write down who was there first: see Attendance.")])
    given = DossierPaper.objects.standing().filter(
        enrolment=enrolment, kind=PaperKind.CERTIFICATE
    )
    having = set(given.values_list("participant_id", flat=True))
    lacking = [
        person
        for person in enrolment.participants.all()
        if person.pk in attended and person.pk not in having
    ]
    for person in lacking:
        _file(enrolment, person, hours=attended[person.pk], now=now, by=by)
    return lacking


def _hours_attended(enrolment: Enrolment) -> dict[int, Decimal]:
    """Return for how many hours each participant was there; nobody with none."""
    present = Attendance.objects.standing().filter(
        participant__enrolment=enrolment, is_present=True
    )
    summed = present.order_by().values("participant").annotate(sum=Sum("hours"))
    return {row["participant"]: row["sum"] for row in summed}


def _file(
    enrolment: Enrolment,
    person: Participant,
    *,
    hours: Decimal,
    now: datetime,
    by: User | None,
) -> None:
    certificates = build.certificates(
        enrolment,
        language=enrolment.client.language,
        participants=[person],
        hours=hours,
    )
    filing.file_paper(
        writing.certificates_pdf(certificates),
        kind=PaperKind.CERTIFICATE,
        name=f"{slugify(person.name) or person.pk}.pdf",
        now=now,
        by=by,
        enrolment=enrolment,
        participant=person,
        origin=Origin.ISSUED,
    )
