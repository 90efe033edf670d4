"""Documents and clients as WinBooks imports them (EXP-3, VAT-3)."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invoicing.exports.winbooks import (
    Booking,
    Group,
    Third,
    act,
    act_rows,
    csf,
    document_number,
)
from invoicing.exports.winbooks_fields import ACT, CSF, DoesNotFit
from ownyourstory.money import percent_of

D = Decimal
BOOKING = Booking(
    journal="VKF",
    number="20260001",
    is_credit_note=False,
    client_number="K00012",
    comment="2026-0001 Bakkerij Gent",
    issued_on=date(2026, 3, 2),
    due_on=date(2026, 4, 1),
    period=3,
    receivable_account="400000",
    vat_account="451000",
    groups=(
        Group("700000", "211400", D("100.00"), D("21.00")),
        Group("700100", "244600", D("50.00"), D("0.00")),
    ),
)
THIRD = Third(
    number="K00012",
    name="Bakkerij Gent BV",
    street="Kerkstraat 1",
    postal_code="9000",
    city="Gent",
    country="BE",
    vat_number="BE0824677865",
    language="fr",
)

amounts = st.decimals("0.00", "99999.99", places=2)


@st.composite
def groups(draw: st.DrawFn) -> Group:
    base = draw(amounts)
    rate = draw(st.sampled_from([D(0), D(6), D(12), D(21)]))
    return Group("700000", "211400", base, percent_of(base, rate))


def bookings() -> st.SearchStrategy[Booking]:
    return st.builds(
        replace,
        st.just(BOOKING),
        is_credit_note=st.booleans(),
        groups=st.lists(groups(), min_size=1, max_size=5).map(tuple),
    )


def read(content: bytes, fields: tuple[str, ...]) -> list[dict[str, str]]:
    lines = list(csv.reader(StringIO(content.decode("windows-1252"))))
    assert {len(line) for line in lines} <= {len(fields)}
    return [dict(zip(fields, line, strict=True)) for line in lines]


def lines_of(*documents: Booking) -> list[dict[str, str]]:
    return read(b"".join(act(documents)), ACT)


@given(bookings())
def test_each_document_comes_to_zero(booking: Booking) -> None:
    lines = lines_of(booking)

    assert sum((D(line["AMOUNTEUR"]) for line in lines), D(0)) == 0
    customer = [D(line["AMOUNTEUR"]) for line in lines if line["DOCTYPE"] == "1"]
    gross = sum((one.base + one.vat for one in booking.groups), D(0))
    assert sum(customer) == (-gross if booking.is_credit_note else gross)
    assert {line["AMOUNTEUR"] for line in lines if line["DOCTYPE"] != "4"} & {
        "0.00"
    } == set()


@given(bookings())
def test_the_vat_has_its_base_and_its_code(booking: Booking) -> None:
    lines = [line for line in lines_of(booking) if line["VATCODE"]]

    assert sum((D(line["VATBASE"]) for line in lines), D(0)) == sum(
        (one.base for one in booking.groups), D(0)
    )
    assert all((line["DOCTYPE"] == "3") is bool(line["ACCOUNTGL"]) for line in lines)


def test_an_invoice_debits_the_client_and_credits_revenue_and_vat() -> None:
    shown = [
        (line["DOCTYPE"], line["ACCOUNTGL"], line["AMOUNTEUR"], line["VATBASE"])
        for line in lines_of(BOOKING)
    ]

    assert shown == [
        ("1", "400000", "171.00", "150.00"),
        ("3", "700000", "-100.00", "0.00"),
        ("3", "700100", "-50.00", "0.00"),
        ("3", "451000", "-21.00", "100.00"),
        ("4", "", "0.00", "50.00"),
    ]


def test_a_credit_note_turns_the_sides_and_keeps_its_base() -> None:
    lines = lines_of(replace(BOOKING, is_credit_note=True, journal="VKC"))

    assert [line["AMOUNTEUR"] for line in lines] == [
        "-171.00",
        "100.00",
        "50.00",
        "21.00",
        "0.00",
    ]
    assert {(line["DBKCODE"], line["DBKTYPE"]) for line in lines} == {("VKC", "3")}
    assert [line["VATBASE"] for line in lines][3:] == ["100.00", "50.00"]


def test_a_line_says_when_where_and_for_whom() -> None:
    [line, *_others] = lines_of(BOOKING)

    assert [line[name] for name in ("DBKCODE", "DBKTYPE", "DOCNUMBER")] == [
        "VKF",
        "2",
        "20260001",
    ]
    assert [line[name] for name in ("DATE", "DATEDOC", "DUEDATE", "PERIOD")] == [
        "20260302",
        "20260302",
        "20260401",
        "03",
    ]
    assert (line["ACCOUNTRP"], line["VATTAX"]) == ("K00012", "21.00")
    assert (line["BOOKYEAR"], line["DOCORDER"]) == ("", "")


def test_a_document_of_nothing_has_no_line() -> None:
    nothing = Group("700000", "211400", D("0.00"), D("0.00"))

    assert lines_of(replace(BOOKING, groups=(nothing,))) == []


def test_many_documents_come_in_pieces() -> None:
    pieces = list(act(BOOKING for _ in range(300)))

    assert len(pieces) == 3
    assert len(read(b"".join(pieces), ACT)) == 1500


TEXTS = {
    "accents": ("Café Noël", "Café Noël"),
    "a letter that it lacks": ("Kovács Ödön és Erdős", "Kovács Ödön és Erdos"),
    "a sign that it lacks": ("Bäckerei 面包", "Bäckerei ??"),
    "quotes": ('Bakkerij "De Zon"', "Bakkerij 'De Zon'"),
    "more than one line": ("Bakkerij\r\nDe Zon", "Bakkerij De Zon"),
    "too long": ("x" * 50, "x" * 40),
    "formula": ('=HYPERLINK("x")', "'=HYPERLINK('x')"),
    "plus": ("+32", "'+32"),
    "minus": ("-1", "'-1"),
    "at": ("@SUM(A1)", "'@SUM(A1)"),
    "formula after a tab": ("\t=1+1", "'=1+1"),
    "long formula": ("=" + "x" * 50, "'=" + "x" * 38),
    "full-width formula": ("＝1+1", "'=1+1"),
}


@pytest.mark.parametrize(("text", "written"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_one_that_winbooks_reads_and_nothing_runs(
    text: str, written: str
) -> None:
    """EXP-3."""
    [booked, *_others] = lines_of(replace(BOOKING, comment=text))
    [client] = read(
        b"".join(csf([replace(THIRD, name=text)], receivable_account="400000")), CSF
    )

    assert (booked["COMMENT"], client["NAME1"]) == (written, written)


CLIENTS = {
    "Belgian": (THIRD, ("1", "BE", "0824.677.865", "F")),
    "Dutch": (
        replace(THIRD, country="NL", vat_number="NL123456782B90", language="nl"),
        ("1", "NL", "123456782B90", "N"),
    ),
    "Greek": (
        replace(THIRD, country="GR", vat_number="EL094259216", language="en"),
        ("1", "EL", "094259216", "E"),
    ),
    "without number": (replace(THIRD, vat_number=""), ("3", "BE", "", "F")),
}


@pytest.mark.parametrize(("third", "expected"), CLIENTS.values(), ids=CLIENTS)
def test_a_client_has_the_number_in_the_notation_of_winbooks(
    third: Third, expected: tuple[str, ...]
) -> None:
    [line] = read(b"".join(csf([third], receivable_account="400000")), CSF)

    names = ("VATCAT", "COUNTRY", "VATNUMBER", "LANG")
    assert tuple(line[name] for name in names) == expected
    assert (line["NUMBER"], line["TYPE"], line["CENTRAL"]) == ("K00012", "1", "400000")
    assert (line["ADRESS1"], line["ZIPCODE"], line["CITY"]) == (
        "Kerkstraat 1",
        "9000",
        "Gent",
    )


TOO_LONG = {
    "journal": (replace(BOOKING, journal="VERKOOP"), "DBKCODE"),
    "account of the client": (
        replace(BOOKING, receivable_account="400000000"),
        "ACCOUNTGL",
    ),
    "account of the VAT": (replace(BOOKING, vat_account="451000000"), "ACCOUNTGL"),
    "VAT code": (
        replace(BOOKING, groups=(Group("700000", "2114000", D(1), D(0)),)),
        "VATCODE",
    ),
}


@pytest.mark.parametrize(("booking", "field"), TOO_LONG.values(), ids=TOO_LONG)
def test_a_code_is_refused_rather_than_cut_off(booking: Booking, field: str) -> None:
    with pytest.raises(DoesNotFit, match=field):
        list(act_rows(booking))


NUMBERS = {
    "year and number": ("2026-0001", "20260001"),
    "letters before": ("F/2026/0001", "20260001"),
    "more than eight digits": ("2026-000123", "26000123"),
    "no digits": ("F", "26000123"),
}


@pytest.mark.parametrize(("number", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_has_at_most_eight_digits(number: str, expected: str) -> None:
    assert document_number(number, year=2026, sequence=123) == expected
