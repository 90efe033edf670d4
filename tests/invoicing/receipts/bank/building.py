"""Bank files made up for the tests, whose balances are right. All of it is invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

OURS = "BE68539007547034"
THEIRS = "BE43068999999501"
DAY = date(2026, 3, 16)
D = Decimal


@dataclass(frozen=True)
class Row:
    """A movement; with ``parts`` it is the sum of these."""

    amount: str
    text: str = ""
    communication: str = ""
    name: str = "Bakkerij Janssens BV"
    iban: str = THEIRS
    reference: str = ""
    day: date = DAY
    parts: tuple[Row, ...] = ()
    status: str = "BOOK"
    is_reversal: bool = False

    @property
    def value(self) -> Decimal:
        return D(self.amount)


def coda(
    *rows: Row, account: str = OURS, opening: str = "1000.00", currency: str = "EUR"
) -> bytes:
    """Return a CODA file with one statement."""
    first, start = f"{DAY:%d%m%y}", D(opening)
    owner = f"{account:<34}{currency}"
    lines = [
        (
            f"00000{first}53905{'':8}{'':10}{'OWN YOUR STORY':<26}{'VOBEBEBB':<11}"
            f"{'00000000097'}{'':1}00000{'':39}2"
        ),
        f"12001{owner}{_coda_amount(start)}{first}{'OWN YOUR STORY':<26}{'':35}001",
    ]
    for number, row in enumerate(rows, start=1):
        kind = "1" if row.parts else "0"
        lines += _movement(row, number=number, detail=0, kind=kind)
        for detail, part in enumerate(row.parts, start=1):
            lines += _movement(part, number=number, detail=detail, kind="5")
    closing = start + sum((row.value for row in rows), D(0))
    lines.append(f"8001{owner}{_coda_amount(closing)}{first}{'':64}0")
    debit = -sum((row.value for row in rows if row.value < 0), D(0))
    credit = sum((row.value for row in rows if row.value > 0), D(0))
    lines.append(
        f"9{'':15}{len(lines) - 1:06d}{_digits(debit)}{_digits(credit)}{'':75}2"
    )
    assert all(len(line) == 128 for line in lines), [len(line) for line in lines]
    return ("\r\n".join(lines) + "\r\n").encode("windows-1252")


def _movement(row: Row, *, number: int, detail: int, kind: str) -> list[str]:
    place = f"{number % 10000:04d}{detail:04d}"
    day = f"{row.day:%d%m%y}"
    told = f"1101{row.communication:<50}" if row.communication else f"0{row.text}"
    reference = row.reference or f"REF{number}-{detail}"
    told = f"{told:<150}"
    return [
        (
            f"21{place}{reference:<21}{_coda_amount(row.value)}{day}{kind}0150000"
            f"{told[:54]}{day}0010{'1'} 0"
        ),
        f"22{place}{told[54:107]}{'':35}{'':11}{'':3}{'':13}1 0",
        f"23{place}{row.iban:<34}EUR{row.name[:35]:<35}{told[107:150]}0 1",
    ]


def _coda_amount(amount: Decimal) -> str:
    return f"{'1' if amount < 0 else '0'}{_digits(abs(amount))}"


def _digits(amount: Decimal) -> str:
    return f"{int(amount * 1000):015d}"


def camt(
    *rows: Row,
    account: str = OURS,
    opening: str = "1000.00",
    version: str = "02",
    currency: str = "EUR",
    summary: bool = True,
) -> bytes:
    """Return a camt.053 file with one statement."""
    booked = [row for row in rows if row.status == "BOOK"]
    closing = D(opening) + sum((row.value for row in booked), D(0))
    total = sum((abs(row.value) for row in booked), D(0))
    told = (
        f"<TxsSummry><TtlNtries><NbOfNtries>{len(booked)}</NbOfNtries>"
        f"<Sum>{total}</Sum></TtlNtries></TxsSummry>"
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}">',
        "<BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr><Stmt><Id>S1</Id>",
        "<ElctrncSeqNb>1</ElctrncSeqNb>",
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>{currency}</Ccy></Acct>",
        _balance("OPBD", D(opening)),
        _balance("CLBD", closing),
        told if summary else "",
        *(_entry(row, version=version) for row in rows),
        "</Stmt></BkToCstmrStmt></Document>",
    ]
    return "\n".join(lines).encode()


def _balance(code: str, amount: Decimal) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{_amt(amount)}"
        f"<Dt><Dt>{DAY}</Dt></Dt></Bal>"
    )


def _amt(amount: Decimal) -> str:
    sign = "DBIT" if amount < 0 else "CRDT"
    return f'<Amt Ccy="EUR">{abs(amount)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'


def _entry(row: Row, *, version: str) -> str:
    new = int(version) >= 8
    status = f"<Cd>{row.status}</Cd>" if new else row.status
    parts: Sequence[Row] = row.parts or (row,)
    return "\n".join(
        [
            f"<Ntry>{_amt(row.value)}",
            "<RvslInd>true</RvslInd>" if row.is_reversal else "",
            f"<Sts>{status}</Sts><BookgDt><Dt>{row.day}</Dt></BookgDt>",
            f"<ValDt><Dt>{row.day}</Dt></ValDt>",
            f"<AcctSvcrRef>{row.reference}</AcctSvcrRef><NtryDtls>",
            *(_details(part, new=new, alone=not row.parts) for part in parts),
            "</NtryDtls></Ntry>",
        ]
    )


def _details(row: Row, *, new: bool, alone: bool) -> str:
    party = "Dbtr" if row.value > 0 else "Cdtr"
    name = f"<Nm>{escape(row.name)}</Nm>"
    told = f"<Ustrd>{escape(row.text)}</Ustrd>" if row.text else ""
    if row.communication:
        ref = f"<CdtrRefInf><Ref>{row.communication}</Ref></CdtrRefInf>"
        told += f"<Strd>{ref}</Strd>"
    return (
        f"<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
        f"{'' if alone else _amt(row.value)}"
        f"<RltdPties><{party}>{f'<Pty>{name}</Pty>' if new else name}</{party}>"
        f"<{party}Acct><Id><IBAN>{row.iban}</IBAN></Id></{party}Acct></RltdPties>"
        f"<RmtInf>{told}</RmtInf></TxDtls>"
    )
