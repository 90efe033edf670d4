"""The statement of account of a client, from what was issued and what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.documents.document import Kind
from invoicing.models import (
    Bookkeeping,
    Channel,
    Dispute,
    Invoice,
    Payment,
    PaymentKind,
)
from invoicing.receipts.standing import Split, expected
from invoicing.stationery import letterhead
from ownyourstory.money import ZERO
from programs.papers import needs
from programs.papers.build import enterprise_of
from programs.road import ENDS

from .paper import Entry, Movement, Note, Statement


def statement(
    client: Client, *, first: date | None = None, last: date, made_on: date
) -> Statement:
    """Return a client's account as of ``last``, with all movements since ``first``.

    In the client's language. Raises Incomplete if our own company lacks something that
    stands on every paper (INV-2).
    """
    own = letterhead(client.language)
    needs.refuse(needs.of_company(own))
    invoices = list(_invoices(client, until=last))
    with translation.override(client.language):
        cents = Bookkeeping.objects.current().most_let_go
        entries = [_entry(invoice, on=last, cents=cents) for invoice in invoices]
        every = _movements(invoices, until=last)
        before = [one for one in every if first is None or one.on < first]
        return Statement(
            letterhead=own,
            language=client.language,
            made_on=made_on,
            enterprise=enterprise_of(client),
            first=first,
            last=last,
            entries=tuple(entry for entry in entries if not entry.is_settled),
            before=before[-1].balance if before else ZERO,
            movements=tuple(every[len(before) :]),
        )


def _invoices(client: Client, *, until: date) -> Iterable[Invoice]:
    notes = Invoice.objects.issued().filter(issued_on__lte=until)
    payments = Payment.objects.standing().filter(received_on__lte=until)
    return (
        Invoice.objects.issued()
        .filter(client=client, kind=Kind.INVOICE, issued_on__lte=until)
        .select_related("enrolment")
        .defer("record", "rule_sets")
        .prefetch_related(
            "receipts",
            "enrolment__steps",
            Prefetch("credit_notes", notes.defer("record", "rule_sets")),
            Prefetch("payments", payments),
            Prefetch("disputes", Dispute.objects.standing()),
        )
        .order_by("issued_on", "sequence")
    )


def _entry(invoice: Invoice, *, on: date, cents: Decimal) -> Entry:
    """Return an invoice as it stood on a day (PAY-2); up to ``cents`` are a trifle."""
    notes = list(invoice.credit_notes.all())
    settled = _settled(invoice.payments.all())
    ended_on = _wallet_ended_on(invoice)
    is_over = ended_on is not None and ended_on <= on
    came = _settled(
        one for one in invoice.payments.all() if one.kind != PaymentKind.LET_GO
    )
    still = expected(
        Split(invoice.wallet_amount or ZERO, invoice.direct_amount or ZERO),
        credited=Split(
            sum((note.wallet_amount or ZERO for note in notes), ZERO),
            sum((note.direct_amount or ZERO for note in notes), ZERO),
        ),
        wallet_came=came.wallet,
        wallet_is_over=is_over,
    )
    direct = still.direct - settled.direct
    due_on = _due_on(invoice, is_over=is_over)
    is_trifle = came.direct > ZERO and ZERO < direct <= cents
    is_asked = direct > ZERO and not is_trifle
    return Entry(
        number=invoice.number,
        issued_on=_issued_on(invoice),
        due_on=due_on,
        amount=invoice.gross or ZERO,
        notes=tuple(
            Note(note.number, _issued_on(note), note.gross or ZERO) for note in notes
        ),
        paid=settled.wallet + settled.direct,
        wallet=still.wallet - settled.wallet,
        direct=direct,
        communication=invoice.communication if is_asked else "",
        days_late=max((on - due_on).days, 0) if is_asked else 0,
        is_disputed=bool(invoice.disputes.all()),
        is_trifle=is_trifle,
    )


def _settled(payments: Iterable[Payment]) -> Split:
    """Return what came or was let go on each road, less what went back."""
    sums = dict.fromkeys(Channel, ZERO)
    for one in payments:
        sign = -1 if one.kind == PaymentKind.REFUNDED else 1
        sums[Channel(one.channel)] += sign * one.amount
    return Split(sums[Channel.WALLET], sums[Channel.DIRECT])


def _wallet_ended_on(invoice: Invoice) -> date | None:
    """Return when the dossier ended without subsidy, ``None`` if it did not."""
    enrolment = invoice.enrolment
    if not invoice.via_wallet or enrolment is None or enrolment.state not in ENDS:
        return None
    steps = [step for step in enrolment.steps.all() if step.corrected_at is None]
    return steps[-1].happened_on if steps else None


def _due_on(invoice: Invoice, *, is_over: bool) -> date:
    """Return the last day to pay directly: a later one where the wallet fell away."""
    moved = [
        row.due_on for row in invoice.receipts.all() if row.channel == Channel.DIRECT
    ]
    day = next(iter(moved), invoice.due_on) if is_over else invoice.due_on
    return day or _issued_on(invoice)


def _issued_on(document: Invoice) -> date:
    if document.issued_on is None:
        raise ValueError(f"invoice {document.pk} is a draft")
    return document.issued_on


def _movements(invoices: Iterable[Invoice], *, until: date) -> list[Movement]:
    """Return all that changed what is owed, in the order of the days."""
    found = sorted(
        (one for invoice in invoices for one in _changes(invoice)),
        key=lambda one: one[0],
    )
    balance, movements = ZERO, []
    for on, what, number, amount in found:
        if on <= until:
            balance += amount
            movements.append(Movement(on, what, number, amount, balance))
    return movements


def _changes(invoice: Invoice) -> Iterator[tuple[date, str, str, Decimal]]:
    """Yield what an invoice, its credit notes and its payments changed."""
    words = {
        PaymentKind.RECEIVED: {
            Channel.WALLET: _("Paid via the wallet"),
            Channel.DIRECT: _("Paid directly"),
        },
        PaymentKind.REFUNDED: dict.fromkeys(Channel, _("Paid back to you")),
        PaymentKind.LET_GO: dict.fromkeys(Channel, _("Written off")),
    }
    yield _issued_on(invoice), _("Invoice"), invoice.number, invoice.gross or ZERO
    for note in invoice.credit_notes.all():
        gross = note.gross or ZERO
        yield _issued_on(note), _("Credit note"), note.number, -gross
    for one in invoice.payments.all():
        what = words[PaymentKind(one.kind)][Channel(one.channel)]
        sign = 1 if one.kind == PaymentKind.REFUNDED else -1
        yield one.received_on, what, invoice.number, sign * one.amount
