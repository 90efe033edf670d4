"""The control totals out of the database, and as a table to hand over (EXP-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from ownyourstory.money import to_cents
from ownyourstory.tables import Cell, Column, Table

from .control import KINDS, Sums, of_grids, total
from .journal import CREDIT_NOTE, INVOICE
from .period import Period
from .revenue import issued_in
from .vat_return import Grids

NAMES = {Kind.INVOICE: INVOICE, Kind.CREDIT_NOTE: CREDIT_NOTE}


def invoice_sums(period: Period) -> dict[str, Sums]:
    """Return what the documents dated in ``period`` come to, by kind."""
    sums = dict.fromkeys(KINDS, Sums())
    found = issued_in(period).values_list("kind")
    for kind, documents, *amounts in found.annotate(
        Count("pk"), Sum("net"), Sum("vat"), Sum("gross")
    ):
        sign = -1 if kind == Kind.CREDIT_NOTE else 1
        net, vat, gross = (sign * to_cents(amount) for amount in amounts)
        sums[NAMES[Kind(kind)]] = Sums(documents, net, vat, gross)
    return sums


def control_table(
    invoices: Mapping[str, Sums],
    *,
    journals: Mapping[str, Mapping[str, Sums]],
    grids: Grids,
) -> Table:
    """Return the control totals, the same from each side."""

    def rows() -> Iterator[tuple[object, ...]]:
        for name, sums in {_("documents"): invoices, **journals}.items():
            for kind in KINDS:
                yield _row(name, kind, sums[kind])
            yield _row(name, _("total"), total(sums))
        documents = total(invoices).documents
        yield _row("vat.csv", _("total"), of_grids(grids, documents=documents))

    return Table(
        name="control",
        title=_("Control totals"),
        columns=(
            Column(_("from")),
            Column(_("type")),
            Column(_("documents"), Cell.WHOLE),
            Column(_("excl. VAT"), Cell.AMOUNT),
            Column(_("VAT"), Cell.AMOUNT),
            Column(_("incl. VAT"), Cell.AMOUNT),
        ),
        rows=rows,
    )


def _row(name: str, kind: str, sums: Sums) -> tuple[object, ...]:
    return name, kind, sums.documents, sums.base, sums.vat, sums.gross
