"""Rows of issued documents without their files: for what reads the books only.

Quick, a hundred thousand of them too; nothing was printed, checked or sealed. Where it
matters how a document came about, take ``issued()``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clients.models import Client
from invoicing.documents.document import Kind
from invoicing.documents.grids import grids
from invoicing.documents.reference import structured_communication
from invoicing.documents.vat import Treatment
from invoicing.models import (
    Channel,
    Invoice,
    InvoiceStatus,
    JournalEntry,
    NumberSeries,
    Receipt,
)
from ownyourstory.money import ZERO, percent_of

from .clients import ClientFactory
from .days import MONDAY, noon

RATE_GRIDS = {Decimal(21): "03", Decimal(12): "02", Decimal(6): "01"}
PIECE = 5000


@dataclass(frozen=True, slots=True)
class Group:
    """A VAT group: ``base`` in EUR, the rest as on the lines."""

    base: Decimal = Decimal(100)
    vat_rate: Decimal = Decimal(21)
    treatment: Treatment = Treatment.STANDARD

    @property
    def vat(self) -> Decimal:
        return percent_of(self.base, self.vat_rate)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sold:
    """A document to book; ``fields`` are those of its row, ``wallet`` in EUR."""

    on: date = MONDAY
    groups: tuple[Group, ...] = (Group(),)
    wallet: Decimal = ZERO
    credits: Invoice | None = None
    client: Client | None = None
    buyer_name: str = "Bakkerij Janssens BV"
    country: str = "BE"
    description: str = "Opleiding"
    fields: dict[str, Any] = field(default_factory=dict)


def booked(**what: Any) -> Invoice:
    """Return a document that stands in the books; ``what`` as in ``Sold``."""
    return book([Sold(**what)])[0]


def book(sold: Iterable[Sold]) -> list[Invoice]:
    """Write documents with what is booked of them and what they expect."""
    numbers = _Numbers()
    pairs = [(_invoice(one, numbers), one) for one in sold]
    Invoice.objects.bulk_create([invoice for invoice, _ in pairs], PIECE)
    JournalEntry.objects.bulk_create(
        [
            _entry(invoice, one, group, position)
            for invoice, one in pairs
            for position, group in enumerate(one.groups, start=1)
        ],
        PIECE,
    )
    Receipt.objects.bulk_create(
        [row for invoice, _ in pairs for row in _receipts(invoice)], PIECE
    )
    return [invoice for invoice, _ in pairs]


class _Numbers:
    """Gives numbers on, without the rule that they follow the dates."""

    def __init__(self) -> None:
        self._series: dict[tuple[Kind, int], NumberSeries] = {}
        self._client: Client | None = None

    def next(self, kind: Kind, year: int) -> tuple[NumberSeries, int]:
        if (kind, year) not in self._series:
            self._series[kind, year] = NumberSeries.objects.locked(kind=kind, year=year)
        series = self._series[kind, year]
        series.last = series.next
        NumberSeries.objects.filter(pk=series.pk).update(last=series.last)
        return series, series.last

    @property
    def client(self) -> Client:
        self._client = self._client or ClientFactory.create()
        return self._client


def _invoice(one: Sold, numbers: _Numbers) -> Invoice:
    kind = Kind.CREDIT_NOTE if one.credits else Kind.INVOICE
    series, sequence = numbers.next(kind, one.on.year)
    net = sum((group.base for group in one.groups), ZERO)
    vat = sum((group.vat for group in one.groups), ZERO)
    fields = {
        "kind": kind,
        "status": InvoiceStatus.ISSUED,
        "client": one.client or numbers.client,
        "service_from": one.on,
        "service_until": one.on,
        "credits": one.credits,
        "credit_reason": "Te veel" if one.credits else "",
        "series": series,
        "sequence": sequence,
        "number": series.numbered(sequence),
        "issued_on": one.on,
        "issued_at": noon(one.on),
        "due_on": None if one.credits else one.on + timedelta(days=30),
        "language": "nl",
        "buyer_name": one.buyer_name,
        "communication": ""
        if one.credits
        else structured_communication(year=one.on.year, sequence=sequence),
        "net": net,
        "vat": vat,
        "gross": net + vat,
        "wallet_amount": one.wallet,
        "direct_amount": net + vat - one.wallet,
        "record": {"document": {"wallet": None}},
    }
    return Invoice(**(fields | one.fields))


def _entry(invoice: Invoice, one: Sold, group: Group, position: int) -> JournalEntry:
    found = grids(
        group.treatment,
        rate_grid=RATE_GRIDS.get(group.vat_rate, ""),
        country=one.country,
        kind=Kind(invoice.kind),
    )
    return JournalEntry(
        invoice=invoice,
        position=position,
        description=one.description,
        treatment=group.treatment,
        vat_rate=group.vat_rate,
        base=group.base,
        vat=group.vat,
        base_grid=found.base,
        vat_grid=found.vat,
        buyer_number="K0001",
        enterprise_number="0824677865" if one.country == "BE" else "",
        vat_number="BE0824677865" if one.country == "BE" else "",
        country=one.country,
    )


def _receipts(invoice: Invoice) -> Iterable[Receipt]:
    for channel, amount in [
        (Channel.WALLET, invoice.wallet_amount),
        (Channel.DIRECT, invoice.direct_amount),
    ]:
        if amount and invoice.due_on:
            yield Receipt(
                invoice=invoice,
                channel=channel,
                expected=amount,
                open=amount,
                due_on=invoice.due_on,
            )
