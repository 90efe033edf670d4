"""Documents and clients for WinBooks out of the database, a few rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.documents.document import Kind
from invoicing.models import Bookkeeping, Invoice, JournalEntry, LedgerCode, Sale

from .booked import entries_of, settings_now
from .journal import Codes, Settings, sale_of
from .period import Period, financial_month
from .winbooks import Booking, Group, Third, act, csf, document_number
from .winbooks_fields import LONGEST

AT_ONCE = 1000
FIELDS = (
    "position",
    "treatment",
    "vat_rate",
    "base",
    "vat",
    "base_grid",
    "buyer_number",
    "country",
    "invoice__kind",
    "invoice__number",
    "invoice__sequence",
    "invoice__issued_on",
    "invoice__due_on",
    "invoice__buyer_name",
)
"""What is read of an entry: an invoice holds its whole record beside."""

CHARGED = (Sale.HIGH, Sale.MIDDLE, Sale.LOW)


class NotForWinBooks(Exception):
    """WinBooks cannot take this; the message is for the owner."""


@dataclass(frozen=True, slots=True)
class Files:
    """Both files of a period; each call reads them anew, piece by piece."""

    act: Callable[[], Iterator[bytes]]
    csf: Callable[[], Iterator[bytes]]


def winbooks_files(period: Period) -> Files:
    """Return what WinBooks imports of the documents dated in ``period``.

    Raises NotForWinBooks where the period is of two financial years, as WinBooks books
    into the one that is open; or where a code cannot be one of its own.
    """
    books, settings = Bookkeeping.objects.current(), settings_now()
    years = {
        financial_month(day, first_month=books.first_month)[0] for day in period.days
    }
    if len(years) > 1:
        raise NotForWinBooks(
            _("WinBooks takes one financial year at a time: choose a period within it.")
        )
    _check(books)
    return Files(
        act=lambda: act(_bookings(period, settings, vat_account=books.vat_account)),
        csf=lambda: csf(_thirds(period), receivable_account=books.receivable_account),
    )


def _check(books: Bookkeeping) -> None:
    """Raise NotForWinBooks at the first code that WinBooks cannot have."""
    for name, field in [
        ("journal", "DBKCODE"),
        ("credit_journal", "DBKCODE"),
        ("receivable_account", "ACCOUNTGL"),
        ("vat_account", "ACCOUNTGL"),
    ]:
        _fit(books, name, field)
    for row in LedgerCode.objects.all():
        _fit(row, "revenue_account", "ACCOUNTGL")
        _fit(row, "vat_code", "VATCODE")
        _fit(row, "credit_vat_code", "VATCODE")
        if row.sale in CHARGED and not row.vat_code:
            raise NotForWinBooks(_("%s has no VAT code yet.") % row)


def _fit(row: Any, name: str, field: str) -> None:
    code = getattr(row, name)
    if len(code) > LONGEST[field]:
        raise NotForWinBooks(
            _("WinBooks takes %(most)s characters at most: %(code)s (%(what)s).")
            % {
                "most": LONGEST[field],
                "code": code,
                "what": row._meta.get_field(name).verbose_name,
            }
        )


def _bookings(
    period: Period, settings: Settings, *, vat_account: str
) -> Iterator[Booking]:
    ordered = (
        entries_of(period)
        .select_related("invoice")
        .only(*FIELDS)
        .order_by("invoice__issued_on", "invoice__sequence", "invoice_id", "position")
    )
    for _invoice_id, entries in groupby(
        ordered.iterator(AT_ONCE), key=attrgetter("invoice_id")
    ):
        yield _booking(list(entries), settings, vat_account=vat_account)


def _booking(
    entries: list[JournalEntry], settings: Settings, *, vat_account: str
) -> Booking:
    first = entries[0]
    invoice = first.invoice
    is_note = invoice.kind == Kind.CREDIT_NOTE
    if invoice.issued_on is None or invoice.sequence is None:
        raise ValueError(f"invoice {invoice.pk} is a draft")
    _year, month = financial_month(invoice.issued_on, first_month=settings.first_month)
    return Booking(
        journal=settings.credit_journal if is_note else settings.journal,
        number=document_number(
            invoice.number, year=invoice.issued_on.year, sequence=invoice.sequence
        ),
        is_credit_note=is_note,
        client_number=first.buyer_number,
        comment=f"{invoice.number} {invoice.buyer_name}",
        issued_on=invoice.issued_on,
        due_on=invoice.due_on or invoice.issued_on,
        period=int(month),
        receivable_account=settings.receivable_account,
        vat_account=vat_account,
        groups=tuple(_group(entry, settings, is_note=is_note) for entry in entries),
    )


def _group(entry: JournalEntry, settings: Settings, *, is_note: bool) -> Group:
    codes = _codes(entry, settings)
    vat_code = codes.vat_code
    if is_note:
        vat_code = codes.credit_vat_code or vat_code
    return Group(
        revenue_account=codes.revenue_account,
        vat_code=vat_code,
        base=entry.base,
        vat=entry.vat,
    )


def _codes(entry: JournalEntry, settings: Settings) -> Codes:
    """Return the codes of a sale; those of a credit note are of what it credits."""
    sale = sale_of(
        entry.invoice.kind,
        treatment=entry.treatment,
        vat_rate=entry.vat_rate,
        country=entry.country,
        base_grid=entry.base_grid,
        rate_grids=settings.rate_grids,
    )
    return settings.codes[sale]


def _thirds(period: Period) -> Iterator[Third]:
    """Yield the clients with a document in ``period``, as they are now."""
    dated = Invoice.objects.issued().filter(issued_on__range=period.days)
    clients = Client.objects.filter(pk__in=dated.values("client")).order_by("pk")
    for client in clients.iterator(AT_ONCE):
        yield Third(
            number=client.number,
            name=client.legal_name,
            street=client.street,
            postal_code=client.postal_code,
            city=client.city,
            country=client.country.code,
            vat_number=client.vat_number,
            language=client.language,
        )
