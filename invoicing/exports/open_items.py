"""What was open at the end of a day, road by road, with its age (PAY-2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.models import Channel, Invoice, Payment, PaymentKind, Receipt
from invoicing.receipts.standing import Split, expected
from ownyourstory.money import ZERO, to_cents
from ownyourstory.tables import Cell, Column, Table
from programs.models import DossierStep
from programs.road import ENDS

from .ageing import STEPS, aged, days_late

AT_ONCE = 500
"""Invoices that are worked out together."""

Amounts = dict[tuple[int, str], Decimal]
"""Amounts (EUR) by invoice and road."""


@dataclass(slots=True)
class _Moved:
    """What happened to some invoices up to a day."""

    credited: Amounts
    came: Amounts
    let_go: Amounts
    ended: set[int]
    due_on: dict[tuple[int, str], date] = field(default_factory=dict)


def open_items(on: date) -> Table:
    """Return what was open at the end of ``on``, or came too much, per road.

    Worked out anew from what is dated up to that day: invoices, credit notes, payments
    that were not taken back since, and dossiers that ended without subsidy, of which
    the rest is owed directly from that day on. The due days are those of now.
    """
    ages = [_("not due")]
    ages += [
        _("%(first)s–%(last)s days") % {"first": first + 1, "last": last}
        for first, last in zip((0, *STEPS), STEPS, strict=False)
    ]
    ages.append(_("over %s days") % STEPS[-1])
    return Table(
        name="open_items",
        title=_("Open items"),
        columns=(
            Column(_("invoice")),
            Column(_("issued on"), Cell.DAY),
            Column(_("client")),
            Column(_("comes")),
            Column(_("due on"), Cell.DAY),
            Column(_("days late"), Cell.WHOLE),
            Column(_("expected"), Cell.AMOUNT),
            Column(_("received"), Cell.AMOUNT),
            Column(_("written off"), Cell.AMOUNT),
            Column(_("open"), Cell.AMOUNT),
            *(Column(age, Cell.AMOUNT) for age in ages),
        ),
        rows=lambda: _rows(on),
    )


def _rows(on: date) -> Iterator[tuple[object, ...]]:
    found = _perhaps_open(on).iterator(AT_ONCE)
    while batch := list(islice(found, AT_ONCE)):
        moved = _moved([invoice.pk for invoice in batch], on=on)
        for invoice in batch:
            yield from _of(invoice, moved, on=on)


def _of(invoice: Invoice, moved: _Moved, *, on: date) -> Iterator[tuple[object, ...]]:
    """Yield a row for each road of an invoice on which something is open."""

    def split(amounts: Amounts) -> Split:
        return Split(
            *(
                amounts.get((invoice.pk, road), ZERO)
                for road in (Channel.WALLET, Channel.DIRECT)
            )
        )

    came, let_go = split(moved.came), split(moved.let_go)
    still = expected(
        Split(invoice.wallet_amount or ZERO, invoice.direct_amount or ZERO),
        credited=split(moved.credited),
        wallet_came=came.wallet,
        wallet_is_over=invoice.enrolment_id in moved.ended and invoice.via_wallet,
    )
    for road, wanted, has, off in [
        (Channel.WALLET, still.wallet, came.wallet, let_go.wallet),
        (Channel.DIRECT, still.direct, came.direct, let_go.direct),
    ]:
        left = wanted - has - off
        if not left:
            continue
        due_on = moved.due_on.get((invoice.pk, road), invoice.due_on) or on
        late = days_late(due_on, on=on)
        yield (
            invoice.number,
            invoice.issued_on,
            invoice.buyer_name,
            road.label,
            due_on,
            late,
            wanted,
            has,
            off,
            left,
            *aged(left, late=late),
        )


def _perhaps_open(on: date) -> QuerySet[Invoice]:
    """Return the invoices open now, or that something happened to after ``on``."""
    own = OuterRef("pk")
    receipts = Receipt.objects.filter(invoice=own).exclude(open=0)
    payments = Payment.objects.standing().filter(invoice=own, received_on__gt=on)
    notes = Invoice.objects.issued().filter(credits=own, issued_on__gt=on)
    ended_later = Q(via_wallet=True, enrolment__state__in=ENDS)
    return (
        Invoice.objects.issued()
        .filter(kind=Kind.INVOICE, issued_on__lte=on)
        .filter(Exists(receipts) | Exists(payments) | Exists(notes) | ended_later)
        .order_by("issued_on", "sequence", "pk")
        .defer("record", "rule_sets")
    )


def _moved(invoices: Collection[int], *, on: date) -> _Moved:
    """Return what happened to ``invoices`` up to ``on``, that day included."""
    came: Amounts = defaultdict(lambda: ZERO)
    let_go: Amounts = defaultdict(lambda: ZERO)
    payments = Payment.objects.standing().filter(
        invoice__in=invoices, received_on__lte=on
    )
    for invoice, road, kind, amount in (
        payments.order_by()
        .values_list("invoice_id", "channel", "kind")
        .annotate(sum=Sum("amount"))
    ):
        if kind == PaymentKind.LET_GO:
            let_go[invoice, road] += to_cents(amount)
        else:
            sign = -1 if kind == PaymentKind.REFUNDED else 1
            came[invoice, road] += sign * to_cents(amount)
    due = Receipt.objects.filter(invoice__in=invoices)
    return _Moved(
        credited=_credited(invoices, on=on),
        came=came,
        let_go=let_go,
        ended=_ended(invoices, on=on),
        due_on={
            (invoice, road): day
            for invoice, road, day in due.values_list("invoice_id", "channel", "due_on")
        },
    )


def _credited(invoices: Collection[int], *, on: date) -> Amounts:
    credited: Amounts = {}
    notes = Invoice.objects.issued().filter(credits__in=invoices, issued_on__lte=on)
    for invoice, wallet, direct in (
        notes.order_by()
        .values_list("credits_id")
        .annotate(wallet=Sum("wallet_amount"), direct=Sum("direct_amount"))
    ):
        credited[invoice, Channel.WALLET] = to_cents(wallet)
        credited[invoice, Channel.DIRECT] = to_cents(direct)
    return credited


def _ended(invoices: Collection[int], *, on: date) -> set[int]:
    """Return the enrolments whose dossier had ended without subsidy by ``on``."""
    steps = DossierStep.objects.filter(
        enrolment__invoices__in=invoices,
        enrolment__state__in=ENDS,
        corrected_at=None,
    )
    last = dict(steps.order_by("pk").values_list("enrolment_id", "happened_on"))
    return {enrolment for enrolment, day in last.items() if day <= on}
