"""Drafts with their lines, and what invoices are made with."""

# mypy: allow-untyped-calls
# Half of factory-boy has no types; ``.create()`` is of the half that has.

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from invoicing.documents.document import Kind
from invoicing.documents.vat import Treatment
from invoicing.models import (
    Channel,
    FileKind,
    Invoice,
    InvoiceLine,
    NumberSeries,
    Receipt,
    StoredFile,
    VatRate,
)

from .clients import ClientFactory
from .days import FIRST_DAY, noon


class NumberSeriesFactory(DjangoModelFactory[NumberSeries]):
    class Meta:
        model = NumberSeries

    kind = Kind.INVOICE
    year = 2026
    prefix = "{year}-"


class VatRateFactory(DjangoModelFactory[VatRate]):
    class Meta:
        model = VatRate

    percent = Decimal("5.5")
    valid_from = date(2000, 1, 1)


class DraftFactory(DjangoModelFactory[Invoice]):
    """A draft without enrolment and without lines."""

    class Meta:
        model = Invoice

    client = SubFactory(ClientFactory)
    service_from = service_until = FIRST_DAY


class IssuedRowFactory(DraftFactory):
    """The columns of an issued document, for what reads sums: no lines, files, seal."""

    kind: Any = Kind.INVOICE
    status = "issued"
    net = Decimal(100)
    vat = Decimal(0)
    gross = LazyAttribute(lambda row: row.net + row.vat)
    wallet_amount = Decimal(0)
    direct_amount = LazyAttribute(lambda row: row.gross - row.wallet_amount)
    issued_on = FIRST_DAY
    issued_at = LazyAttribute(lambda row: noon(row.issued_on))
    due_on = LazyAttribute(lambda row: row.issued_on)
    language = "nl"
    buyer_name = "Bakkerij BV"
    sequence = Sequence(lambda n: n + 1)
    number = LazyAttribute(lambda row: f"{row.kind}-{row.sequence}")
    series = LazyAttribute(
        lambda row: NumberSeries.objects.locked(kind=row.kind, year=row.issued_on.year)
    )
    record: Any = LazyFunction(dict)


class ReceiptFactory(DjangoModelFactory[Receipt]):
    """A receipt due on 1 November 2026, such as ``receipts.keeping`` would write."""

    class Meta:
        model = Receipt

    invoice = SubFactory(IssuedRowFactory)
    channel = Channel.DIRECT
    expected = Decimal(200)
    open = Decimal(200)
    received = LazyAttribute(lambda row: row.expected - row.open)
    due_on = date(2026, 11, 1)


class LineFactory(DjangoModelFactory[InvoiceLine]):
    class Meta:
        model = InvoiceLine

    invoice = SubFactory(DraftFactory)
    position = 1
    description = "Advies"
    unit_price = Decimal(100)
    treatment = Treatment.STANDARD
    vat_rate = Decimal(21)


class StoredFileFactory(DjangoModelFactory[StoredFile]):
    """A row without bytes in the archive."""

    class Meta:
        model = StoredFile

    invoice = SubFactory(DraftFactory)
    kind = FileKind.PDF
    sha256 = "0" * 64
    size = 1
