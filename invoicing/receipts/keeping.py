"""Receipts as their rows make them: the only writer of ``Receipt``. PAY-2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet, Sum

from invoicing.models import (
    Channel,
    Invoice,
    Payment,
    PaymentKind,
    Receipt,
    Seller,
)
from ownyourstory.money import ZERO
from programs.models import DossierStep, Enrolment
from programs.road import ENDS

from .standing import Split, direct_due_on, expected

AT_ONCE = 5000
"""How many invoices one question to the database is about."""

NOTHING = Split(ZERO, ZERO)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What rows say of some invoices, by the key of each; ends by the dossier's."""

    came: Mapping[int, Split]
    let_go: Mapping[int, Split]
    credited: Mapping[int | None, Split]
    ended_on: Mapping[int | None, date]
    rows: Collection[tuple[int, str]]
    term_days: int


def refresh(invoice: Invoice) -> list[Receipt]:
    """Work out the receipts of an issued invoice anew, keep and return them.

    Call in the transaction that changed a payment, a credit note or its dossier, with
    the invoice locked.
    """
    return refresh_all([invoice])


def refresh_all(invoices: Sequence[Invoice]) -> list[Receipt]:
    """Do as ``refresh`` for many invoices, in as many questions as for one."""
    rows = list(_worked_out(invoices))
    Receipt.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["invoice", "channel"],
        update_fields=["expected", "received", "let_go", "open", "due_on"],
    )
    return rows


def worked_out(invoice: Invoice) -> Iterator[Receipt]:
    """Yield the one or two receipts of an issued invoice, unsaved (PAY-2).

    Those with nothing asked and nothing come are left out.
    """
    return _worked_out([invoice])


def _worked_out(invoices: Sequence[Invoice]) -> Iterator[Receipt]:
    for start in range(0, len(invoices), AT_ONCE):
        some = invoices[start : start + AT_ONCE]
        facts = _facts(some)
        for invoice in some:
            yield from _receipts(invoice, facts)


def _receipts(invoice: Invoice, facts: _Facts) -> Iterator[Receipt]:
    came = facts.came.get(invoice.pk, NOTHING)
    let_go = facts.let_go.get(invoice.pk, NOTHING)
    asked = Split(invoice.wallet_amount or ZERO, invoice.direct_amount or ZERO)
    ended_on = facts.ended_on.get(invoice.enrolment_id) if invoice.via_wallet else None
    credited = facts.credited.get(invoice.pk, NOTHING)
    still = expected(
        asked,
        credited=credited,
        wallet_came=came.wallet,
        wallet_is_over=ended_on is not None,
    )
    is_moved = still.direct > asked.direct - credited.direct
    due_on = invoice.due_on or invoice.issued_on
    if due_on is None:
        raise ValueError(f"invoice {invoice.pk} is a draft")
    direct_due = direct_due_on(
        due_on,
        wallet_ended_on=ended_on if is_moved else None,
        term_days=facts.term_days,
    )
    for channel, first, now, sums in [
        (Channel.WALLET, asked.wallet, still.wallet, (came.wallet, let_go.wallet)),
        (Channel.DIRECT, asked.direct, still.direct, (came.direct, let_go.direct)),
    ]:
        if first or now or any(sums) or (invoice.pk, channel) in facts.rows:
            is_wallet = channel == Channel.WALLET
            yield Receipt(
                invoice=invoice,
                channel=channel,
                expected=now,
                received=sums[0],
                let_go=sums[1],
                open=now - sum(sums),
                due_on=(_wallet_due_on(invoice) or due_on) if is_wallet else direct_due,
            )


def _facts(invoices: Sequence[Invoice]) -> _Facts:
    keys = [invoice.pk for invoice in invoices]
    payments = Payment.objects.standing().filter(invoice__in=keys)
    rows = Receipt.objects.filter(invoice__in=keys)
    return _Facts(
        came=_sums(payments.exclude(kind=PaymentKind.LET_GO)),
        let_go=_sums(payments.filter(kind=PaymentKind.LET_GO)),
        credited=_credited(keys),
        ended_on=_wallets_ended_on(invoices),
        rows=set(rows.order_by().values_list("invoice", "channel")),
        term_days=Seller.objects.current().payment_term_days,
    )


def _sums(payments: QuerySet[Payment]) -> dict[int, Split]:
    """Return what payments come to on each road, by invoice."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = payments.order_by().values("invoice", "channel", "kind")
    for row in rows.annotate(sum=Sum("amount")):
        sums, channel = found[row["invoice"]], row["channel"]
        sign = -1 if row["kind"] == PaymentKind.REFUNDED else 1
        sums[channel] = sums.get(channel, ZERO) + sign * row["sum"]
    return {
        invoice: Split(
            wallet=sums.get(Channel.WALLET, ZERO), direct=sums.get(Channel.DIRECT, ZERO)
        )
        for invoice, sums in found.items()
    }


def _credited(keys: Sequence[int]) -> dict[int | None, Split]:
    notes = Invoice.objects.issued().filter(credits__in=keys).order_by()
    sums = notes.values("credits").annotate(
        wallet=Sum("wallet_amount"), direct=Sum("direct_amount")
    )
    return {
        row["credits"]: Split(wallet=row["wallet"], direct=row["direct"])
        for row in sums
    }


def _wallets_ended_on(invoices: Sequence[Invoice]) -> dict[int | None, date]:
    """Return the day on which dossiers ended without subsidy, by dossier."""
    via = {
        one.enrolment_id
        for one in invoices
        if one.via_wallet and one.enrolment_id is not None
    }
    if not via:
        return {}
    ended = Enrolment.objects.filter(pk__in=via, state__in=ENDS)
    steps = DossierStep.objects.filter(corrected_at=None, enrolment__in=ended)
    # In the order they were taken: the last one stands.
    return {step.enrolment_id: step.happened_on for step in steps.order_by("pk")}


def _wallet_due_on(invoice: Invoice) -> date | None:
    """Return the last day on which the wallet pays, as the invoice says (DOS-5)."""
    wallet = invoice.record["document"]["wallet"] if invoice.record else None
    return date.fromisoformat(wallet["pay_by"]) if wallet else None
