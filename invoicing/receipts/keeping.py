"""Receipts as their rows make them: the only writer of ``Receipt``. PAY-2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from invoicing.models import (
    Channel,
    Invoice,
    Payment,
    PaymentKind,
    Receipt,
    Seller,
)
from ownyourstory.money import ZERO
from programs.models import Enrolment
from programs.road import ENDS

from .standing import Split, direct_due_on, expected


def refresh(invoice: Invoice) -> list[Receipt]:
    """Work out the receipts of an issued invoice anew, keep and return them.

    Call in the transaction that changed a payment, a credit note or its dossier, with
    the invoice locked.
    """
    rows = list(worked_out(invoice))
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
    came = _sums(invoice, ~Q(kind=PaymentKind.LET_GO))
    let_go = _sums(invoice, Q(kind=PaymentKind.LET_GO))
    asked = Split(invoice.wallet_amount or ZERO, invoice.direct_amount or ZERO)
    ended_on = _wallet_ended_on(invoice)
    still = expected(
        asked,
        credited=_credited(invoice),
        wallet_came=came.wallet,
        wallet_is_over=ended_on is not None,
    )
    is_moved = ended_on is not None and still.wallet < asked.wallet
    due_on = invoice.due_on or invoice.issued_on
    if due_on is None:
        raise ValueError(f"invoice {invoice.pk} is a draft")
    direct_due = direct_due_on(
        due_on,
        wallet_ended_on=ended_on if is_moved else None,
        term_days=Seller.objects.current().payment_term_days,
    )
    wallet_due = _wallet_due_on(invoice) or due_on
    for channel, first, now, sums in [
        (Channel.WALLET, asked.wallet, still.wallet, (came.wallet, let_go.wallet)),
        (Channel.DIRECT, asked.direct, still.direct, (came.direct, let_go.direct)),
    ]:
        if first or now or any(sums) or _has_row(invoice, channel):
            yield Receipt(
                invoice=invoice,
                channel=channel,
                expected=now,
                received=sums[0],
                let_go=sums[1],
                open=now - sum(sums),
                due_on=wallet_due if channel == Channel.WALLET else direct_due,
            )


def _has_row(invoice: Invoice, channel: Channel) -> bool:
    return Receipt.objects.filter(invoice=invoice, channel=channel).exists()


def _sums(invoice: Invoice, which: Q) -> Split:
    """Return what the standing payments of some kinds come to on each road."""
    found: dict[str, Decimal] = {}
    rows = Payment.objects.standing().filter(which, invoice=invoice).order_by()
    for row in rows.values("channel", "kind").annotate(sum=Sum("amount")):
        sign = -1 if row["kind"] == PaymentKind.REFUNDED else 1
        found[row["channel"]] = found.get(row["channel"], ZERO) + sign * row["sum"]
    return Split(
        wallet=found.get(Channel.WALLET, ZERO), direct=found.get(Channel.DIRECT, ZERO)
    )


def _credited(invoice: Invoice) -> Split:
    notes = invoice.credit_notes.issued().aggregate(
        wallet=Sum("wallet_amount"), direct=Sum("direct_amount")
    )
    return Split(wallet=notes["wallet"] or ZERO, direct=notes["direct"] or ZERO)


def _wallet_ended_on(invoice: Invoice) -> date | None:
    """Return the day on which the dossier ended without subsidy, ``None`` if not."""
    if not invoice.via_wallet or invoice.enrolment_id is None:
        return None
    enrolment = Enrolment.objects.get(pk=invoice.enrolment_id)
    if enrolment.state not in ENDS:
        return None
    last = enrolment.steps.filter(corrected_at=None).last()
    return last.happened_on if last else None


def _wallet_due_on(invoice: Invoice) -> date | None:
    """Return the last day on which the wallet pays, as the invoice says (DOS-5)."""
    wallet = invoice.record["document"]["wallet"] if invoice.record else None
    return date.fromisoformat(wallet["pay_by"]) if wallet else None
