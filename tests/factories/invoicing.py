"""Drafts with their lines, and what invoices are made with."""

# mypy: allow-untyped-calls
# Half of factory-boy has no types; ``.create()`` is of the half that has.

from __future__ import annotations

from datetime import date
from decimal import Decimal

from factory.declarations import SubFactory
from factory.django import DjangoModelFactory

from invoicing.documents.document import Kind
from invoicing.documents.vat import Treatment
from invoicing.models import (
    FileKind,
    Invoice,
    InvoiceLine,
    NumberSeries,
    StoredFile,
    VatRate,
)

from .clients import ClientFactory
from .days import FIRST_DAY


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
