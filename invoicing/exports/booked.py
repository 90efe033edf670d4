"""The sales journal out of the database, a few rows at a time (EXP-1, EXP-2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from invoicing.models import (
    Bookkeeping,
    JournalEntry,
    LedgerCode,
    Payment,
    PaymentKind,
    Receipt,
    Sale,
    VatRate,
)
from ownyourstory.money import ZERO
from ownyourstory.tables import Table

from .journal import COLUMNS, Booked, Codes, Journal, Paid, Settings
from .paid import Movement, paid_on
from .period import Period

AT_ONCE = 1000
"""Rows for which the payments are fetched together."""

FIELDS = (
    "invoice_id",
    "position",
    "invoice__kind",
    "invoice__number",
    "invoice__issued_on",
    "invoice__service_until",
    "invoice__due_on",
    "buyer_number",
    "invoice__buyer_name",
    "enterprise_number",
    "vat_number",
    "country",
    "description",
    "treatment",
    "vat_rate",
    "base",
    "vat",
    "base_grid",
    "vat_grid",
    "invoice__communication",
    "invoice__credits__number",
    "invoice__enrolment__application_number",
    "invoice__wallet_amount",
    "invoice__direct_amount",
)
"""What a row is made of, in the order of ``Booked``."""


def journal(period: Period) -> Table:
    """Return the sales journal of the documents dated in ``period`` (EXP-2).

    Payments are those of now, of whatever day.
    """
    return Table(
        name="journal",
        title=_("Sales journal"),
        columns=COLUMNS,
        rows=lambda: _rows(period),
    )


def entries_of(period: Period) -> QuerySet[JournalEntry]:
    """Return what is booked of the documents dated in ``period``, in no order."""
    return JournalEntry.objects.filter(invoice__issued_on__range=period.days).order_by()


def settings_now() -> Settings:
    """Return the codes of the accountant as they are set."""
    books = Bookkeeping.objects.current()
    return Settings(
        journal=books.journal,
        credit_journal=books.credit_journal,
        receivable_account=books.receivable_account,
        first_month=books.first_month,
        codes={
            "" if row.sale == Sale.NONE else row.sale: Codes(
                row.revenue_account, row.vat_code, row.credit_vat_code
            )
            for row in LedgerCode.objects.all()
        },
        rate_grids=dict(VatRate.objects.values_list("percent", "grid")),
    )


def _rows(period: Period) -> Iterator[tuple[object, ...]]:
    journal = Journal(settings_now())
    ordered = entries_of(period).order_by(
        "invoice__issued_on", "invoice__sequence", "invoice_id", "position"
    )
    found = map(Booked._make, ordered.values_list(*FIELDS).iterator(AT_ONCE))
    while batch := list(islice(found, AT_ONCE)):
        yield from journal.rows(batch, _paid({one.invoice_id for one in batch}))


def _paid(invoices: Collection[int]) -> dict[int, Paid]:
    """Return what came in for each of ``invoices`` that expects money."""
    expected: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for invoice, road, amount in Receipt.objects.filter(
        invoice__in=invoices
    ).values_list("invoice_id", "channel", "expected"):
        expected[invoice][road] = amount
    movements: dict[int, list[Movement]] = defaultdict(list)
    came: dict[int, Decimal] = defaultdict(lambda: ZERO)
    payments = Payment.objects.standing().filter(invoice__in=invoices)
    for invoice, kind, road, on, amount in payments.order_by(
        "received_on", "pk"
    ).values_list("invoice_id", "kind", "channel", "received_on", "amount"):
        moved = -amount if kind == PaymentKind.REFUNDED else amount
        movements[invoice].append(Movement(road, on, moved))
        if kind != PaymentKind.LET_GO:
            came[invoice] += moved
    return {
        invoice: Paid(paid_on(roads, movements[invoice]), came[invoice])
        for invoice, roads in expected.items()
    }
