"""The pack of a period: whole and agreeing, or refused (EXP-1)."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from invoicing.exports.changes import changes, handed_before
from invoicing.exports.pack import Refused
from invoicing.exports.packing import make_pack
from invoicing.exports.period import Period
from invoicing.models import (
    Bookkeeping,
    Channel,
    ExportPack,
    Invoice,
    JournalEntry,
    LedgerCode,
    Payment,
)
from invoicing.receipts import recording
from programs.models import DossierStep
from tests.factories import EnrolmentFactory, OwnerFactory, issued, noon
from tests.factories.booked import booked
from tests.invoicing.tampering import without_guards

from .books import QUARTER, pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

D = Decimal
TODAY = date(2026, 4, 10)
LATER = noon(TODAY) + timedelta(hours=1)


def packed(period: Period = QUARTER) -> tuple[ExportPack, ZipFile]:
    file = BytesIO()
    pack = make_pack(period, file, now=noon(TODAY), today=TODAY, by=None)
    return pack, ZipFile(file)


def lines(archive: ZipFile, name: str) -> list[str]:
    return archive.read(name).decode("utf-8-sig").splitlines()[1:]


def test_a_pack_is_whole_and_the_same_until_something_changes() -> None:
    invoice = issued()
    by = OwnerFactory.create()
    file = BytesIO()

    pack = make_pack(QUARTER, file, now=noon(TODAY), today=TODAY, by=by)
    archive = ZipFile(file)

    assert set(archive.namelist()) == {
        *(f"{name}.csv" for name in _TABLES),
        "journal.xlsx",
        "overview.xlsx",
        "winbooks/ACT.TXT",
        "winbooks/CSF.TXT",
        f"ubl/{invoice.number}.xml",
        f"pdf/{invoice.number}.pdf",
        "index.csv",
        "index.html",
        "SHA256SUMS",
    }
    for line in archive.read("SHA256SUMS").decode().splitlines():
        sha256, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == sha256
    for stored in invoice.files.all():
        assert stored.sha256 in archive.read("SHA256SUMS").decode()
        assert stored.sha256 in archive.read("index.html").decode()
    assert lines(archive, "control.csv")[0] == "documents;F;1;100,00;21,00;121,00"
    assert lines(archive, "changes.csv") == []
    assert (pack.first, pack.until, pack.made_by) == (*QUARTER.days, by)
    assert (pack.documents, pack.base, pack.vat, pack.gross) == (
        1,
        D(100),
        D(21),
        D(121),
    )
    assert pack.sha256 == hashlib.sha256(file.getvalue()).hexdigest()
    assert pack.size == len(file.getvalue())

    again, _archive = packed()
    assert again.sha256 == pack.sha256

    _taken_back(invoice)
    changed, archive = packed()
    assert changed.sha256 != pack.sha256
    assert [line.split(";")[1:] for line in lines(archive, "changes.csv")] == [
        [
            "payment recorded",
            invoice.number,
            invoice.buyer_name,
            "2026-03-05",
            "21,00",
            "",
        ],
        [
            "payment taken back",
            invoice.number,
            invoice.buyer_name,
            "2026-03-05",
            "21,00",
            "Wrong",
        ],
    ]


_TABLES = (
    "journal",
    "control",
    "vat",
    "payments",
    "open_items",
    "revenue_months",
    "revenue_programs",
    "revenue_clients",
    "changes",
)


def _taken_back(invoice: Invoice) -> None:
    money = recording.Money(Channel.DIRECT, D(21), date(2026, 3, 5))
    recording.record(invoice.pk, money, now=LATER, today=TODAY, by=None)
    payment = Payment.objects.get()
    recording.take_back(
        payment.pk, reason="Wrong", now=LATER + timedelta(hours=1), by=None
    )


def test_a_period_without_documents_has_a_pack_too() -> None:
    pack, archive = packed(Period(date(2020, 1, 1), date(2020, 3, 31)))

    assert (pack.documents, pack.gross) == (0, D(0))
    assert lines(archive, "journal.csv") == []


def test_what_winbooks_cannot_take_is_left_out_and_the_index_says_why() -> None:
    _pack, archive = packed(Period(date(2020, 12, 1), date(2021, 1, 31)))

    why = "WinBooks takes one financial year at a time"
    assert not [name for name in archive.namelist() if name.startswith("winbooks")]
    assert why in archive.read("index.html").decode()
    last = lines(archive, "index.csv")[-1]
    assert last.startswith(f"winbooks;Left out: {why}")
    assert last.endswith(";;")
    assert "winbooks" not in archive.read("SHA256SUMS").decode()


# What is refused


def test_a_file_that_is_missing_refuses_the_pack(documents: Path) -> None:
    invoice = issued()
    stored = invoice.files.get(kind="pdf").sha256
    (documents / stored[:2] / stored).unlink()

    with pytest.raises(Refused) as refused:
        packed()

    (reason,) = refused.value.reasons
    assert invoice.number in reason
    assert "(PDF)" in reason
    assert not ExportPack.objects.exists()


def test_a_file_that_was_never_stored_refuses_the_pack() -> None:
    booked()

    with pytest.raises(Refused, match="never stored"):
        packed()


@pytest.mark.parametrize("field", ["base", "vat"])
def test_a_cent_in_the_books_that_is_not_on_the_invoice_refuses(field: str) -> None:
    invoice = booked()
    with without_guards():
        JournalEntry.objects.filter(invoice=invoice).update(**{field: D("20.99")})

        with pytest.raises(Refused) as refused:
            packed()

        assert not ExportPack.objects.exists()
    names = " ".join(refused.value.reasons)
    assert all(name in names for name in ("journal.csv", "journal.xlsx", "vat.csv"))


def test_a_document_that_never_came_into_the_books_refuses() -> None:
    booked()
    lost = booked()
    with without_guards():
        JournalEntry.objects.filter(invoice=lost).delete()

        with pytest.raises(Refused, match="1 documents"):
            packed()


# What changed


WINTER = Period(date(2025, 10, 1), date(2025, 12, 31))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))


def handed(period: Period, *, at: datetime) -> None:
    ExportPack.objects.create(
        first=period.first,
        until=period.until,
        made_at=at,
        sha256="0" * 64,
        size=1,
        documents=1,
        base=100,
        vat=21,
        gross=121,
    )


def changed(period: Period) -> list[tuple[str, str]]:
    rows = changes(handed_before(period)).rows()
    return [(str(what), str(number)) for _at, what, number, *_ in rows]


def test_a_later_credit_note_and_a_late_invoice_are_changes() -> None:
    invoice = booked(fields={"issued_at": noon(date(2026, 3, 2))})
    handed(QUARTER, at=noon(TODAY))
    note = booked(
        on=TODAY, credits=invoice, fields={"issued_at": LATER, "credit_reason": "x"}
    )
    late = booked(on=QUARTER.until, fields={"issued_at": LATER})
    pay(late, Channel.DIRECT, "1.00", date(2026, 4, 1))

    assert changed(QUARTER) == [
        ("new credit note", note.number),
        ("new invoice", late.number),
    ]


def test_what_changed_of_periods_handed_over_before_is_told_once() -> None:
    old = booked(on=date(2025, 11, 3))
    handed(WINTER, at=noon(date(2026, 1, 5)))
    pay(old, Channel.DIRECT, "1.00", date(2026, 2, 1))
    note = booked(on=date(2026, 2, 2), credits=old, fields={"credit_reason": "x"})
    booked(on=date(2026, 2, 3))

    told = [("payment recorded", old.number), ("new credit note", note.number)]
    assert changed(QUARTER) == told
    handed(QUARTER, at=noon(TODAY))
    assert changed(QUARTER) == told
    assert changed(SPRING) == []
    assert changed(WINTER) == told


def test_what_was_never_handed_over_of_a_period_comes_first() -> None:
    handed(Period(QUARTER.first, date(2026, 1, 31)), at=noon(date(2026, 2, 2)))
    january = booked(on=date(2026, 1, 30), fields={"issued_at": noon(TODAY)})
    for day in (2, 3):
        booked(on=date(2026, 3, day))

    first, second = changes(handed_before(QUARTER)).rows()

    assert first == (
        None,
        "not handed over before",
        "",
        "",
        None,
        D(242),
        "2 documents from 1 February 2026 to 31 March 2026",
    )
    assert second[:3] == ("2026-04-10 12:00", "new invoice", january.number)
    assert changed(SPRING) == [("new invoice", january.number)]


def test_a_dossier_that_ended_and_one_that_did_not_after_all_are_changes() -> None:
    enrolment = EnrolmentFactory.create()
    invoice = booked(fields={"enrolment": enrolment, "via_wallet": True})
    handed(QUARTER, at=noon(TODAY))
    DossierStep.objects.create(
        enrolment=enrolment,
        state="stopped",
        happened_on=TODAY,
        reason="Ill",
        recorded_at=LATER,
        corrected_at=LATER + timedelta(minutes=5),
        correction="Well again",
    )

    rows = list(changes(handed_before(SPRING)).rows())

    assert [(row[1], row[2], row[6]) for row in rows] == [
        ("dossier ended without subsidy", invoice.number, "stopped: Ill"),
        ("end of dossier taken back", invoice.number, "Well again"),
    ]


def test_settings_that_show_in_the_journal_are_changes() -> None:
    handed(QUARTER, at=timezone.now())
    code = LedgerCode.objects.get(sale="03")
    was = code.vat_code or "–"
    code.revenue_account, code.vat_code = "700100", "21B"
    code.save()
    books = Bookkeeping.objects.current()
    books.most_let_go = D("2.00")
    books.save()

    (row,) = changes(handed_before(SPRING)).rows()

    assert row[1] == "settings changed"
    assert row[6] == (
        "21 % (grid 03) – account of the revenue: 700000 → 700100, "
        f"VAT code: {was} → 21B"
    )


def test_what_was_stored_while_a_pack_was_made_is_told_by_the_next() -> None:
    """It may be of a moment before, and yet not be in it: rather twice than never."""
    invoice = issued()
    packed()
    recording.record(
        invoice.pk,
        recording.Money(Channel.DIRECT, D(121), TODAY),
        now=noon(TODAY) - timedelta(minutes=5),
        today=TODAY,
        by=None,
    )

    _pack, archive = packed()

    assert ["payment recorded" in line for line in lines(archive, "changes.csv")] == [
        True
    ]
