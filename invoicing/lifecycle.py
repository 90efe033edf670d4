"""The steps of an invoice's life. Nothing else writes ``Invoice.status``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .documents import archive
from .documents.build import Numbered, build
from .documents.document import Document, Kind
from .documents.pdf import render_pdf
from .documents.record import record_of
from .documents.reference import structured_communication
from .models import (
    FileKind,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
    NumberSeries,
    Seller,
    StoredFile,
)
from .readiness import Caution, Problem, problems, warnings
from .sealing import seal


class LifecycleError(Exception):
    """The step cannot be taken now; the message is for the owner."""


class NotReady(LifecycleError):
    """The draft cannot be issued yet: every problem, and what is to be accepted."""

    def __init__(self, problems: list[Problem], warnings: list[Caution]) -> None:
        self.problems = problems
        self.warnings = warnings
        super().__init__(" ".join(str(found) for found in [*problems, *warnings]))


@transaction.atomic
def issue(
    invoice_id: int,
    *,
    on: date,
    now: datetime,
    by: User | None = None,
    accepted: Collection[str] = (),
) -> Invoice:
    """Turn a draft into an invoice dated ``on`` and return it.

    All or nothing: number, copies, totals, communication and PDF are stored
    together, so that a failure at any point leaves no gap and no half document
    (INV-1, INV-3). ``now`` is the moment it is asked, ``accepted`` the codes of the
    warnings the owner accepts (REG-6).

    Raises NotReady with all problems at once, and LifecycleError if it is no draft.
    """
    invoice = (
        Invoice.objects.select_for_update(of=["self"])
        .select_related("client", "enrolment__course__program__theme")
        .get(pk=invoice_id)
    )
    if not invoice.is_draft:
        raise LifecycleError(_("%s was issued already.") % invoice)
    # From here on other issuers of the series wait for us.
    series = NumberSeries.objects.locked(kind=Kind(invoice.kind), year=on.year)
    seller = Seller.objects.current()
    today = timezone.localdate(now)
    found = problems(invoice, seller=seller, series=series, on=on, today=today)
    to_accept = [
        warning for warning in warnings(invoice) if warning.code not in accepted
    ]
    if found or to_accept:
        raise NotReady(found, to_accept)

    invoice.accepted_warnings = {
        warning.code: warning.message for warning in warnings(invoice)
    }
    complete(invoice, series=series, seller=seller, on=on, now=now, by=by)
    return invoice


def complete(
    invoice: Invoice,
    *,
    series: NumberSeries,
    seller: Seller,
    on: date,
    now: datetime,
    by: User | None,
) -> None:
    """Number, print, freeze and seal a draft that was found ready.

    Call inside the transaction that locked ``series`` and did the checks.
    """
    sequence = _take_number(series)
    numbered = Numbered(
        number=series.numbered(sequence),
        communication=structured_communication(year=on.year, sequence=sequence)
        if invoice.kind == Kind.INVOICE
        else "",
    )
    with translation.override(_language_of(invoice)):
        document = build(invoice, seller=seller, on=on, numbered=numbered)
        pdf = render_pdf(document, logo=seller.logo_bytes())
    _freeze_lines(invoice.lines.all(), document)
    invoice.series, invoice.sequence = series, sequence
    invoice.issued_at, invoice.issued_by = now, by
    _freeze(invoice, document)
    StoredFile.objects.create(
        invoice=invoice, kind=FileKind.PDF, sha256=archive.store(pdf), size=len(pdf)
    )
    seal(invoice, series)


def cancel(invoice: Invoice) -> None:
    """Mark an invoice of which all is credited: its enrolment can be invoiced anew."""
    invoice.is_cancelled = True
    invoice.save(update_fields=["is_cancelled"])


def _language_of(invoice: Invoice) -> str:
    """Return the client's language; a credit note speaks as its invoice did."""
    return invoice.credits.language if invoice.credits else invoice.client.language


def _take_number(series: NumberSeries) -> int:
    """Return the next number of a locked series; a rollback gives it back."""
    series.last = series.next
    series.save(update_fields=["last"])
    return series.last


def _freeze_lines(lines: Iterable[InvoiceLine], document: Document) -> None:
    """Write the amounts of the document into its lines."""
    rows = list(lines)
    for position, (row, line) in enumerate(
        zip(rows, document.lines, strict=True), start=1
    ):
        row.position, row.net = position, line.net
    InvoiceLine.objects.bulk_update(rows, ["position", "net"])


def _freeze(invoice: Invoice, document: Document) -> None:
    """Copy what the document says into the invoice and make it issued (INV-3)."""
    invoice.status = InvoiceStatus.ISSUED
    invoice.number = document.number
    invoice.issued_on = document.issued_on
    invoice.due_on = document.due_on
    invoice.language = document.language
    invoice.buyer_name = document.buyer.legal_name
    invoice.communication = document.communication
    invoice.net = document.totals.net
    invoice.vat = document.totals.vat
    invoice.gross = document.totals.gross
    invoice.wallet_amount = document.totals.wallet
    invoice.direct_amount = document.totals.direct
    if document.wallet is not None and document.wallet.estimate is not None:
        invoice.subsidy_year = document.wallet.estimate.year
        invoice.subsidy_estimate = document.wallet.estimate.subsidy
    invoice.record = record_of(document)
    invoice.save()
