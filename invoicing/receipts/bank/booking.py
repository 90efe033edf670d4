"""A bank file looked at and brought in; its transactions booked, or set aside. PAY-3.

Payments are written by ``receipts.recording`` alone; what became of a transaction
follows from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from invoicing.models import (
    BankFile,
    BankSource,
    BankTransaction,
    Bookkeeping,
    Channel,
    Payment,
    Seller,
    SetAside,
)
from invoicing.receipts.recording import (
    Exact,
    Money,
    NotRecorded,
    locked_all,
    pay_back,
    record,
    record_exact,
)

from .identity import Known, told_apart
from .looking import as_told, judged
from .outlook import Judged, Part, Verdict
from .reading import read
from .statement import BankData, Source, Transaction


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it was looked at: what is new, with its verdict, and what is known."""

    data: BankData
    new: list[tuple[Transaction, Judged]]
    seen: list[Transaction]


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that was brought in: how many of it were new, booked, and known."""

    file: BankFile | None
    new: int
    booked: int
    seen: int


def look(content: bytes, *, today: date) -> Looked:
    """Return what bringing in a file would do; nothing is stored.

    Raises Refused for a file that is broken, or not of our account.
    """
    data = read(content, iban=Seller.objects.current().iban, today=today)
    rows = _told_apart(data)
    new = [told for told, _core, ordinal in rows if ordinal is not None]
    seen = [told for told, _core, ordinal in rows if ordinal is None]
    return Looked(data, list(zip(new, judged(new), strict=True)), seen)


@transaction.atomic
def bring_in(
    content: bytes, *, name: str, now: datetime, today: date, by: User | None
) -> Brought:
    """Keep what is new in a file and book what matches, all of it or nothing.

    The same file again, or at the same moment, changes nothing: one waits for the
    other. Raises Refused as ``look`` does.
    """
    data = read(content, iban=Seller.objects.current().iban, today=today)
    Bookkeeping.objects.select_for_update().get(pk=1)
    rows = _told_apart(data)
    new = [(told, core, ordinal) for told, core, ordinal in rows if ordinal is not None]
    seen = len(rows) - len(new)
    if not new:
        return Brought(None, new=0, booked=0, seen=seen)
    days = [told.booked_on for told in data.transactions]
    file = BankFile.objects.create(
        name=name[:200] or "–",
        source=BankSource(data.source),
        sha256=hashlib.sha256(content).hexdigest(),
        account=data.statements[0].account,
        first_on=min(days),
        last_on=max(days),
        seen=seen,
        added_at=now,
        added_by=by,
    )
    kept = _keep(file, data, new)
    verdicts = judged([told for told, _core, _ordinal in new])
    exact = [
        Exact(part.invoice, Money(Channel.DIRECT, part.amount, row.booked_on), row.pk)
        for row, verdict in zip(kept, verdicts, strict=True)
        if verdict.verdict is Verdict.MATCHED
        for part in verdict.parts
    ]
    booked = record_exact(exact, now=now, today=today, by=by) if exact else []
    return Brought(file, new=len(new), booked=len(booked), seen=seen)


def _told_apart(data: BankData) -> list[tuple[Transaction, str, int | None]]:
    """Return the transactions of a file with what makes each this one."""
    told = data.transactions
    if not told:
        return []
    account = data.statements[0].account
    days = [one.booked_on for one in told]
    rows = BankTransaction.objects.filter(
        account=account, booked_on__range=(min(days), max(days))
    ).order_by("pk")
    known = [
        Known(core, ordinal, reference, Source(source))
        for core, ordinal, reference, source in rows.values_list(
            "core", "ordinal", "reference", "file__source"
        )
    ]
    return list(told_apart(account, told, source=data.source, known=known))


def _keep(
    file: BankFile,
    data: BankData,
    new: Sequence[tuple[Transaction, str, int]],
) -> list[BankTransaction]:
    statements = {
        id(one): each.number for each in data.statements for one in each.transactions
    }
    return BankTransaction.objects.bulk_create(
        [
            BankTransaction(
                file=file,
                statement=statements[id(told)],
                account=file.account,
                line=told.line,
                booked_on=told.booked_on,
                valued_on=told.valued_on,
                amount=told.amount,
                name=told.name,
                iban=told.iban,
                communication=told.communication,
                text=told.text,
                reference=told.reference,
                is_reversal=told.is_reversal,
                core=core,
                ordinal=ordinal,
            )
            for told, core, ordinal in new
        ]
    )


@transaction.atomic
def confirm(
    transaction_id: int,
    *,
    shown: str,
    now: datetime,
    today: date,
    by: User | None,
) -> list[Payment]:
    """Book what is proposed for a transaction, and return the payments.

    ``shown`` is the key of the proposal she saw. Raises NotRecorded where another one
    stands there by now.
    """
    row = BankTransaction.objects.select_for_update().get(pk=transaction_id)
    [found] = judged([as_told(row)])
    if not found.parts or found.key != shown:
        raise NotRecorded(
            _("In the meantime something changed: look at the proposal again.")
        )
    locked_all([part.invoice for part in found.parts])
    return [book(row.pk, part, now=now, today=today, by=by) for part in found.parts]


@transaction.atomic
def book(
    transaction_id: int,
    part: Part,
    *,
    now: datetime,
    today: date,
    by: User | None,
) -> Payment:
    """Book an amount of a transaction for an invoice, and return the payment.

    What went out is money that goes back. Raises NotRecorded as recording does.
    """
    row = BankTransaction.objects.select_for_update().get(pk=transaction_id)
    money = Money(Channel(part.road), part.amount, row.booked_on)
    step = record if row.amount > 0 else pay_back
    return step(part.invoice, money, now=now, today=today, by=by, from_bank=row.pk)


@transaction.atomic
def set_aside(
    transaction_id: int, *, reason: str, now: datetime, by: User | None
) -> SetAside:
    """Set a transaction aside: it is for no invoice. Raises NotRecorded if booked."""
    row = BankTransaction.objects.select_for_update().get(pk=transaction_id)
    if not reason.strip():
        raise NotRecorded(_("Say why: the reason is kept."), field="reason")
    if row.asides.filter(corrected_at=None).exists():
        raise NotRecorded(_("It was set aside already."))
    if row.rest == 0:
        raise NotRecorded(_("All of it is booked already."))
    return row.asides.create(reason=reason.strip(), recorded_at=now, recorded_by=by)


@transaction.atomic
def bring_back(transaction_id: int, *, now: datetime, by: User | None) -> None:
    """Bring a transaction back that was set aside; one that was not stays as it is."""
    row = BankTransaction.objects.select_for_update().get(pk=transaction_id)
    for aside in row.asides.filter(corrected_at=None):
        aside.corrected_at, aside.corrected_by = now, by
        aside.correction = _("Brought back.")
        aside.save(update_fields=["corrected_at", "corrected_by", "correction"])
