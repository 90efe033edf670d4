"""Papers into the file of a dossier, and out of it again (DOS-9)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from invoicing import crediting
from invoicing.models import Channel, Invoice, Payment
from invoicing.receipts import recording as receiving
from invoicing.receipts.recording import Money
from ownyourstory import archive
from programs import filing
from programs.evidence import Lamp, Piece, Standing, lamp
from programs.file_facts import findings, with_file
from programs.models import DossierPaper, Enrolment, Origin, PaperKind, Participant
from tests.factories import (
    LAST_DAY,
    MONDAY,
    AdviceFactory,
    AttendanceFactory,
    EnrolmentFactory,
    OwnerFactory,
    PaperFactory,
    ParticipantFactory,
    SignedFactory,
    draft,
    enrolled,
    issue,
    issued_via_wallet,
    noon,
)
from tests.pictures import PDF, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


@pytest.fixture(autouse=True)
def _after_the_course() -> Iterator[None]:
    with time_machine.travel(noon(LAST_DAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def enrolment() -> Enrolment:
    return enrolled(participants=("Anna", "Bart"))


def attach(enrolment: Enrolment) -> str:
    return reverse("admin:programs_enrolment_attach", args=[enrolment.pk])


def upload(content: bytes, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def errors(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.context["form"].errors
    return found


# In


def test_a_scan_is_kept_byte_for_byte(owner: Browser, enrolment: Enrolment) -> None:
    answer = owner.post(
        attach(enrolment), {"kind": "confirmation", "file": upload(PDF, "Getekend.pdf")}
    )

    assert answer.status_code == 302
    [paper] = enrolment.papers.all()
    assert archive.read(paper.sha256) == PDF
    assert (paper.name, paper.extension, paper.size) == (
        "Getekend.pdf",
        "pdf",
        len(PDF),
    )
    assert (paper.kind, paper.origin) == (PaperKind.CONFIRMATION, Origin.SCAN)
    assert paper.filed_at == noon(LAST_DAY)
    assert paper.filed_by is not None


def test_a_list_belongs_to_a_day_of_all_who_came(
    owner: Browser, enrolment: Enrolment
) -> None:
    session = enrolment.course.sessions.first()
    assert session
    page = reverse(
        "admin:programs_course_attach", args=[enrolment.course_id, session.pk]
    )

    owner.post(page, {"kind": "attendance", "file": upload(picture("JPEG"), "a.jpg")})
    refused = owner.post(page, {"kind": "certificate", "file": upload(PDF)})

    assert "kind" in errors(refused)
    [paper] = session.papers.all()
    assert (paper.enrolment, paper.extension) == (None, "jpg")


REFUSED = [
    ("a page named PDF", b"<html><script>", "This is no PDF, PNG or JPEG that can"),
    ("a broken picture", picture()[:50], "This is no PDF, PNG or JPEG that can"),
    ("an empty file", b"", "The submitted file is empty."),
    ("too large a file", PDF + b" " * 2000, "This file has 2.0"),
]


@pytest.mark.parametrize(
    ("content", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_is_no_paper_is_refused_beside_its_field(
    owner: Browser,
    enrolment: Enrolment,
    settings: Settings,
    content: bytes,
    said: str,
) -> None:
    settings.SCAN_MAX_BYTES = 2000
    bart = enrolment.participants.get(name="Bart")

    page = owner.post(
        attach(enrolment),
        {"kind": "certificate", "participant": bart.pk, "file": upload(content)},
    )

    assert page.status_code == 200
    [message] = errors(page)["file"]
    assert message.startswith(said)
    assert page.context["form"]["participant"].value() == str(bart.pk)
    assert not DossierPaper.objects.exists()


def test_a_file_of_the_largest_size_is_taken(
    owner: Browser, enrolment: Enrolment, settings: Settings
) -> None:
    settings.SCAN_MAX_BYTES = len(PDF)

    owner.post(attach(enrolment), {"kind": "other", "file": upload(PDF)})

    assert enrolment.papers.count() == 1


def test_the_same_file_is_attached_once(owner: Browser, enrolment: Enrolment) -> None:
    for _ in range(2):
        page = owner.post(attach(enrolment), {"kind": "other", "file": upload(PDF)})
    as_something_else = {"kind": "confirmation", "file": upload(PDF)}
    owner.post(attach(enrolment), as_something_else)

    assert errors(page)["file"] == ["This file is attached already."]
    assert enrolment.papers.count() == 2


def test_a_participant_of_another_enrolment_is_no_choice(
    owner: Browser, enrolment: Enrolment
) -> None:
    stranger = ParticipantFactory.create()

    page = owner.post(
        attach(enrolment),
        {"kind": "certificate", "participant": stranger.pk, "file": upload(PDF)},
    )

    assert "participant" in errors(page)
    with pytest.raises(ValueError, match="another enrolment"):
        filing.file_paper(
            PDF,
            kind=PaperKind.CERTIFICATE,
            name="a.pdf",
            enrolment=enrolment,
            participant=stranger,
            now=noon(LAST_DAY),
            by=None,
        )


def test_a_paper_of_nobody_and_a_file_of_no_kind_are_mistakes_of_the_program(
    enrolment: Enrolment,
) -> None:
    with pytest.raises(ValueError, match="belongs to"):
        filing.file_paper(
            PDF, kind=PaperKind.OTHER, name="a", now=noon(LAST_DAY), by=None
        )
    with pytest.raises(ValueError, match="only PDF"):
        filing.file_paper(
            b"<html>",
            kind=PaperKind.OTHER,
            name="a",
            enrolment=enrolment,
            now=noon(LAST_DAY),
            by=None,
        )


# Out


def test_a_paper_is_only_ever_downloaded(owner: Browser) -> None:
    paper = PaperFactory.create(
        sha256=archive.store(PDF), name='évil"\r\nX-Bad: 1.html', extension="pdf"
    )

    answer = owner.get(reverse("admin:programs_enrolment_paper", args=[paper.pk]))

    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "X-Bad" not in answer
    assert ".html.pdf" not in answer["Content-Disposition"]


def test_a_damaged_paper_is_named_and_not_handed_over(owner: Browser) -> None:
    paper = PaperFactory.create(name="Bevestiging.pdf")

    answer = owner.get(
        reverse("admin:programs_enrolment_paper", args=[paper.pk]), follow=True
    )

    assert "The file Bevestiging.pdf is missing or was changed" in (
        answer.content.decode()
    )


def test_a_paper_is_withdrawn_with_a_reason_and_stays(owner: Browser) -> None:
    paper = PaperFactory.create(sha256=archive.store(PDF))
    page = reverse("admin:programs_enrolment_withdraw", args=[paper.pk])

    assert owner.get(page).status_code == 200
    assert owner.post(page, {"because": " "}).status_code == 200
    assert owner.post(page, {"because": "of another client"}).status_code == 302

    paper.refresh_from_db()
    assert (paper.counts, paper.withdrawn_because) == (False, "of another client")
    assert paper.withdrawn_by is not None
    download = reverse("admin:programs_enrolment_paper", args=[paper.pk])
    assert owner.get(download).content == PDF
    on_page = owner.get(
        reverse("admin:programs_enrolment_change", args=[paper.enrolment_id])
    )
    assert "of another client" in on_page.content.decode()


@pytest.mark.parametrize(
    "permissions",
    [
        ["view_enrolment"],
        ["view_dossierpaper", "add_dossierpaper", "change_dossierpaper"],
    ],
)
def test_each_page_wants_both_to_see_the_enrolment_and_its_papers(
    client: Browser, permissions: list[str]
) -> None:
    paper = PaperFactory.create(sha256=archive.store(PDF))
    user = OwnerFactory.create(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    for name, key in [
        ("attach", paper.enrolment_id),
        ("paper", paper.pk),
        ("withdraw", paper.pk),
    ]:
        page = reverse(f"admin:programs_enrolment_{name}", args=[key])
        assert client.get(page).status_code == 403
        assert client.post(page, {"because": "?"}).status_code == 403

    paper.refresh_from_db()
    assert paper.counts


# What it all makes of the file


def pay(invoice: Invoice, channel: Channel, amount: Decimal | None) -> Payment:
    assert amount
    return receiving.record(
        invoice.pk,
        Money(channel, amount, LAST_DAY),
        now=noon(LAST_DAY),
        today=LAST_DAY,
        by=None,
    )


def file_of(enrolment: Enrolment) -> dict[Piece, Standing]:
    fetched = with_file(Enrolment.objects.filter(pk=enrolment.pk)).get()
    found = findings(fetched, today=LAST_DAY.replace(month=5))
    return {one.piece: one.standing for one in found}


def test_a_whole_dossier_is_complete() -> None:
    invoice: Invoice = issued_via_wallet()
    enrolment = invoice.enrolment
    assert enrolment
    first, last = enrolment.course.sessions.all()
    anna = enrolment.participants.get()
    before = file_of(enrolment)

    SignedFactory.create(participant=anna, session=first)
    AttendanceFactory.create(participant=anna, session=last)
    PaperFactory.create(enrolment=None, session=last, kind="attendance")
    PaperFactory.create(enrolment=enrolment, kind="confirmation")
    PaperFactory.create(
        enrolment=enrolment, kind="certificate", participant=anna, origin="issued"
    )
    for channel, amount in [
        (Channel.WALLET, invoice.wallet_amount),
        (Channel.DIRECT, invoice.direct_amount),
    ]:
        unpaid = file_of(enrolment)[Piece.PAYMENT]
        pay(invoice, channel, amount)

    assert before == {
        Piece.CONFIRMATION: Standing.MISSING,
        Piece.ATTENDANCE: Standing.MISSING,
        Piece.CERTIFICATE: Standing.MISSING,
        Piece.INVOICE: Standing.THERE,
        Piece.PAYMENT: Standing.LATER,
    }
    assert unpaid is Standing.LATER  # with the wallet's part alone
    assert set(file_of(enrolment).values()) == {Standing.THERE}


def test_what_does_not_count_is_not_there() -> None:
    enrolment = enrolled(participants=("Anna",))
    first, last = enrolment.course.sessions.all()
    anna = enrolment.participants.get()
    gone = {"withdrawn_at": noon(LAST_DAY), "withdrawn_because": "?"}
    SignedFactory.create(participant=anna, session=first, **gone)
    PaperFactory.create(enrolment=None, session=last, kind="attendance", **gone)
    PaperFactory.create(enrolment=enrolment, kind="confirmation", **gone)
    PaperFactory.create(enrolment=enrolment, kind="certificate", **gone)
    # A confirmation that we printed ourselves proves nothing: the client signs it.
    PaperFactory.create(enrolment=enrolment, kind="confirmation", origin="issued")

    assert set(file_of(enrolment).values()) == {Standing.MISSING, Standing.LATER}


def test_a_list_of_one_client_says_nothing_of_another() -> None:
    enrolment = enrolled(participants=("Anna",))
    other = EnrolmentFactory.create(course=enrolment.course)
    bart: Participant = ParticipantFactory.create(enrolment=other)
    first, last = enrolment.course.sessions.all()
    anna = enrolment.participants.get()
    for day in (first, last):
        for person in (anna, bart):
            AttendanceFactory.create(participant=person, session=day)

    PaperFactory.create(enrolment=enrolment, session=first, kind="attendance")
    assert file_of(enrolment)[Piece.ATTENDANCE] is Standing.MISSING  # one day of two
    PaperFactory.create(enrolment=enrolment, kind="attendance")

    assert file_of(enrolment)[Piece.ATTENDANCE] is Standing.THERE
    assert file_of(other)[Piece.ATTENDANCE] is Standing.MISSING


def test_of_an_ordinary_assignment_the_file_is_asked_too() -> None:
    invoice = issue(draft(), on=MONDAY)
    advice = enrolled(course__program=AdviceFactory.create())
    assert invoice.enrolment
    assert invoice.gross
    before = file_of(invoice.enrolment)[Piece.PAYMENT]

    pay(invoice, Channel.DIRECT, invoice.gross - Decimal("0.01"))
    a_cent_short = file_of(invoice.enrolment)[Piece.PAYMENT]
    pay(invoice, Channel.DIRECT, Decimal("0.01"))

    assert (before, a_cent_short) == (Standing.LATER, Standing.LATER)
    assert file_of(invoice.enrolment)[Piece.PAYMENT] is Standing.THERE
    assert Piece.CERTIFICATE not in file_of(advice)


def test_paid_is_the_rest_of_a_credited_invoice_less_what_was_taken_back() -> None:
    invoice = issue(draft(), on=MONDAY)
    assert invoice.enrolment
    [line] = invoice.lines.all()
    crediting.credit(
        invoice.pk,
        crediting.Request(
            quantities={line.pk: line.quantity / 2}, reason="?", refund="?"
        ),
        on=MONDAY,
        now=noon(MONDAY),
    )
    note = invoice.credit_notes.get()
    assert invoice.gross
    assert note.gross
    payment = pay(invoice, Channel.DIRECT, invoice.gross - note.gross)
    paid = file_of(invoice.enrolment)[Piece.PAYMENT]

    receiving.take_back(payment.pk, reason="of another", now=noon(LAST_DAY), by=None)

    assert paid is Standing.THERE
    assert file_of(invoice.enrolment)[Piece.PAYMENT] is Standing.LATER


def test_what_was_paid_back_is_not_paid_and_cents_let_go_are() -> None:
    invoice = issue(draft(), on=MONDAY)
    assert invoice.enrolment
    assert invoice.gross
    told: dict[str, Any] = {"now": noon(LAST_DAY), "today": LAST_DAY, "by": None}
    pay(invoice, Channel.DIRECT, invoice.gross)

    back = Money(Channel.DIRECT, Decimal("0.50"), LAST_DAY)
    receiving.pay_back(invoice.pk, back, **told)
    after_it = file_of(invoice.enrolment)[Piece.PAYMENT]
    receiving.let_go(invoice.pk, Channel.DIRECT, reason="cents", **told)

    assert after_it is Standing.LATER
    assert file_of(invoice.enrolment)[Piece.PAYMENT] is Standing.THERE


def test_the_lamp_is_in_the_list_and_on_the_page(
    owner: Browser, enrolment: Enrolment
) -> None:
    listed = owner.get(reverse("admin:programs_enrolment_changelist"))
    page = owner.get(reverse("admin:programs_enrolment_change", args=[enrolment.pk]))

    fetched = with_file(Enrolment.objects.all()).get()
    assert lamp(findings(fetched, today=LAST_DAY)) is Lamp.RED
    assert "incomplete" in listed.content.decode()
    text = page.content.decode()
    assert "incomplete" in text
    assert "12 March: not filled in for Anna, Bart." in text
    assert "Attach the confirmation that the client signed." in text


def test_of_many_people_only_the_first_are_named(owner: Browser) -> None:
    enrolment = enrolled(participants=("Anna", "Bart", "Cas", "Dirk", "Els"))

    page = owner.get(reverse("admin:programs_enrolment_change", args=[enrolment.pk]))

    assert "not filled in for Anna, Bart, Cas and 2 others." in page.content.decode()
