"""Money recorded: in, back, let go, and taken back where it was wrong. PAY-2.

What was paid is never typed: it follows from the payments.
"""

from __future__ import annotations

from collections.abc import Sequence
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

from .following import follow
from .keeping import refresh_all
from .reading import receipts_of

MOST = Decimal("999999999.99")
"""More than this no invoice ever asks (EUR): it is a typing error."""


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
    nothing, a day to come, a road that the invoice does not have, and more than is
    left of the transaction.
    """
    transaction_id = _on_bank(from_bank, money, sign=1)
    invoice = _locked(invoice_id)
    receipt = receipts_of(invoice).get(money.channel)
    _check(money, today=today, came=receipt.received if receipt else ZERO)
    if money.channel == Channel.WALLET and not invoice.wallet_amount:
        raise NotRecorded(
            _("This invoice has no part via the wallet."), field="channel"
        )
    payment = _write(
        invoice, PaymentKind.RECEIVED, money, now=now, by=by, from_bank=transaction_id
    )
    follow(invoice, now=now, by=by)
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
    invoices = locked_all([one.invoice_id for one in every])
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


def locked_all(keys: Sequence[int]) -> dict[int, Invoice]:
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
    first = invoice.payments.standing().filter(
        channel=money.channel, kind=PaymentKind.RECEIVED
    )
    if (day := first.earliest("received_on").received_on) > money.on:
        raise NotRecorded(
            _("It came on %s only: nothing goes back before that.") % date_format(day),
            field="on",
        )
    payment = _write(
        invoice, PaymentKind.REFUNDED, money, now=now, by=by, from_bank=transaction_id
    )
    follow(invoice, now=now, by=by, because=money.reason or _("It was paid back."))
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
    follow(invoice, now=now, by=by)
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
    follow(invoice, now=now, by=by, because=reason)
    if receipts_of(invoice)[Channel(payment.channel)].received < ZERO:
        raise NotRecorded(_("Of it money was paid back: take that back first."))
    return payment


def _locked(invoice_id: int) -> Invoice:
    """Return an issued invoice, locked. Raises NotRecorded if it is none."""
    invoice = Invoice.objects.locked(invoice_id)
    if invoice.is_draft or invoice.kind != Kind.INVOICE:
        raise NotRecorded(_("Money is recorded on an issued invoice only."))
    return invoice


def _check(money: Money, *, today: date, came: Decimal = ZERO) -> None:
    if money.amount <= ZERO:
        raise NotRecorded(_("An amount is above zero."), field="amount")
    if came + money.amount > MOST:
        raise NotRecorded(_("That is more than any invoice asks."), field="amount")
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
