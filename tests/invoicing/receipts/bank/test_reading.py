"""Bank files read into one shape, or refused whole with the line (PAY-3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing.receipts.bank.reading import MAX_BYTES, read
from invoicing.receipts.bank.statement import (
    BankData,
    Flaw,
    Refused,
    Transaction,
    structured,
)

from .building import DAY, OURS, THEIRS, Row, camt, coda

TODAY = date(2026, 3, 20)
D = Decimal
EXACT = "202600000192"

ROWS = (
    Row("121.00", communication=EXACT, reference="A1"),
    Row("-42.50", text="Huur maart", name="Vastgoed Linde", reference="A2"),
    Row(
        "605.00", text="betaling factuur 2026-0002", name="Société Élan", reference="A3"
    ),
)


def read_ours(content: bytes) -> BankData:
    return read(content, iban=OURS, today=TODAY)


def flaw_of(content: bytes, *, iban: str = OURS) -> tuple[Flaw, int]:
    with pytest.raises(Refused) as refused:
        read(content, iban=iban, today=TODAY)
    return refused.value.flaw, refused.value.line


FORMATS: dict[str, Callable[..., bytes]] = {
    "CODA": coda,
    "camt.053 version 2": camt,
    "camt.053 version 8": lambda *rows, **more: camt(*rows, version="08", **more),
    "camt.053 version 13": lambda *rows, **more: camt(*rows, version="13", **more),
}


@pytest.mark.parametrize("build", FORMATS.values(), ids=FORMATS)
def test_each_format_gives_the_same_shape(build: Callable[..., bytes]) -> None:
    data = read_ours(build(*ROWS))

    [statement] = data.statements
    assert (statement.account, statement.opening, statement.closing) == (
        OURS,
        D("1000.00"),
        D("1683.50"),
    )
    first, second, third = statement.transactions
    assert first == Transaction(
        booked_on=DAY,
        valued_on=DAY,
        amount=D("121.00"),
        name="Bakkerij Janssens BV",
        iban=THEIRS,
        communication=EXACT,
        reference="A1",
    )
    assert (second.amount, second.text, second.communication) == (
        D("-42.50"),
        "Huur maart",
        "",
    )
    assert (third.name, third.text) == ("Société Élan", "betaling factuur 2026-0002")
    assert 0 < first.line < second.line < third.line


STRUCTURED = {
    "+++202/6000/00192+++": EXACT,
    "***202/6000/00192***": EXACT,
    "202600000192": EXACT,
    "202/6000/00192": EXACT,
    "+++202/6000/00193+++": "",
    "factuur 202600000192": "",
    "": "",
}


@pytest.mark.parametrize(("text", "digits"), STRUCTURED.items(), ids=STRUCTURED)
def test_a_structured_communication_is_read_in_any_notation(
    text: str, digits: str
) -> None:
    assert structured(text) == digits


@pytest.mark.parametrize("build", FORMATS.values(), ids=FORMATS)
def test_a_communication_typed_as_text_is_structured(
    build: Callable[..., bytes],
) -> None:
    [one] = read_ours(build(Row("5.00", text="+++202/6000/00192+++"))).transactions

    assert (one.communication, one.text) == (EXACT, "")


@pytest.mark.parametrize("build", FORMATS.values(), ids=FORMATS)
def test_a_sum_with_its_payments_is_counted_once(build: Callable[..., bytes]) -> None:
    parts = (Row("100.00", text="een"), Row("50.25", text="twee"))

    data = read_ours(build(Row("150.25", parts=parts), Row("1.00")))

    assert [one.amount for one in data.transactions] == [D(100), D("50.25"), D(1)]
    assert [one.text for one in data.transactions][:2] == ["een", "twee"]


@pytest.mark.parametrize("build", FORMATS.values(), ids=FORMATS)
def test_a_sum_that_its_payments_do_not_make_is_refused(
    build: Callable[..., bytes],
) -> None:
    parts = (Row("100.00"), Row("50.00"))

    flaw, line = flaw_of(build(Row("150.25", parts=parts)))

    assert flaw is Flaw.DETAILS
    assert line > 1


def test_a_detail_of_coda_that_only_explains_is_no_payment() -> None:
    content = coda(Row("150.25", parts=(Row("100.00"), Row("50.25"))))
    lines = content.split(b"\r\n")
    for at, line in enumerate(lines):
        if line.startswith(b"21"):
            kind = b"3" if line[6:10] == b"0000" else b"8"
            lines[at] = line[:53] + kind + line[54:]

    assert [one.amount for one in read_ours(b"\r\n".join(lines)).transactions] == [
        D("150.25")
    ]
    # A detail of a detail, over which the library itself stumbles.
    deep = [
        line[:53] + b"9" + line[54:] if line[6:10] == b"0002" else line
        for line in lines
    ]
    assert len(read_ours(b"\r\n".join(deep)).transactions) == 1


def test_only_booked_entries_count() -> None:
    data = read_ours(camt(Row("10.00"), Row("99.00", status="PDNG")))

    assert [one.amount for one in data.transactions] == [D(10)]


def test_a_reversal_keeps_the_sign_of_its_entry() -> None:
    [one] = read_ours(camt(Row("-10.00", is_reversal=True))).transactions

    assert (one.amount, one.is_reversal) == (D(-10), True)


def swapped(content: bytes, old: bytes, new: bytes) -> bytes:
    assert old in content
    return content.replace(old, new)


CODA, CAMT = coda(*ROWS), camt(*ROWS)
CODA_LINES = CODA.split(b"\r\n")
ENTITY = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document '
BROKEN = {
    "nothing": (b"  \n", Flaw.EMPTY, 0),
    "too large": (b"0000" * (MAX_BYTES // 4 + 1), Flaw.TOO_LARGE, 0),
    "another kind of file": (b"%PDF-1.7", Flaw.NO_BANK_FILE, 0),
    "CODA: a record cut off": (
        b"\r\n".join([*CODA_LINES[:5], CODA_LINES[5][:100], *CODA_LINES[6:]]),
        Flaw.LENGTH,
        6,
    ),
    "CODA: letters for an amount": (
        b"\r\n".join(
            [
                *CODA_LINES[:2],
                CODA_LINES[2].replace(b"0121000", b"012A000"),
                *CODA_LINES[3:],
            ]
        ),
        Flaw.RECORD,
        3,
    ),
    "CODA: a day that is none": (
        b"\r\n".join(
            [
                *CODA_LINES[:2],
                CODA_LINES[2].replace(b"160326", b"320326"),
                *CODA_LINES[3:],
            ]
        ),
        Flaw.RECORD,
        3,
    ),
    "CODA: a record of no kind": (
        b"\r\n".join([*CODA_LINES[:2], b"7" + CODA_LINES[2][1:], *CODA_LINES[3:]]),
        Flaw.RECORD,
        3,
    ),
    "CODA: the end is missing": (
        b"\r\n".join(CODA_LINES[:-2]),
        Flaw.TRUNCATED,
        12,
    ),
    "CODA: a movement is missing": (
        b"\r\n".join(CODA_LINES[:2] + CODA_LINES[5:]),
        Flaw.COUNT,
        10,
    ),
    "CODA: an amount is another": (
        swapped(CODA, b"0000000000121000", b"0000000000122000"),
        Flaw.TOTALS,
        13,
    ),
    "CODA: the balance is another": (
        swapped(CODA, b"0000000001683500", b"0000000001683600"),
        Flaw.UNBALANCED,
        13,
    ),
    "CODA: other money": (coda(*ROWS, currency="USD"), Flaw.CURRENCY, 2),
    "CODA: parts of a cent": (
        swapped(CODA, b"0000000000121000", b"0000000000121005"),
        Flaw.AMOUNT,
        3,
    ),
    "CODA: another account": (coda(*ROWS, account=THEIRS), Flaw.OTHER_ACCOUNT, 1),
    "CODA: two accounts": (CODA + coda(account=THEIRS), Flaw.ACCOUNTS, 14),
    "CODA: unreadable signs": (
        swapped(CODA, b"Bakkerij", b"Bakk\x81rij"),
        Flaw.ENCODING,
        5,
    ),
    "camt: cut off": (CAMT[:900], Flaw.XML, 14),
    "camt: another XML": (b"<html/>", Flaw.OTHER_XML, 1),
    "camt: a name for a file": (
        swapped(CAMT, b"<Document ", ENTITY),
        Flaw.DOCTYPE,
        1,
    ),
    "camt: no statement": (
        CAMT.split(b"<Stmt>")[0] + b"</BkToCstmrStmt></Document>",
        Flaw.NO_STATEMENT,
        0,
    ),
    "camt: another account": (camt(*ROWS, account=THEIRS), Flaw.OTHER_ACCOUNT, 3),
    "camt: other money": (
        CAMT.replace(b'Ccy="EUR">121.00', b'Ccy="USD">121.00'),
        Flaw.CURRENCY,
        9,
    ),
    "camt: the account in other money": (camt(*ROWS, currency="USD"), Flaw.CURRENCY, 3),
    "camt: the balance is another": (
        swapped(CAMT, b">1683.50<", b">1683.51<"),
        Flaw.UNBALANCED,
        3,
    ),
    "camt: one more was told": (
        swapped(CAMT, b"<NbOfNtries>3<", b"<NbOfNtries>4<"),
        Flaw.COUNT,
        8,
    ),
    "camt: another sum was told": (
        swapped(CAMT, b"<Sum>768.50<", b"<Sum>768.51<"),
        Flaw.TOTALS,
        8,
    ),
    "camt: an amount that is none": (
        swapped(CAMT, b">121.00<", b">1e2<"),
        Flaw.AMOUNT,
        9,
    ),
    "camt: no day": (
        swapped(CAMT, b"<BookgDt>", b"<BookDt>").replace(b"</BookgDt>", b"</BookDt>"),
        Flaw.MISSING,
        9,
    ),
    "CODA: an account of no kind": (
        b"\r\n".join(
            [CODA_LINES[0], swapped(CODA_LINES[1], b"12", b"15"), *CODA_LINES[2:]]
        ),
        Flaw.RECORD,
        13,
    ),
    "camt: a day to come": (camt(replace(ROWS[0], day=date(2026, 3, 21))), Flaw.DAY, 9),
}


@pytest.mark.parametrize(("content", "flaw", "line"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_is_not_right_is_refused_whole_with_its_line(
    content: bytes, flaw: Flaw, line: int
) -> None:
    assert flaw_of(content) == (flaw, line)


def test_a_statement_of_coda_is_whole_where_the_bank_has_more_files() -> None:
    content = b"\r\n".join([*CODA_LINES[:-2], CODA_LINES[-2][:-1] + b"1"])

    assert len(read_ours(content).transactions) == 3


def test_an_account_of_zeros_is_none() -> None:
    [one] = read_ours(coda(Row("5.00", iban="0" * 12))).transactions

    assert one.iban == ""


def test_several_statements_of_one_account_are_read() -> None:
    data = read_ours(CODA + coda(Row("7.00"), opening="1683.50"))

    assert [len(one.transactions) for one in data.statements] == [3, 1]
    assert data.transactions[-1].line == 16


@settings(max_examples=60)
@given(st.sampled_from([CODA, CAMT]), st.data())
def test_a_mutated_file_is_read_or_refused_and_never_worse(
    content: bytes, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(content)))
    until = data.draw(st.integers(at, min(at + 200, len(content))))
    new = data.draw(st.binary(max_size=20))
    _read_or_refused(content[:at] + new + content[until:])


@settings(max_examples=60)
@given(st.sampled_from([b"", b"0000", b"<Document", b"<?xml"]), st.binary(max_size=300))
def test_random_bytes_are_refused(begin: bytes, rest: bytes) -> None:
    _read_or_refused(begin + rest)


def _read_or_refused(content: bytes) -> None:
    try:
        data = read_ours(content)
    except Refused:
        return
    assert data.statements
