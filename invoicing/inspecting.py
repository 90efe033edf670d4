"""Inspections: does the archive hold, are the numbers whole? (INV-1, INV-3)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Round
from django.utils.translation import gettext as _

from ownyourstory import archive

from . import guards
from .kept_files import dossier_files
from .models import Inspection, Invoice, InvoiceLine, NumberSeries
from .models.inspection import InspectionKind
from .numbering import Finding, Flaw, Given, flaws
from .sealing import broken

MOST_KEPT = 100
"""Findings kept with an inspection; a broken disk would bring thousands."""


def inspect_archive(*, now: datetime) -> Inspection:
    """Check every issued document, keep what was found, and return it."""
    return _keep(InspectionKind.ARCHIVE, archive_findings(), now=now)


def inspect_numbers(*, now: datetime) -> Inspection:
    """Check every number series, keep what was found, and return it."""
    return _keep(InspectionKind.NUMBERS, numbering_findings(), now=now)


def archive_findings() -> Iterator[str]:
    """Yield, in words, each document that does not hold and each guard that is gone."""
    for name in guards.missing(connection):
        yield _("The database lacks the guard %s: run migrate.") % name
    for series in NumberSeries.objects.order_by("year", "kind"):
        for found in broken(series):
            yield f"{found.number}: {'; '.join(found.what)}"
    yield from _dossier_findings()
    yield from _cancellation_findings()


def _dossier_findings() -> Iterator[str]:
    """Yield, in words, each paper and signature that is damaged (DOS-9)."""
    for sha256, name in dossier_files():
        try:
            archive.read(sha256)
        except archive.Damaged as error:
            yield f"{name}: {error}"


def _cancellation_findings() -> Iterator[str]:
    """Yield, in words, each invoice whose ``is_cancelled`` its credit notes belie.

    The one column that may change after issue: no guard and no seal holds it, yet it
    decides whether an enrolment can be invoiced anew (INV-4).
    """
    credited = Round(Sum("credited_by__quantity"), precision=4)
    open_lines = (
        InvoiceLine.objects.filter(invoice=OuterRef("pk"))
        .annotate(credited=credited)
        .filter(Q(credited=None) | Q(credited__lt=F("quantity")))
    )
    invoices = Invoice.objects.annotate(is_open=Exists(open_lines)).order_by("pk")
    for invoice in invoices.filter(is_cancelled=True, is_open=True):
        yield _("%s is marked as credited in full, but is not.") % invoice
    credited_ids = InvoiceLine.objects.values("credits__invoice").exclude(credits=None)
    closed = invoices.filter(is_cancelled=False, is_open=False, pk__in=credited_ids)
    for invoice in closed:
        yield _("%s is credited in full, but not marked so.") % invoice


def numbering_findings() -> Iterator[str]:
    """Yield, in words, each flaw of each series (INV-1)."""
    for series in NumberSeries.objects.order_by("year", "kind"):
        yield from _series_findings(series.pk)


@transaction.atomic
def _series_findings(series_id: int) -> list[str]:
    """Return the flaws of one series; nobody issues in it meanwhile."""
    series = NumberSeries.objects.select_for_update().get(pk=series_id)
    numbers = series.invoices.order_by("sequence", "pk")
    given = (
        Given(sequence, issued_on)
        for sequence, issued_on in numbers.values_list(
            "sequence", "issued_on"
        ).iterator()
        if sequence is not None and issued_on is not None
    )
    found = flaws(given, year=series.year, first=series.first, last=series.last)
    return [f"{series}: {_in_words(flaw, series)}" for flaw in found]


def _in_words(finding: Finding, series: NumberSeries) -> str:
    at, until = series.numbered(finding.sequence), series.numbered(finding.until)
    if finding.flaw is Flaw.GAP and at != until:
        return _("%(from)s to %(until)s are missing.") % {"from": at, "until": until}
    return {
        Flaw.GAP: _("%s is missing."),
        Flaw.DOUBLE: _("%s was given twice."),
        Flaw.DATE: _("%s is dated before the number before it."),
        Flaw.WRONG_YEAR: _("%s is dated in another year."),
        Flaw.COUNTER: _("The counter stands at %s, but later numbers were given."),
    }[finding.flaw] % at


def _keep(
    kind: InspectionKind, findings: Iterator[str], *, now: datetime
) -> Inspection:
    found = list(findings)
    return Inspection.objects.create(
        kind=kind,
        run_at=now,
        documents=sum(series.invoices.count() for series in NumberSeries.objects.all()),
        findings=found[:MOST_KEPT],
    )
