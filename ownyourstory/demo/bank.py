"""A bank file: one payment that matches, one of the wallet to confirm, one unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils import timezone

from invoicing.documents.document import Kind
from invoicing.models import BankFile, Channel, Invoice, Seller
from invoicing.receipts import reading
from invoicing.receipts.bank import booking
from programs.models import Enrolment

from .days import workday

NAME = "CAMT053_voorbeeld.xml"
OPENING = Decimal("4200.00")
THEIRS = "BE43068999999501"

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
<BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>{iban}</IBAN></Id></Acct>
<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="EUR">{opening}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp>
<Amt Ccy="EUR">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>
{entries}
</Stmt></BkToCstmrStmt></Document>
"""
ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>
<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr>
<DbtrAcct><Id><IBAN>{iban}</IBAN></Id></DbtrAcct></RltdPties>
<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


@dataclass(frozen=True, slots=True)
class _Came:
    amount: Decimal
    name: str
    text: str


def put_in_bank_file(enrolments: Mapping[str, Enrolment], *, today: date) -> None:
    """Bring in what the bank said of a day, once."""
    if BankFile.objects.exists():
        return
    exact = _invoice(enrolments["harbour_advice"])
    wallet = _invoice(enrolments["bakery_past"])
    number = enrolments["bakery_past"].application_number
    came = [
        _Came(_open(exact, Channel.DIRECT), exact.buyer_name, exact.communication),
        _Came(_open(wallet, Channel.WALLET), "KMO-PORTEFEUILLE", f"BETALING {number}"),
        _Came(Decimal("88.00"), "K. VOORBEELD", "zoals besproken"),
    ]
    day = workday(today, -1)
    booking.bring_in(
        _written(came, day=day).encode(),
        name=NAME,
        now=timezone.make_aware(datetime.combine(day, time(18))),
        today=today,
        by=None,
    )


def _written(came: list[_Came], *, day: date) -> str:
    entries = [
        ENTRY.format(
            amount=one.amount,
            day=day,
            name=escape(one.name),
            iban=THEIRS,
            text=escape(one.text),
        )
        for one in came
    ]
    return FILE.format(
        iban=Seller.objects.current().iban,
        opening=OPENING,
        closing=OPENING + sum(one.amount for one in came),
        entries="\n".join(entries),
    )


def _invoice(enrolment: Enrolment) -> Invoice:
    return enrolment.invoices.filter(kind=Kind.INVOICE).earliest("pk")


def _open(invoice: Invoice, channel: Channel) -> Decimal:
    return reading.receipts_of(invoice)[channel].open
