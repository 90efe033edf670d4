"""What an office says of what it issued, added up from each place that says it.

Run by ``test_drills`` on the installation on which five hundred documents were issued.
Each source is read in its own way: nothing here asks the program for a sum.
"""

# mypy: allow-untyped-calls
# Half of factory-boy has no types.

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO, TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import pypdfium2
from django.core.management import call_command
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
    """Print what each source says: the number of documents, base, VAT and total.

    Then what the entries come to by grid, and what the VAT return says.
    """
    credit_some(seed=seed)
    said: dict[str, Any] = {name: _sums(read()) for name, read in SOURCES.items()}
    with TemporaryDirectory() as folder, _packed(folder) as pack:
        said |= {"journal": _sums(of_journal(pack)), "pack": _sums(of_pack(pack))}
        print(json.dumps([said, entered(), grids(pack)]))  # noqa: T201


def _packed(folder: str) -> ZipFile:
    """Make the pack of today, which is refused where its own totals do not agree."""
    today = timezone.localdate().isoformat()
    days = ["--from", today, "--to", today]
    call_command("export_pack", *days, "--out", folder, stdout=StringIO())
    (file,) = Path(folder).iterdir()
    return ZipFile(file)


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
        yield _totals_in(invoice.kind, bytes_of(invoice, FileKind.XML))


def _totals_in(kind: str, xml: bytes) -> tuple[Any, ...]:
    """Return the totals of an e-invoice."""
    root = etree.fromstring(xml)
    names = ("TaxExclusiveAmount", "TaxAmount", "PayableAmount")
    texts = (root.xpath(f"string(//*[local-name()='{name}'])") for name in names)
    return (kind, *(D(str(text)) for text in texts))


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


def of_journal(pack: ZipFile) -> Iterator[Any]:
    """Yield the rows of the sales journal by document, credit notes turned positive."""
    found: dict[str, list[Any]] = {}
    for row in _rows(pack, "journal.csv"):
        kind = {"F": "invoice", "CN": "credit_note"}[row["documenttype"]]
        sums = found.setdefault(row["nummer"], [kind, D(0), D(0), D(0)])
        for at, name in enumerate(["maatstaf", "btw_bedrag", "totaal_incl"], start=1):
            sums[at] += _number(row[name]) * (1 if kind == "invoice" else -1)
    yield from found.values()


def of_pack(pack: ZipFile) -> Iterator[Any]:
    """Yield the XML of each document as it lies in the pack."""
    kinds = {one.file_name("xml"): one.kind for one in Invoice.objects.issued()}
    for name in pack.namelist():
        if name.startswith("ubl/"):
            yield _totals_in(kinds[name.removeprefix("ubl/")], pack.read(name))


def grids(pack: ZipFile) -> dict[str, str]:
    """Return what the VAT return comes to, as the control totals would have it."""
    quarter = [row for row in _rows(pack, "vat.csv") if "-Q" in list(row.values())[1]]
    names = ("00", "01", "02", "03", "44", "45", "47", "48", "49", "54", "64")
    return {
        name: str(sum((_number(row[name]) for row in quarter), D(0))) for name in names
    }


def entered() -> dict[str, str]:
    """Return what the entries come to by grid."""
    sums: dict[str, Decimal] = {}
    for entry in JournalEntry.objects.all():
        for grid, value in [(entry.base_grid, entry.base), (entry.vat_grid, entry.vat)]:
            sums[grid] = sums.get(grid, D(0)) + value
    return {grid: str(value) for grid, value in sums.items() if grid}


def _rows(pack: ZipFile, name: str) -> Iterator[dict[str, str]]:
    text = TextIOWrapper(pack.open(name), encoding="utf-8-sig", newline="")
    yield from csv.DictReader(text, delimiter=";")


def _number(text: str) -> Decimal:
    return D(text.replace(",", ".") or "0")


SOURCES: dict[str, Callable[[], Iterator[Any]]] = {
    "columns": of_columns,
    "records": of_records,
    "entries": of_entries,
    "e-invoices": of_einvoices,
    "papers": of_papers,
}
