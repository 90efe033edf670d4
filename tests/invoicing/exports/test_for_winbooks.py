"""Documents and clients for WinBooks out of the database."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from invoicing.documents.vat import Treatment
from invoicing.exports.booked import journal
from invoicing.exports.for_winbooks import NotForWinBooks, winbooks_files
from invoicing.exports.period import Period
from invoicing.exports.winbooks_fields import ACT, CSF
from invoicing.models import Bookkeeping, LedgerCode, Sale, VatRate
from tests.factories import ClientFactory
from tests.factories.booked import Group, Sold, book

from .sold import credited, sold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

D = Decimal
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def lines_of(fields: tuple[str, ...], content: bytes) -> list[dict[str, str]]:
    rows = csv.reader(StringIO(content.decode("windows-1252")))
    return [dict(zip(fields, row, strict=True)) for row in rows]


def booked_lines(period: Period = YEAR) -> list[dict[str, str]]:
    return lines_of(ACT, b"".join(winbooks_files(period).act()))


def ledger(sale: str, **codes: str) -> None:
    LedgerCode.objects.filter(sale=sale).update(**codes)


def test_accounts_and_codes_are_those_of_the_settings() -> None:
    Bookkeeping.objects.filter(pk=1).update(
        journal="VK", receivable_account="400100", vat_account="451100"
    )
    ledger("03", revenue_account="702000", vat_code="211400")
    sold("100")

    lines = booked_lines()

    assert [line["ACCOUNTGL"] for line in lines] == ["400100", "702000", "451100"]
    assert {line["DBKCODE"] for line in lines} == {"VK"}
    assert [line["VATCODE"] for line in lines] == ["", "", "211400"]


CREDITED = {
    "a code of its own": ("211499", "211499"),
    "the same code": ("", "211400"),
}


@pytest.mark.parametrize(("own", "code"), CREDITED.values(), ids=CREDITED)
def test_a_credit_note_has_the_code_of_what_it_credits(own: str, code: str) -> None:
    ledger("03", revenue_account="702000", vat_code="211400", credit_vat_code=own)
    credited(sold("100", on=date(2025, 12, 1)), "40", on=date(2026, 1, 5))

    lines = booked_lines()

    assert [line["AMOUNTEUR"] for line in lines] == ["-48.40", "40.00", "8.40"]
    assert {line["DBKCODE"] for line in lines} == {"VKC"}
    assert (lines[1]["ACCOUNTGL"], lines[2]["VATCODE"]) == ("702000", code)


SALES: dict[str, tuple[dict[str, Any], str]] = {
    "6 %": ({"rate": 6}, "01"),
    "exempt": ({"treatment": Treatment.EXEMPT_TRAINING}, "00"),
    "reverse charge in Belgium": ({"treatment": Treatment.REVERSE_CHARGE}, "45"),
    "EU services": (
        {"treatment": Treatment.REVERSE_CHARGE, "country": "NL"},
        "44",
    ),
    "outside the EU": (
        {"treatment": Treatment.OUTSIDE_SCOPE, "country": "CH", "to": ""},
        "47",
    ),
}


@pytest.mark.parametrize(("fields", "sale"), SALES.values(), ids=SALES)
def test_each_sort_of_sale_has_its_account_on_invoice_and_credit_note(
    fields: dict[str, Any], sale: str
) -> None:
    """VAT-3: the grid of the invoice says which sort it is."""
    ledger(sale, revenue_account="709999", vat_code="999999")
    invoice = sold("100", **fields)
    credited(invoice, "100", on=date(2026, 3, 3), **_rate(fields))

    lines = booked_lines()

    assert [line["VATIMPUT"] for line in lines if line["ACCOUNTGL"] == "709999"] == [
        "999999",
        "999999",
    ]
    assert sum((D(line["AMOUNTEUR"]) for line in lines), D(0)) == 0


def _rate(fields: dict[str, Any]) -> dict[str, Any]:
    return {"rate": fields["rate"]} if "rate" in fields else {}


def test_what_stands_in_no_grid_has_no_vat_line() -> None:
    sold("100", treatment=Treatment.SMALL_ENTERPRISE)

    assert [line["DOCTYPE"] for line in booked_lines()] == ["1", "3"]


def test_documents_come_in_the_order_of_their_dates_each_with_all_its_groups() -> None:
    groups = (Group(D("100.00"), D(21)), Group(D("0.07"), D(6)))
    book(
        Sold(on=date(2026, month, 5), groups=groups, buyer_name=f"Klant {month}")
        for month in (5, 3, 4)
    )

    lines = booked_lines(Period(date(2026, 4, 1), date(2026, 12, 31)))

    customers = [line for line in lines if line["DOCTYPE"] == "1"]
    assert [line["COMMENT"][-7:] for line in customers] == ["Klant 4", "Klant 5"]
    assert [line["AMOUNTEUR"] for line in customers] == ["121.07", "121.07"]
    assert [line["PERIOD"] for line in customers] == ["04", "05"]


def test_the_period_is_that_of_the_financial_year() -> None:
    Bookkeeping.objects.filter(pk=1).update(first_month=7)
    sold(on=date(2026, 8, 2))

    lines = booked_lines(Period(date(2026, 7, 1), date(2027, 6, 30)))

    assert {line["PERIOD"] for line in lines} == {"02"}


def test_the_clients_are_those_with_a_document_in_the_period() -> None:
    ours = ClientFactory.create(legal_name="Café Noël BV", language="fr")
    other = ClientFactory.create()
    sold(client=ours)
    sold(client=ours)
    sold(client=other, on=date(2025, 6, 1))

    files = winbooks_files(YEAR)

    [client] = lines_of(CSF, b"".join(files.csf()))
    assert (client["NUMBER"], client["NAME1"]) == (ours.number, "Café Noël BV")
    assert (client["LANG"], client["CENTRAL"]) == ("F", "400000")
    numbers = {line["ACCOUNTRP"] for line in lines_of(ACT, b"".join(files.act()))}
    assert numbers == {ours.number}


def test_one_query_whatever_the_number_of_documents(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for _number in range(3):
        credited(sold("100"), "10", on=date(2026, 3, 3))
    files = winbooks_files(YEAR)

    with django_assert_num_queries(1):
        assert b"".join(files.act())
    with django_assert_num_queries(1):
        assert b"".join(files.csf())


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "two financial years": (
        lambda: Bookkeeping.objects.filter(pk=1).update(first_month=7),
        "one financial year at a time",
    ),
    "journal too long": (
        lambda: Bookkeeping.objects.filter(pk=1).update(journal="VERKOOP"),
        r"6 characters at most: VERKOOP \(journal of invoices\)",
    ),
    "account too long": (
        lambda: ledger("00", revenue_account="700000000"),
        r"8 characters at most: 700000000 \(account of the revenue\)",
    ),
    "code too long": (
        lambda: ledger("44", vat_code="2214000"),
        r"6 characters at most: 2214000 \(VAT code\)",
    ),
    "no code where VAT is charged": (
        lambda: ledger("03", vat_code=""),
        r"21 % \(grid 03\) has no VAT code yet",
    ),
}


@pytest.mark.parametrize(("set_wrong", "message"), REFUSED.values(), ids=REFUSED)
def test_what_winbooks_cannot_take_is_refused_before_a_byte_is_written(
    set_wrong: Callable[[], object], message: str
) -> None:
    set_wrong()

    with pytest.raises(NotForWinBooks, match=message):
        winbooks_files(YEAR)


def test_a_note_of_a_rate_that_is_gone_has_the_codes_it_has_in_the_journal() -> None:
    """EXP-2: no grid is guessed, in neither."""
    for at, row in enumerate(LedgerCode.objects.all()):
        ledger(row.sale, revenue_account=f"70000{at}", vat_code=f"{at}")
    note = credited(sold("100"), "100", on=date(2026, 3, 5))
    VatRate.objects.all().delete()

    in_journal = [row[15] for row in journal(YEAR).rows() if row[4] == note.number]
    in_winbooks = [
        line["ACCOUNTGL"]
        for line in booked_lines()
        if line["DBKTYPE"] == "3" and line["VATIMPUT"]
    ]

    gone = LedgerCode.objects.get(sale=Sale.NONE).revenue_account
    assert in_journal == in_winbooks == [gone]
