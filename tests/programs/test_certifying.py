"""Certificates kept in the file: for who was there, with the hours (DOS-9)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from pypdf import PdfReader

from ownyourstory import archive
from programs import attendance, filing
from programs.certifying import file_certificates
from programs.evidence import Piece, Standing
from programs.file_facts import findings, with_file
from programs.models import DossierPaper, Enrolment, Origin, Participant
from programs.papers.needs import Incomplete
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    OwnerFactory,
    UserFactory,
    complete_seller,
    enrolled,
    noon,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

AFTER = date(2026, 3, 20)


def trained(**hours: str) -> Enrolment:
    """Return an enrolment whose people were there for so many hours of two days."""
    complete_seller()
    enrolment = enrolled(participants=tuple(hours), client__language="en")
    first, _last = enrolment.course.sessions.all()
    people = {person.name: person for person in enrolment.participants.all()}
    attendance.record(
        [
            attendance.Mark(people[name], first, Decimal(amount))
            for name, amount in hours.items()
        ],
        now=noon(LAST_DAY),
        by=None,
    )
    return enrolment


def certify(enrolment: Enrolment, *, today: date = AFTER) -> list[str]:
    filed = file_certificates(enrolment.pk, now=noon(today), today=today, by=None)
    return [person.name for person in filed]


def text_of(paper: DossierPaper) -> str:
    pages = PdfReader(BytesIO(archive.read(paper.sha256))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def certificate_of(person: str) -> DossierPaper:
    return DossierPaper.objects.get(participant__name=person)


def test_who_was_there_gets_one_with_the_hours_and_who_was_not_gets_none() -> None:
    enrolment = trained(Anna="6", Bert="4.5", Cleo="0")

    assert certify(enrolment) == ["Anna", "Bert"]

    assert certificate_of("Anna").origin == Origin.ISSUED
    assert "Anna" in text_of(certificate_of("Anna"))
    assert "4.5" in text_of(certificate_of("Bert"))
    assert not DossierPaper.objects.filter(participant__name="Cleo").exists()


def test_asked_twice_it_files_none_twice_and_one_anew_for_a_withdrawn_one() -> None:
    enrolment = trained(Anna="6")
    certify(enrolment)
    assert certify(enrolment) == []

    paper = certificate_of("Anna")
    filing.withdraw(paper, because="Her name", now=noon(AFTER), by=None)

    assert certify(enrolment) == ["Anna"]
    assert DossierPaper.objects.count() == 2


def test_the_file_then_has_its_certificates() -> None:
    enrolment = trained(Anna="6")
    certify(enrolment)

    file = with_file(Enrolment.objects.all()).get()
    found = {one.piece: one.standing for one in findings(file, today=AFTER)}

    assert found[Piece.CERTIFICATE] == Standing.THERE


TOO_SOON = {
    "on the last day": (LAST_DAY, None),
    "the day before": (date(2026, 3, 18), "once the training has ended"),
}


@pytest.mark.parametrize(("today", "said"), TOO_SOON.values(), ids=TOO_SOON)
def test_none_is_filed_before_the_training_has_ended(
    today: date, said: str | None
) -> None:
    enrolment = trained(Anna="6")

    if said is None:
        assert certify(enrolment, today=today) == ["Anna"]
    else:
        with pytest.raises(Incomplete, match=said):
            certify(enrolment, today=today)


def test_nobody_is_certified_without_a_record_of_who_was_there() -> None:
    complete_seller()

    with pytest.raises(Incomplete, match="who was there"):
        certify(enrolled())


def test_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment = trained(Anna="6", Bert="6")
    file_paper = filing.file_paper
    told: list[Participant] = []

    def once(*given: Any, participant: Participant, **facts: Any) -> DossierPaper:
        if told:
            raise OSError("disk full")
        told.append(participant)
        return file_paper(*given, participant=participant, **facts)

    monkeypatch.setattr(filing, "file_paper", once)
    with pytest.raises(OSError, match="disk full"):
        certify(enrolment)

    assert not DossierPaper.objects.exists()


# The page


def address(enrolment: Enrolment) -> str:
    return f"/admin/programs/enrolment/{enrolment.pk}/certificates/"


@time_machine.travel(noon(AFTER), tick=False)
def test_the_button_on_its_page_keeps_them(client: Browser) -> None:
    enrolment = trained(Anna="6")
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"

    first = client.post(address(enrolment), follow=True).content.decode()
    again = client.post(address(enrolment), follow=True).content.decode()

    assert "Certificates kept in the file: Anna." in first
    assert "has a certificate already" in again
    assert certificate_of("Anna").filed_by is not None


@time_machine.travel(noon(FIRST_DAY), tick=False)
def test_too_soon_is_said_on_the_page(client: Browser) -> None:
    enrolment = trained(Anna="6")
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"

    page = client.post(address(enrolment), follow=True).content.decode()

    assert "once the training has ended" in page
    assert not DossierPaper.objects.exists()


def test_who_may_only_look_keeps_none(client: Browser) -> None:
    enrolment = trained(Anna="6")
    user = UserFactory.create(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_enrolment"))
    client.force_login(user)

    assert client.post(address(enrolment)).status_code == 403
    assert client.get(address(enrolment)).status_code == 405
