"""The steps of an invoice's life. Nothing else writes ``Invoice.status``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clients.models import Client
from ownyourstory import archive
from ownyourstory.money import ZERO
from programs import lifecycle as dossiers

from .delivery import handing
from .documents.build import Numbered, build
from .documents.document import Document, Kind
from .documents.entries import entries
from .documents.pdf import render_pdf
from .documents.record import record_of
from .documents.reference import structured_communication
from .einvoice.rules.gate import Report, check
from .einvoice.rules.reader import Unreadable
from .einvoice.ubl import ubl
from .models import (
    FileKind,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
    JournalEntry,
    Means,
    NumberSeries,
    Seller,
    StoredFile,
    VatRate,
)
from .readiness import (
    Caution,
    Problem,
    problems,
    rule_problems,
    size_problem,
    warnings,
)
from .receipts.following import follow
from .receipts.keeping import refresh
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
    means: Means | None = None,
) -> Invoice:
    """Turn a draft into an invoice dated ``on`` and return it.

    All or nothing: number, copies, totals, communication, PDF, e-invoice and outbox
    are stored together, so that a failure at any point leaves no gap and no half
    document (INV-1, INV-3). ``now`` is the moment it is asked, ``accepted`` the codes
    of the warnings the owner accepts (REG-6), ``means`` how it goes to the client:
    the first of ``handing.ways_of`` if not said.

    Raises NotReady with all problems at once, and LifecycleError if it is no draft or
    cannot go this way.
    """
    invoice = (
        Invoice.objects.select_for_update(of=["self"])
        .select_related("client", "enrolment__course__program__theme")
        .get(pk=invoice_id)
    )
    if not invoice.is_draft:
        raise LifecycleError(_("%s was issued already.") % invoice)
    if invoice.via_wallet:
        # Nobody else reckons with what is left of this client's cap (SUB-7).
        Client.objects.select_for_update().get(pk=invoice.client_id)
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
    complete(invoice, series=series, seller=seller, on=on, now=now, by=by, means=means)
    return invoice


def complete(
    invoice: Invoice,
    *,
    series: NumberSeries,
    seller: Seller,
    on: date,
    now: datetime,
    by: User | None,
    means: Means | None,
) -> None:
    """Number, print, check, freeze and seal a ready draft, and let it set out.

    Call inside the transaction that locked ``series`` and did the checks. Raises
    NotReady where its e-invoice breaks a rule (EIN-4): roll back then.
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
        xml = ubl(document, pdf=pdf, pdf_name=document.file_name("pdf"))
    report = _checked(xml, document, invoice=invoice, seller=seller)
    _freeze_lines(invoice.lines.all(), document)
    invoice.series, invoice.sequence = series, sequence
    invoice.issued_at, invoice.issued_by = now, by
    invoice.rule_sets = list(report.rule_sets)
    _freeze(invoice, document)
    _enter(invoice, document, on=on)
    for kind, content in [(FileKind.PDF, pdf), (FileKind.XML, xml)]:
        StoredFile.objects.create(
            invoice=invoice,
            kind=kind,
            sha256=archive.store(content),
            size=len(content),
        )
    seal(invoice, series)
    _reserve(invoice, document)
    if invoice.credits is None:
        refresh(invoice)
    else:
        follow(invoice.credits, now=now, by=by, because=invoice.credit_reason)
    try:
        handing.begin(invoice, means or handing.ways_of(invoice)[0], by=by)
    except handing.HandingError as error:
        raise LifecycleError(str(error)) from error


def cancel(invoice: Invoice) -> None:
    """Mark an invoice of which all is credited: its enrolment can be invoiced anew."""
    invoice.is_cancelled = True
    invoice.save(update_fields=["is_cancelled"])


def _language_of(invoice: Invoice) -> str:
    """Return the client's language; a credit note speaks as its invoice did."""
    return invoice.credits.language if invoice.credits else invoice.client.language


def _checked(
    xml: bytes, document: Document, *, invoice: Invoice, seller: Seller
) -> Report:
    """Return what the rules say of an e-invoice that passes them all (EIN-4).

    Raises NotReady with every rule that it breaks.
    """
    try:
        report = check(
            xml,
            for_peppol=document.is_structured,
            rules_dir=settings.EINVOICE_RULES_DIR,
            document=document,
            max_bytes=settings.EINVOICE_MAX_BYTES,
        )
    except Unreadable as error:
        raise NotReady([size_problem(error, seller=seller)], []) from error
    if not report.passes:
        raise NotReady(list(rule_problems(report, invoice, seller=seller)), [])
    return report


def _take_number(series: NumberSeries) -> int:
    """Return the next number of a locked series; a rollback gives it back."""
    series.last = series.next
    series.save(update_fields=["last"])
    return series.last


def _reserve(invoice: Invoice, document: Document) -> None:
    """Let the dossier take of the cap what its invoice says (SUB-7).

    A credit note gives back its part; the invoice is locked by who issues it.
    """
    if document.wallet is None or invoice.enrolment_id is None:
        return
    base, day = document.totals.wallet, document.issued_on
    if invoice.credits is not None:
        credited = invoice.credits.credit_notes.aggregate(sum=Sum("wallet_amount"))
        base = (invoice.credits.wallet_amount or ZERO) - (credited["sum"] or ZERO)
        day = invoice.credits.issued_on
    if day is not None:
        dossiers.reserve(invoice.enrolment_id, on=day, base=base)


def _enter(invoice: Invoice, document: Document, *, on: date) -> None:
    """Write what of the document goes into the books (EXP-1)."""
    found = entries(document, rate_grids=VatRate.objects.grids_on(on))
    JournalEntry.objects.bulk_create(
        JournalEntry(invoice=invoice, **asdict(entry)) for entry in found
    )


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
    estimate = document.wallet.estimate if document.wallet else None
    # A credit note repeats the estimate of its invoice: it takes no room of its own.
    if estimate is not None and document.kind is Kind.INVOICE:
        invoice.subsidy_year = estimate.year
        invoice.subsidy_estimate = estimate.subsidy
    invoice.record = record_of(document)
    invoice.save()
