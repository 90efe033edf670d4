"""What an inspector gets: whole dossiers as one ZIP, with an index (DOS-9, REG-4)."""

from __future__ import annotations

import csv
import hashlib
import stat
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation

from invoicing.bundle import Bundle, dossiers_of, last_five_years
from invoicing.models import Channel, StoredFile
from invoicing.receipts import recording as receiving
from invoicing.receipts.recording import Money
from ownyourstory import archive
from programs import attendance, filing
from programs.models import (
    ApplicationCheck,
    DossierPaper,
    DossierStep,
    Enrolment,
    PaperKind,
)
from programs.scans import signature_png
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    OwnerFactory,
    enrolled,
    issued_via_wallet,
    noon,
)
from tests.pictures import PDF, picture
from tests.stored import bytes_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

MAY_1 = noon(date(2026, 5, 1))
SIGNATURE = signature_png(picture())


@pytest.fixture(autouse=True)
def _later() -> Iterator[None]:
    with time_machine.travel(MAY_1, tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def dossier(english: None) -> Enrolment:
    """Return a dossier with an invoice, a step, a signature and papers."""
    with time_machine.travel(noon(date(2026, 3, 2)), tick=False):
        invoice = issued_via_wallet(
            participants=("Anna", '=HYPERLINK("x")'), client__legal_name="Bäkkerij BV"
        )
    enrolment = invoice.enrolment
    assert enrolment
    first, _last = enrolment.course.sessions.all()
    anna = enrolment.participants.get(name="Anna")
    attendance.sign(anna, first, signature=SIGNATURE, now=noon(FIRST_DAY), by=None)
    for kind, name, session in [
        (PaperKind.CONFIRMATION, "Getekend é.pdf", None),
        (PaperKind.ATTENDANCE, "lijst.png", first),
    ]:
        filing.file_paper(
            PDF if session is None else picture(),
            kind=kind,
            name=name,
            enrolment=enrolment if session is None else None,
            session=session,
            now=noon(LAST_DAY),
            by=None,
        )
    wrong = filing.file_paper(
        PDF + b"%%EOF",
        kind=PaperKind.OTHER,
        name="fout.pdf",
        enrolment=enrolment,
        now=noon(LAST_DAY),
        by=None,
    )
    filing.withdraw(wrong, because="of another", now=noon(LAST_DAY), by=None)
    DossierStep.objects.create(
        enrolment=enrolment,
        state="applied",
        happened_on=FIRST_DAY,
        recorded_at=noon(FIRST_DAY),
    )
    ApplicationCheck.objects.create(
        enrolment=enrolment,
        question="enterprise",
        is_right=False,
        reason="Another enterprise",
        checked_at=noon(FIRST_DAY),
    )
    receiving.record(
        invoice.pk,
        Money(Channel.DIRECT, Decimal(126), LAST_DAY),
        now=noon(LAST_DAY),
        today=LAST_DAY,
        by=None,
    )
    return enrolment


def unpacked(parts: Any) -> dict[str, bytes]:
    """Return the files of a ZIP, each of which is sound."""
    with ZipFile(BytesIO(b"".join(parts))) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def files_of(*enrolments: Enrolment) -> dict[str, bytes]:
    chosen = Enrolment.objects.filter(pk__in=[one.pk for one in enrolments])
    return unpacked(Bundle(chosen, now=MAY_1).stream())


def ending(files: dict[str, bytes], end: str) -> bytes:
    [content] = [files[name] for name in files if name.endswith(end)]
    return content


def table(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_everything_of_a_dossier_is_in_it_byte_for_byte(dossier: Enrolment) -> None:
    files = files_of(dossier)

    invoice = dossier.invoices.get()
    assert ending(files, f"invoices/{invoice.number}.pdf") == bytes_of(invoice)
    assert b"<?xml" in ending(files, f"invoices/{invoice.number}.xml")
    assert ending(files, "_anna.png") == SIGNATURE
    assert ending(files, "_getekend-e.pdf") == PDF
    assert ending(files, "_lijst.png") == picture()
    [withdrawn] = [name for name in files if "withdrawn" in name]
    assert withdrawn.endswith("_fout.pdf")
    assert {name.split("/")[0] for name in files if "/" in name} == {
        f"2026-03-12_bakkerij-bv_{dossier.pk}"
    }
    assert {"index.html", "index.csv", "SHA256SUMS"} < files.keys()


def test_its_tables_say_what_was_agreed_taken_and_attended(dossier: Enrolment) -> None:
    files = files_of(dossier)

    agreed = dict(row[:2] for row in table(ending(files, "dossier.csv")))
    assert agreed["client"] == "Bäkkerij BV"
    assert agreed["days"] == "2026-03-12, 2026-03-19"
    assert agreed["kept until"] == "2036-03-12"
    assert agreed["invoice"] == "in order"
    assert agreed["certificates"] == "missing"
    [_header, step] = table(ending(files, "steps.csv"))
    assert step[:2] == ["applied for", "2026-03-12"]
    [_header, check] = table(ending(files, "check.csv"))
    assert check[1:3] == ["no", "Another enterprise"]
    [_header, money] = table(ending(files, "payments.csv"))
    assert money[1:4] == ["2026-03-19", "126,00", "directly"]
    assert money[8:] == ["received", ""]
    [_header, came] = table(ending(files, "attendance.csv"))
    assert came[:5] == ["2026-03-12", "Anna", "employee", "yes", "6,00"]
    assert came[7] == hashlib.sha256(SIGNATURE).hexdigest()


def test_nothing_in_its_tables_runs(dossier: Enrolment) -> None:
    anna = dossier.participants.get(name="Anna")
    anna.name = "=1+1"
    anna.save()

    files = files_of(dossier)

    for name, content in files.items():
        if name.endswith(".csv"):
            cells = [cell for row in table(content) for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'=1+1" in ending(files, "attendance.csv").decode()


def test_the_hashes_are_those_of_every_file(dossier: Enrolment) -> None:
    files = files_of(dossier)

    lines = files["SHA256SUMS"].decode().splitlines()
    sums = {path: sha256 for sha256, path in (line.split("  ") for line in lines)}
    assert sums == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != "SHA256SUMS"
    }


def test_the_index_names_each_file_with_its_hash(dossier: Enrolment) -> None:
    files = files_of(dossier)

    [_header, *rows] = table(files["index.csv"])
    listed = {row[1]: row[3] for row in rows}
    assert listed == {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if "/" in name
    }
    page = files["index.html"].decode()
    for name in listed:
        assert f'href="{name}"' in page
    assert "of another" in page


def test_a_damaged_file_is_named_and_never_left_out_in_silence(
    dossier: Enrolment, documents: Path
) -> None:
    damaged = [
        dossier.papers.get(kind="confirmation").sha256,
        StoredFile.objects.get(kind="pdf").sha256,
        hashlib.sha256(SIGNATURE).hexdigest(),
    ]
    for sha256 in damaged:
        (documents / sha256[:2] / sha256).write_bytes(b"another")

    bundle = Bundle(Enrolment.objects.all(), now=MAY_1)
    files = unpacked(bundle.stream())

    assert len(bundle.flaws) == 3
    rows = [row for row in table(files["index.csv"]) if "DAMAGED" in row[5]]
    assert len(rows) == 3
    page = files["index.html"].decode()
    for row in rows:
        assert row[1] not in files
        assert row[1] in page
        assert row[1] not in files["SHA256SUMS"].decode()


def test_it_speaks_the_language_of_who_asked_also_when_read_later(
    dossier: Enrolment,
) -> None:
    with translation.override("nl"):
        bundle = Bundle(Enrolment.objects.all(), now=MAY_1)
    with translation.override("fr"):
        files = unpacked(bundle.stream())
        assert translation.get_language() == "fr"

    assert "1 mei 2026" in files["index.html"].decode()


def test_few_questions_are_asked_for_each_dossier(
    dossier: Enrolment, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        enrolled()

    with django_assert_max_num_queries(12 + 6 * 9):
        files_of(*Enrolment.objects.all())


# Which ones


def test_the_period_is_that_of_the_first_day(dossier: Enrolment) -> None:
    ordinary = enrolled(days=(date(2026, 3, 13), date(2026, 4, 1)))
    enrolled(days=())

    def chosen(first: date, last: date, **options: bool) -> list[Enrolment]:
        return list(dossiers_of(first, last, **options))

    assert chosen(FIRST_DAY, date(2026, 3, 13)) == [dossier, ordinary]
    assert chosen(FIRST_DAY, FIRST_DAY) == [dossier]
    assert chosen(date(2026, 3, 14), date(2026, 12, 31)) == []
    assert chosen(FIRST_DAY, date(2026, 3, 13), only_wallet=True) == [dossier]


def test_an_audit_looks_at_the_last_five_years() -> None:
    assert last_five_years(date(2026, 5, 1)) == (date(2021, 5, 1), date(2026, 5, 1))
    assert last_five_years(date(2028, 2, 29))[0] == date(2023, 2, 28)


# The pages


def test_one_dossier_is_downloaded_from_its_page(
    owner: Browser, dossier: Enrolment
) -> None:
    address = reverse("admin:invoicing_dossier_bundle", args=[dossier.pk])
    page = owner.get(reverse("admin:programs_enrolment_change", args=[dossier.pk]))

    answer: Any = owner.get(address)

    assert address in page.content.decode()
    assert answer.streaming
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "index.html" in unpacked(answer.streaming_content)


def test_all_of_a_period_are_downloaded(owner: Browser, dossier: Enrolment) -> None:
    enrolled(days=(date(2026, 4, 2),))
    address = reverse("admin:invoicing_dossiers")
    listed = owner.get(reverse("admin:programs_enrolment_changelist"))
    form = owner.get(address).context["form"]

    everything: Any = owner.get(address, {"first": "2021-05-01", "last": "2026-05-01"})
    only_wallet: Any = owner.get(
        address, {"first": "2021-05-01", "last": "2026-05-01", "only_wallet": "on"}
    )

    def dossiers(answer: Any) -> int:
        names = unpacked(answer.streaming_content)
        return len([name for name in names if name.endswith("dossier.csv")])

    assert address in listed.content.decode()
    assert form.initial == {"first": date(2021, 5, 1), "last": date(2026, 5, 1)}
    assert (dossiers(everything), dossiers(only_wallet)) == (2, 1)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-05-02", "2026-05-01", "It ends before it starts."),
        ("2020-01-01", "2020-02-01", "No training began in this period."),
        ("abc", "", "This field is required."),
        ("0001-01-01", "9999-12-31", "Choose a day from 1 January 2000"),
    ],
)
def test_a_period_that_gives_nothing_is_told(
    owner: Browser, dossier: Enrolment, first: str, last: str, said: str
) -> None:
    answer = owner.get(
        reverse("admin:invoicing_dossiers"), {"first": first, "last": last}
    )

    assert said in answer.content.decode()


WHOLE = [
    "view_enrolment",
    "view_dossierpaper",
    "view_attendance",
    "view_dossierstep",
    "view_invoice",
]


@pytest.mark.parametrize("without", WHOLE)
def test_who_may_not_see_all_of_it_gets_nothing(
    client: Browser, dossier: Enrolment, without: str
) -> None:
    user = OwnerFactory.create(is_superuser=False)
    names = [name for name in WHOLE if name != without]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)

    for address in [
        reverse("admin:invoicing_dossier_bundle", args=[dossier.pk]),
        reverse("admin:invoicing_dossiers"),
    ]:
        assert client.get(address).status_code == 403


