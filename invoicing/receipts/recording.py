"""Money recorded: in, back, let go, and taken back where it was wrong. PAY-2.

What was paid is never typed: it follows from the payments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.documents.document import Kind
from invoicing.models import (
    BankTransaction,
    Bookkeeping,
    Channel,
    Invoice,
    Payment,
    PaymentKind,
    Receipt,
)
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur
from programs import lifecycle as dossiers

from .keeping import refresh, refresh_all
from .standing import Advice, Split, advice


class NotRecorded(Exception):
    """The money cannot be recorded so; the message is for the owner.

    ``field`` is the name of what it is about, empty for all of it.
    """

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Money:
    """An amount (EUR, above zero) that went one of the two roads on a day."""

    channel: Channel
    amount: Decimal
    on: date
    reason: str = ""


def receipts_of(invoice: Invoice) -> dict[Channel, Receipt]:
    """Return the one or two receipts that an issued invoice expects (PAY-2)."""
    return {Channel(row.channel): row for row in invoice.receipts.order_by("-channel")}


def is_paid(receipts: Mapping[Channel, Receipt]) -> bool:
    """Tell whether all that was expected is in (PAY-2)."""
    return all(receipt.is_settled for receipt in receipts.values())


def advice_on(receipts: Mapping[Channel, Receipt]) -> list[tuple[Advice, Decimal]]:
    """Return what the owner does about money that does not fit, with the amounts."""
    rows = [receipts.get(channel) for channel in (Channel.WALLET, Channel.DIRECT)]
    still = Split(*(row.open if row else ZERO for row in rows))
    came = Split(*(row.received if row else ZERO for row in rows))
    most = Bookkeeping.objects.current().most_let_go
    return list(advice(still, came=came, most_let_go=most))


@transaction.atomic
def record(
    invoice_id: int,
    money: Money,
    *,
    now: datetime,
    today: date,
    by: User | None,
    from_bank: int | None = None,
) -> Payment:
    """Record that ``money`` came in for an issued invoice, and return it.

    Where with it the wallet paid all, its dossier is paid (DOS-1). ``from_bank`` is the
    transaction it is booked from. Raises NotRecorded for a credit note, an amount of
    nothing, a day to come, and more than is left of the transaction.
    """
    transaction_id = _on_bank(from_bank, money, sign=1)
    invoice = _locked(invoice_id)
    _check(money, today=today)
    payment = _write(
        invoice, PaymentKind.RECEIVED, money, now=now, by=by, from_bank=transaction_id
    )
    _follow(invoice, now=now, by=by)
    return payment


@dataclass(frozen=True, slots=True)
class Exact:
    """A transaction of the bank with exactly what is open directly on an invoice."""

    invoice_id: int
    money: Money
    from_bank: int


@transaction.atomic
def record_exact(
    every: Sequence[Exact], *, now: datetime, today: date, by: User | None
) -> list[Payment]:
    """Record what came in directly from a bank file, all at once (PAY-3).

    The same rows as ``record`` one by one. Each is looked at again with its invoice
    locked: what is no longer exactly open is left out. The transactions are new, made
    in the same database transaction. What comes directly moves no dossier.
    """
    invoices = _locked_all([one.invoice_id for one in every])
    direct = Receipt.objects.direct().filter(invoice__in=invoices)
    still = dict(direct.values_list("invoice", "open"))
    payments = []
    for one in every:
        _check(one.money, today=today)
        if still.get(one.invoice_id) == one.money.amount:
            still[one.invoice_id] = ZERO
            row = _row(
                one.invoice_id,
                PaymentKind.RECEIVED,
                one.money,
                now=now,
                by=by,
                from_bank=one.from_bank,
            )
            payments.append(Payment(**row))
    Payment.objects.bulk_create(payments)
    refresh_all([invoices[key] for key in {one.invoice_id for one in payments}])
    return payments


def _locked_all(keys: Sequence[int]) -> dict[int, Invoice]:
    """Return issued invoices by key, locked, their clients before them.

    The record is read where it is needed: of what the wallet pays.
    """
    chosen = Invoice.objects.issued().filter(kind=Kind.INVOICE, pk__in=keys)
    clients = Client.objects.filter(pk__in=chosen.values("client")).order_by("pk")
    list(clients.select_for_update().values_list("pk"))
    rows = chosen.order_by("pk").select_for_update(of=["self"])
    return {
        row.pk: row
        for some in (
            rows.filter(via_wallet=False).defer("record", "rule_sets"),
            rows.filter(via_wallet=True),
        )
        for row in some
    }


@transaction.atomic
def pay_back(
    invoice_id: int,
    money: Money,
    *,
    now: datetime,
    today: date,
    by: User | None,
    from_bank: int | None = None,
) -> Payment:
    """Record that ``money`` went back the way it came, and return it.

    Raises NotRecorded as ``record`` does, and for more than came that way.
    """
    transaction_id = _on_bank(from_bank, money, sign=-1)
    invoice = _locked(invoice_id)
    _check(money, today=today)
    receipt = receipts_of(invoice).get(money.channel)
    came = receipt.received if receipt else ZERO
    if money.amount > came:
        raise NotRecorded(
            _("Only %s came this way: no more than that goes back.") % eur(came),
            field="amount",
        )
    payment = _write(
        invoice, PaymentKind.REFUNDED, money, now=now, by=by, from_bank=transaction_id
    )
    _follow(invoice, now=now, by=by, because=money.reason or _("It was paid back."))
    return payment


@transaction.atomic
def let_go(
    invoice_id: int,
    channel: Channel,
    *,
    reason: str,
    now: datetime,
    today: date,
    by: User | None,
) -> Payment:
    """Write off the cents that are open, or too much, on one road; return that.

    Raises NotRecorded where nothing is open, without a reason, and for more than
    ``Bookkeeping.most_let_go``: that takes a credit note, or the money back.
    """
    invoice = _locked(invoice_id)
    receipt = receipts_of(invoice).get(channel)
    if receipt is None or not receipt.open:
        raise NotRecorded(_("There is nothing to write off."))
    most = Bookkeeping.objects.current().most_let_go
    if abs(receipt.open) > most:
        raise NotRecorded(
            _("%(amount)s is more than you write off (%(most)s, see Bookkeeping).")
            % {"amount": eur(abs(receipt.open)), "most": eur(most)}
        )
    if not reason.strip():
        raise NotRecorded(_("Say why: the reason is kept."), field="reason")
    money = Money(channel, receipt.open, today, reason)
    payment = _write(invoice, PaymentKind.LET_GO, money, now=now, by=by)
    _follow(invoice, now=now, by=by)
    return payment


@transaction.atomic
def take_back(
    payment_id: int, *, reason: str, now: datetime, by: User | None
) -> Payment:
    """Take back a payment that was recorded by mistake, with the reason.

    Raises NotRecorded without a reason, if it was taken back already, or if more went
    back to the client than would have come.
    """
    invoice_id = Payment.objects.values_list("invoice_id", flat=True).get(pk=payment_id)
    invoice = _locked(invoice_id)
    payment = invoice.payments.get(pk=payment_id)
    if payment.corrected_at is not None:
        raise NotRecorded(
            _("It was taken back already, on %s.") % date_format(payment.corrected_at)
        )
    if not reason.strip():
        raise NotRecorded(_("Say why: the reason is kept."), field="reason")
    payment.corrected_at, payment.corrected_by = now, by
    payment.correction = reason.strip()
    payment.save(update_fields=["corrected_at", "corrected_by", "correction"])
    _follow(invoice, now=now, by=by, because=reason)
    if receipts_of(invoice)[Channel(payment.channel)].received < ZERO:
        raise NotRecorded(_("Of it money was paid back: take that back first."))
    return payment


def after_step(enrolment_id: int, *, now: datetime, by: User | None) -> None:
    """Let the receipts follow a step of their dossier (``DOSSIER_STEPPED``).

    Called in the transaction of the step, with the client locked. Money of the wallet
    that came before its application was noted counts from then on (DOS-1); what the
    wallet no longer pays is owed directly (DOS-6).
    """
    issued = Invoice.objects.issued().filter(enrolment=enrolment_id)
    for invoice in issued.filter(kind=Kind.INVOICE).select_for_update(of=["self"]):
        refresh(invoice)
        _tell_dossier(invoice, now=now, by=by)


def _locked(invoice_id: int) -> Invoice:
    """Return an issued invoice, locked. Raises NotRecorded if it is none."""
    invoice = Invoice.objects.locked(invoice_id)
    if invoice.is_draft or invoice.kind != Kind.INVOICE:
        raise NotRecorded(_("Money is recorded on an issued invoice only."))
    return invoice


def _check(money: Money, *, today: date) -> None:
    if money.amount <= ZERO:
        raise NotRecorded(_("An amount is above zero."), field="amount")
    if money.on > today:
        raise NotRecorded(_("This day is still to come."), field="on")


def _on_bank(transaction_id: int | None, money: Money, *, sign: int) -> int | None:
    """Lock the transaction that money is booked from. Raises NotRecorded if not so.

    It went the same way, was not set aside, and so much of it is left.
    """
    if transaction_id is None:
        return None
    found = BankTransaction.objects.select_for_update().get(pk=transaction_id)
    if found.amount * sign < ZERO:
        raise NotRecorded(_("On the account this money went the other way."))
    if found.asides.filter(corrected_at=None).exists():
        raise NotRecorded(_("It was set aside: bring it back first."))
    if money.amount > found.rest:
        raise NotRecorded(
            _("Only %s of it is left to book.") % eur(found.rest), field="amount"
        )
    return found.pk


def _write(
    invoice: Invoice,
    kind: PaymentKind,
    money: Money,
    *,
    now: datetime,
    by: User | None,
    from_bank: int | None = None,
) -> Payment:
    return Payment.objects.create(
        **_row(invoice.pk, kind, money, now=now, by=by, from_bank=from_bank)
    )


def _row(
    invoice_id: int,
    kind: PaymentKind,
    money: Money,
    *,
    now: datetime,
    by: User | None,
    from_bank: int | None,
) -> dict[str, Any]:
    """Return the fields of a payment: one way for one and for many."""
    return {
        "invoice_id": invoice_id,
        "transaction_id": from_bank,
        "kind": kind,
        "channel": money.channel,
        "amount": money.amount,
        "received_on": money.on,
        "reason": money.reason.strip(),
        "recorded_at": now,
        "recorded_by": by,
    }


def _follow(
    invoice: Invoice, *, now: datetime, by: User | None, because: str = ""
) -> None:
    """Bring the receipts up to date, and the dossier with them."""
    refresh(invoice)
    _tell_dossier(invoice, now=now, by=by, because=because)


def _tell_dossier(
    invoice: Invoice, *, now: datetime, by: User | None, because: str = ""
) -> None:
    """Note on the dossier that the wallet paid all, or that it does not any more."""
    receipt = receipts_of(invoice).get(Channel.WALLET)
    if invoice.enrolment_id is None or receipt is None:
        return
    if not receipt.is_settled:
        dossiers.unpaid(
            invoice.enrolment_id,
            reason=because or _("Not all of it came."),
            now=now,
            by=by,
        )
    elif receipt.received:
        last = invoice.payments.standing().filter(channel=Channel.WALLET).last()
        on = last.received_on if last else now.date()
        dossiers.paid(invoice.enrolment_id, on=on, now=now, by=by)
