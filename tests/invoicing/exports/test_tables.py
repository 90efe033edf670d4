"""The tables for the accountant, out of the same handful of documents."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook

from invoicing.documents.vat import Treatment
from invoicing.exports.catalogue import TABLES, Format, streamed
from invoicing.exports.grid_sums import grids_of, stretches
from invoicing.exports.journal import COLUMNS
from invoicing.exports.open_items import open_items
from invoicing.exports.period import Period
from invoicing.models import Channel, Invoice, LedgerCode, Payment
from invoicing.receipts import following, recording
from ownyourstory.sheets import csv_bytes
from ownyourstory.tables import Table
from programs.road import State
from tests.factories import noon
from tests.factories.booked import Group, booked
from tests.programs.steps import dossier, take

from .books import FORMULA, QUARTER, fill, pay

pytestmark = pytest.mark.django_db

D = Decimal
GOLDEN = Path(__file__).parents[2] / "golden" / "journal.csv"
TODAY = date(2026, 4, 30)


@pytest.fixture
def documents(english: None) -> list[Invoice]:
    return fill()


def rows_of(table: Table) -> list[dict[str, Any]]:
    return [dict(zip(table.header, row, strict=True)) for row in table.rows()]


def made(name: str) -> Table:
    return TABLES[name](QUARTER, TODAY)


# The journal


@pytest.mark.usefixtures("documents")
def test_the_journal_is_this_to_the_byte() -> None:
    """EXP-2: columns, order, notation, signs; amounts of a whole document once."""
    table = made("journal")

    assert csv_bytes(table.header, table.rows()) == GOLDEN.read_bytes()


def test_the_columns_are_those_of_the_rule_in_their_order() -> None:
    assert " ".join(column.name for column in COLUMNS) == (
        "dagboek boekjaar periode documenttype nummer factuurdatum "
        "datum_belastbaar_feit vervaldatum klantnummer klantnaam ondernemingsnummer "
        "btw_nummer land omschrijving grootboek_klant grootboek_omzet btw_code "
        "btw_percentage btw_categorie maatstaf btw_bedrag totaal_incl "
        "rooster_maatstaf rooster_btw munt ogm referentie_oorspronkelijke_factuur "
        "aanvraagnummer_kmo via_portefeuille rechtstreeks betaald_op betaald_bedrag "
        "bestandsnaam_ubl bestandsnaam_pdf"
    )


def test_each_column_of_amounts_can_be_summed(documents: list[Invoice]) -> None:
    found = rows_of(made("journal"))
    sums = {
        name: sum((row[name] or D(0) for row in found), D(0))
        for name in ("totaal_incl", "via_portefeuille", "rechtstreeks")
    }

    gross = sum((one.gross or D(0) for one in documents[:4]), D(0)) - D("5.30")
    assert sums["totaal_incl"] == gross
    assert sums["via_portefeuille"] + sums["rechtstreeks"] == gross


def test_codes_follow_the_sale_and_a_note_may_have_its_own(
    documents: list[Invoice],
) -> None:
    LedgerCode.objects.filter(sale="01").update(
        revenue_account="700600", vat_code="V6", credit_vat_code="C6"
    )

    codes = {
        (row["documenttype"], row["btw_percentage"]): (
            row["grootboek_omzet"],
            row["btw_code"],
        )
        for row in rows_of(made("journal"))
    }

    assert codes["F", 6] == ("700600", "V6")
    assert codes["CN", 6] == ("700600", "C6")
    assert codes["F", 21] == ("700000", "03")


def test_the_journal_asks_the_database_no_more_for_more_documents(
    documents: list[Invoice], django_assert_num_queries: Any
) -> None:
    table = made("journal")

    with django_assert_num_queries(6):
        assert len(list(table.rows())) == 6


def test_documents_whose_rows_lie_far_apart_have_their_own_payments(
    english: None,
) -> None:
    near, far = booked(), booked(fields={"pk": 1_000_000})
    pay(near, Channel.DIRECT, "1.00", date(2026, 3, 3))
    pay(far, Channel.DIRECT, "2.00", date(2026, 3, 3))

    paid = {row["nummer"]: row["betaald_bedrag"] for row in rows_of(made("journal"))}

    assert paid == {near.number: D(1), far.number: D(2)}


# The VAT return


def test_grids_per_month_and_quarter(documents: list[Invoice]) -> None:
    """VAT-3: credit notes positive, in 49 and 64."""
    found = {one.name: one.grids for one in stretches(QUARTER)}

    assert list(found) == ["2026-01", "2026-02", "2026-03", "2026-Q1"]
    assert found["2026-01"].sums == {"03": D("110.05"), "01": D(200), "54": D("35.11")}
    assert found["2026-02"].sums == {}
    assert found["2026-03"].sums == {
        "00": D(680),
        "44": D(500),
        "49": D(5),
        "64": D("0.30"),
    }
    assert found["2026-Q1"].due == D("34.81")
    assert grids_of(QUARTER).base == D("1485.05")


def test_what_stands_in_no_grid_is_net_of_credit_notes(english: None) -> None:
    group = Group(D(100), D(0), Treatment.SMALL_ENTERPRISE)
    invoice = booked(groups=(group,))
    booked(
        groups=(Group(D(30), D(0), Treatment.SMALL_ENTERPRISE),),
        credits=invoice,
    )

    grids = grids_of(QUARTER)

    assert (grids.sums, grids.outside, grids.base) == ({}, D(70), D(70))


# Open items


def open_on(day: date) -> dict[tuple[str, str], Decimal]:
    return {
        (row["invoice"], row["comes"]): row["open"] for row in rows_of(open_items(day))
    }


def test_what_was_open_at_the_end_of_a_day_in_the_past(
    documents: list[Invoice],
) -> None:
    first, second, third, fourth, *_ = (one.number for one in documents)

    before = open_on(date(2026, 1, 31))
    assert before[first, "directly"] == 91
    assert before[second, "directly"] == D("224.16")
    at_the_end = open_on(QUARTER.until)
    assert at_the_end == {
        (first, "via the wallet"): D(30),
        (second, "directly"): D("118.86"),
        (third, "directly"): D(680),
        (fourth, "directly"): D(500),
    }
    assert (first, "via the wallet") not in open_on(date(2026, 4, 2))


def test_a_payment_taken_back_was_never_there(documents: list[Invoice]) -> None:
    wrong = Payment.objects.get(invoice=documents[1])
    recording.take_back(wrong.pk, reason="Other client", now=noon(TODAY), by=None)

    assert open_on(QUARTER.until)[documents[1].number, "directly"] == D("218.86")
    (row,) = (row for row in rows_of(made("payments")) if row["taken back (EUR)"])
    assert (row["received (EUR)"], row["taken back (EUR)"]) == (None, D(100))
    assert row["taken back on"] == TODAY
    assert row["why it was taken back"] == "Other client"


def test_money_that_came_too_much_is_open_below_zero(english: None) -> None:
    invoice = booked()
    pay(invoice, Channel.DIRECT, "122.00", date(2026, 3, 3))

    assert open_on(date(2026, 3, 31)) == {(invoice.number, "directly"): D(-1)}


def test_what_the_wallet_no_longer_pays_is_owed_directly_from_that_day(
    english: None,
) -> None:
    """DOS-6, as it stood on a day in the past."""
    enrolment = dossier()
    invoice = booked(
        client=enrolment.client,
        wallet=D(60),
        fields={"enrolment": enrolment, "via_wallet": True},
    )
    take(enrolment, State.STOPPED, on=date(2026, 4, 2))
    following.after_step(enrolment.pk, now=noon(TODAY), by=None)
    number = invoice.number

    assert open_on(date(2026, 4, 1)) == {
        (number, "via the wallet"): D(60),
        (number, "directly"): D(61),
    }
    assert open_on(date(2026, 4, 2)) == {(number, "directly"): D(121)}
    pay(invoice, Channel.DIRECT, "121.00", date(2026, 4, 2))
    assert open_on(date(2026, 4, 1)) == {
        (number, "via the wallet"): D(60),
        (number, "directly"): D(61),
    }


# Revenue


def test_revenue_is_net_of_credit_notes(documents: list[Invoice]) -> None:
    found = [tuple(row.values()) for row in rows_of(made("revenue_months"))]

    assert found == [
        ("2026-01", 2, 0, D("310.05"), D("35.11"), D("345.16")),
        ("2026-03", 2, 1, D(1175), D("-0.30"), D("1174.70")),
    ]
    for name in ("revenue_programs", "revenue_clients"):
        rows = rows_of(made(name))
        assert sum(row["excl. VAT"] for row in rows) == D("1485.05")
    assert rows_of(made("revenue_programs"))[0]["program"] == "without program"


# Every table, both formats


@pytest.fixture
def hostile(documents: list[Invoice]) -> list[Invoice]:
    """Let every text that somebody types be a formula."""
    client = documents[0].client
    type(client).objects.update(legal_name=FORMULA)
    Payment.objects.update(reason="+1", correction="-1", corrected_at=noon(TODAY))
    booked(buyer_name=FORMULA, description="@SUM(A1)", groups=(Group(),))
    pay(documents[3], Channel.DIRECT, "1.00", date(2026, 3, 3))
    return documents


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.usefixtures("hostile")
def test_nothing_runs_in_any_table(name: str) -> None:
    """EXP-3, in CSV and in XLSX alike."""
    content = b"".join(streamed(made(name), as_format=Format.CSV, at=TODAY))
    texts = [
        cell
        for row in csv.reader(StringIO(content.decode("utf-8-sig")), delimiter=";")
        for cell in row
        if not cell.lstrip("-").replace(",", "").isdigit()
    ]
    assert texts
    assert not [text for text in texts if text.lstrip(" ").startswith(tuple("=+-@"))]

    sheet = sheet_of(made(name))
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not [
        cell
        for cell in cells
        if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@"))
    ]


def sheet_of(table: Table) -> Any:
    content = b"".join(streamed(table, as_format=Format.XLSX, at=TODAY))
    return load_workbook(BytesIO(content)).worksheets[0]


@pytest.mark.usefixtures("documents")
def test_a_workbook_has_numbers_as_numbers_days_as_days_and_codes_as_text() -> None:
    head, first, *_ = sheet_of(made("journal")).iter_rows(values_only=True)
    row = dict(zip(head, first, strict=True))

    assert row["factuurdatum"] == datetime(2026, 1, 15)  # noqa: DTZ001 – a bare day
    assert row["maatstaf"] == 100
    assert row["ondernemingsnummer"] == "0824677865"
    assert row["periode"] == "01"
    assert row["rooster_maatstaf"] == "03"


def test_a_stream_speaks_the_language_in_which_it_was_asked(
    documents: list[Invoice],
) -> None:
    with translation.override("nl"):
        asked = streamed(made("open_items"), as_format=Format.CSV, at=TODAY)

    assert "rechtstreeks" in b"".join(asked).decode("utf-8-sig")


def test_an_empty_period_gives_heads_without_rows(english: None) -> None:
    empty = Period(date(2020, 1, 1), date(2020, 1, 31))

    for name, make in TABLES.items():
        rows = list(make(empty, TODAY).rows())
        assert len(rows) == (2 if name == "vat" else 0), name
