"""The revenue per program, client and month of a period, net of credit notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.documents.document import Kind
from invoicing.models import Invoice
from ownyourstory.money import to_cents
from ownyourstory.tables import Cell, Column, Table

from .period import Period

AT_ONCE = 1000


def revenue_per_month(period: Period) -> Table:
    """Return what was charged in each month of ``period``, in EUR."""
    return Table(
        name="revenue_months",
        title=_("Revenue per month"),
        columns=(Column(_("month")), *_amounts()),
        rows=lambda: (
            (_month(month), *amounts) for month, *amounts in _grouped(period)
        ),
    )


def revenue_per_program(period: Period) -> Table:
    """Return what was charged for each program and month, in EUR.

    A document without enrolment is of no program.
    """

    def rows() -> Iterator[tuple[object, ...]]:
        by = ("enrolment__course__program__title_nl", "enrolment__course__program")
        for title, program, month, *amounts in _grouped(period, *by):
            name = title if program else _("without program")
            yield (name, _month(month), *amounts)

    return Table(
        name="revenue_programs",
        title=_("Revenue per program"),
        columns=(Column(_("program")), Column(_("month")), *_amounts()),
        rows=rows,
    )


def revenue_per_client(period: Period) -> Table:
    """Return what was charged to each client in each month, in EUR."""

    def rows() -> Iterator[tuple[object, ...]]:
        for name, client, month, *amounts in _grouped(
            period, "client__legal_name", "client"
        ):
            yield (Client(pk=client).number, name, _month(month), *amounts)

    return Table(
        name="revenue_clients",
        title=_("Revenue per client"),
        columns=(
            Column(_("client number")),
            Column(_("client")),
            Column(_("month")),
            *_amounts(),
        ),
        rows=rows,
    )


def issued_in(period: Period) -> QuerySet[Invoice]:
    """Return the documents dated in ``period``, in no order."""
    return Invoice.objects.issued().filter(issued_on__range=period.days).order_by()


def net_of_notes(field: str) -> Sum:
    """Return the sum of an amount, what was credited taken off."""
    return Sum(Case(When(kind=Kind.CREDIT_NOTE, then=-F(field)), default=F(field)))


def _grouped(period: Period, *by: str) -> Iterator[Any]:
    """Yield the values of ``by``, the month, counts and sums, in that order."""
    found = (
        issued_in(period)
        .annotate(month=TruncMonth("issued_on"))
        .values_list(*by, "month")
        .annotate(
            invoices=Count("pk", filter=Q(kind=Kind.INVOICE)),
            notes=Count("pk", filter=Q(kind=Kind.CREDIT_NOTE)),
            net_sum=net_of_notes("net"),
            vat_sum=net_of_notes("vat"),
            gross_sum=net_of_notes("gross"),
        )
        .order_by(*by, "month")
    )
    for *keys, net, vat, gross in found.iterator(AT_ONCE):
        yield (*keys, *map(to_cents, (net, vat, gross)))  # SQLite adds as floats


def _amounts() -> tuple[Column, ...]:
    return (
        Column(_("invoices"), Cell.WHOLE),
        Column(_("credit notes"), Cell.WHOLE),
        Column(_("excl. VAT"), Cell.AMOUNT),
        Column(_("VAT"), Cell.AMOUNT),
        Column(_("incl. VAT"), Cell.AMOUNT),
    )


def _month(month: Any) -> str:
    return f"{month.year}-{month.month:02d}"
