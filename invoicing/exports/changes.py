"""What changed of a period after its last pack was handed over (EXP-1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import merge
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.models import ExportPack, Invoice, Payment, PaymentKind
from ownyourstory.tables import Cell, Column, Table

from .period import Period
from .revenue import issued_in

RECORDED = {
    PaymentKind.RECEIVED: lambda: _("payment recorded"),
    PaymentKind.REFUNDED: lambda: _("paid back"),
    PaymentKind.LET_GO: lambda: _("written off"),
}


def last_pack(period: Period) -> ExportPack | None:
    """Return the last pack that has a day in common with ``period``."""
    return ExportPack.objects.touching(*period.days).first()


def changes(period: Period, *, since: datetime | None) -> Table:
    """Return what came to the documents of ``period`` after ``since``, in its order.

    New documents, credit notes of a later day, payments, and payments taken back. None
    where ``since`` is ``None``: there was no pack yet.
    """
    return Table(
        name="changes",
        title=_("Changed since the last pack"),
        columns=(
            Column(_("at")),
            Column(_("what")),
            Column(_("number")),
            Column(_("client")),
            Column(_("dated"), Cell.DAY),
            Column(_("amount (EUR)"), Cell.AMOUNT),
            Column(_("remark")),
        ),
        rows=lambda: iter(()) if since is None else _rows(period, since),
    )


def _rows(period: Period, since: datetime) -> Iterator[tuple[object, ...]]:
    return merge(
        _documents(period, since),
        _recorded(period, since),
        _taken_back(period, since),
        key=lambda row: row[0],
    )


def _documents(period: Period, since: datetime) -> Iterator[tuple[Any, ...]]:
    """Yield the documents issued since, and later credit notes on older ones."""
    of_period = Q(issued_on__range=period.days) | Q(
        credits__issued_on__range=period.days
    )
    found = Invoice.objects.issued().filter(of_period, issued_at__gt=since)
    fields = ("issued_at", "kind", "number", "buyer_name", "issued_on", "gross")
    ordered = found.order_by("issued_at", "pk").values_list(*fields, "credit_reason")
    for at, kind, number, buyer, on, gross, why in ordered.iterator():
        is_note = kind == Kind.CREDIT_NOTE
        what = _("new credit note") if is_note else _("new invoice")
        yield at, what, number, buyer, on, -gross if is_note else gross, why


def _recorded(period: Period, since: datetime) -> Iterator[tuple[Any, ...]]:
    found = _payments(period).filter(recorded_at__gt=since)
    for at, kind, number, buyer, on, amount, reason in (
        found.order_by("recorded_at", "pk")
        .values_list(
            "recorded_at",
            "kind",
            "invoice__number",
            "invoice__buyer_name",
            "received_on",
            "amount",
            "reason",
        )
        .iterator()
    ):
        yield at, RECORDED[PaymentKind(kind)](), number, buyer, on, amount, reason


def _taken_back(period: Period, since: datetime) -> Iterator[tuple[Any, ...]]:
    found = _payments(period).filter(corrected_at__gt=since)
    for at, number, buyer, on, amount, why in (
        found.order_by("corrected_at", "pk")
        .values_list(
            "corrected_at",
            "invoice__number",
            "invoice__buyer_name",
            "received_on",
            "amount",
            "correction",
        )
        .iterator()
    ):
        yield at, _("payment taken back"), number, buyer, on, amount, why


def _payments(period: Period) -> Any:
    """Return the payments of the documents of a period, or dated in it."""
    return Payment.objects.filter(
        Q(invoice__in=issued_in(period).values("pk"))
        | Q(received_on__range=period.days)
    )