def test_who_may_see_all_of_it_gets_it(client: Browser, dossier: Enrolment) -> None:
    user = OwnerFactory.create(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=WHOLE))
    client.force_login(user)

    address = reverse("admin:invoicing_dossier_bundle", args=[dossier.pk])

    assert client.get(address).status_code == 200


# The command


def export(out: Path, *options: str) -> str:
    said = StringIO()
    call_command("export_dossiers", "--out", str(out), *options, stdout=said)
    return said.getvalue()


def test_the_command_writes_them_for_its_owner_only(
    dossier: Enrolment, tmp_path: Path
) -> None:
    out = tmp_path / "audit.zip"

    assert export(out).strip() == str(out)

    assert "index.html" in unpacked([out.read_bytes()])
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.part")) == []
    with pytest.raises(CommandError, match="is there already"):
        export(out)


def test_the_command_fails_where_a_file_is_damaged_and_says_which(
    dossier: Enrolment, tmp_path: Path, documents: Path
) -> None:
    sha256 = DossierPaper.objects.get(kind="confirmation").sha256
    (documents / sha256[:2] / sha256).unlink()
    out = tmp_path / "audit.zip"

    with pytest.raises(CommandError, match=r"getekend-e\.pdf: DAMAGED"):
        export(out)

    assert "index.html" in unpacked([out.read_bytes()])


def test_the_command_writes_nothing_where_there_is_nothing(
    dossier: Enrolment, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match="No training began"):
        export(tmp_path / "a.zip", "--from", "2020-01-01", "--to", "2020-12-31")

    assert not (tmp_path / "a.zip").exists()


# Beside the documents


def test_its_files_are_inspected_and_never_swept(
    dossier: Enrolment, documents: Path
) -> None:
    sha256 = hashlib.sha256(SIGNATURE).hexdigest()
    archive.store(b"%PDF left behind")
    with time_machine.travel(noon(date(2126, 5, 1)), tick=False):
        said = StringIO()
        call_command("sweep_archive", stdout=said)

    assert said.getvalue().strip() == "1 file swept."
    assert archive.read(sha256) == SIGNATURE
    assert archive.read(dossier.papers.get(kind="confirmation").sha256) == PDF

    (documents / sha256[:2] / sha256).unlink()
    with pytest.raises(CommandError, match=r"Anna 2026-03-12: .* is missing"):
        call_command("verify_archive")
