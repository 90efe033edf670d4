"""What an office says of what it issued, added up from each place that says it.

Run by ``test_drills`` on the installation on which five hundred documents were issued.
Each source is read in its own way: nothing here asks the program for a sum.
"""

# mypy: allow-untyped-calls
# Half of factory-boy has no types.

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pypdfium2
from django.utils import timezone, translation
from lxml import etree

from invoicing import crediting
from invoicing.models import FileKind, Invoice, JournalEntry, Seller
from ownyourstory.templatetags.money import amount
from tests.factories import ClientFactory
from tests.stored import bytes_of

from .at_random import Drafts
from .drilling import issue_one

D = Decimal
SMALL = 10
CREDITED = 60


def credit_some(*, seed: int) -> None:
    """Credit some invoices, in part or in full; issue some as a small enterprise."""
    chance = random.Random(seed)  # noqa: S311 – no secret
    keys = list(Invoice.objects.issued().order_by("pk").values_list("pk", flat=True))
    for key in chance.sample(keys, CREDITED):
        invoice = Invoice.objects.get(pk=key)
        part = chance.choice([D(1), D(1), D("0.5")])
        quantities = {
            one.line.pk: (one.left.quantity * part).quantize(D("0.0001"))
            for one in crediting.creditable(invoice)
        }
        now = timezone.localtime()
        wanted = crediting.Request(quantities, "Te veel")
        crediting.credit(key, wanted, on=now.date(), now=now)
    Seller.objects.update(is_small_enterprise=True)
    ClientFactory.reset_sequence(10_000)  # another process made clients before
    drafts = Drafts(seed=seed, on=timezone.localdate())
    for _ in range(SMALL):
        issue_one(drafts.draft().pk)
    Seller.objects.update(is_small_enterprise=False)


def tell(*, seed: int) -> None:
    """Print what each source says: the number of documents, base, VAT and total."""
    credit_some(seed=seed)
    print(json.dumps({name: _sums(read()) for name, read in SOURCES.items()}))  # noqa: T201


def _sums(rows: Iterator[Any]) -> dict[str, list[str]]:
    """Return per kind how many there are and what they come to, as text."""
    sums: dict[str, list[Decimal]] = {}
    for kind, *amounts in rows:
        found = sums.setdefault(kind, [D(0)] * 4)
        for at, value in enumerate([D(1), *amounts]):
            found[at] += value
    return {kind: [str(value) for value in found] for kind, found in sums.items()}


def of_columns() -> Iterator[Any]:
    """Yield the columns of each issued document."""
    yield from Invoice.objects.issued().values_list("kind", "net", "vat", "gross")


def of_records() -> Iterator[Any]:
    """Yield what the record of each document says."""
    for invoice in Invoice.objects.issued():
        record: dict[str, Any] = invoice.record or {}
        totals = record["document"]["totals"]
        yield (invoice.kind, *(D(totals[name]) for name in ("net", "vat", "gross")))


def of_entries() -> Iterator[Any]:
    """Yield the entries of each document, summed by document."""
    found: dict[int, list[Any]] = {}
    for entry in JournalEntry.objects.select_related("invoice"):
        row = found.setdefault(entry.invoice_id, [entry.invoice.kind, D(0), D(0), D(0)])
        row[1] += entry.base
        row[2] += entry.vat
        row[3] += entry.base + entry.vat
    yield from found.values()


def of_einvoices() -> Iterator[Any]:
    """Yield the totals in the XML of each document."""
    for invoice in Invoice.objects.issued():
        root = etree.fromstring(bytes_of(invoice, FileKind.XML))
        yield (
            invoice.kind,
            *(
                D(str(root.xpath(f"string(//*[local-name()='{name}'])")))
                for name in ("TaxExclusiveAmount", "TaxAmount", "PayableAmount")
            ),
        )


def of_papers() -> Iterator[Any]:
    """Yield the amounts that the PDF of each document prints; none that it does not."""
    for invoice in Invoice.objects.issued():
        paper = pypdfium2.PdfDocument(bytes_of(invoice))
        printed = {
            word
            for page in paper
            for word in page.get_textpage().get_text_range().split()
        }
        paper.close()
        with translation.override(invoice.language):
            totals = invoice.document().totals
            net, gross, *parts = (
                value if "".join(amount(value).split()) in printed else D("NaN")
                for value in [
                    totals.net,
                    totals.gross,
                    *(group.vat for group in totals.groups),
                ]
            )
        yield (invoice.kind, net, sum(parts, D(0)), gross)


SOURCES: dict[str, Callable[[], Iterator[Any]]] = {
    "columns": of_columns,
    "records": of_records,
    "entries": of_entries,
    "e-invoices": of_einvoices,
    "papers": of_papers,
}
