"""What is sealed when a document is issued, and whether it still holds.

A record is made of rows as they lie in the database. Its version names the columns:
a column that the program gets later belongs to a later version, and older records
go on being checked with the columns of theirs. INV-3 in docs/rules.md.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Model

from ownyourstory import archive

from .documents.seal import canonical, differences, digest
from .models import (
    Invoice,
    InvoiceLine,
    JournalEntry,
    NumberSeries,
    Seal,
    StoredFile,
)

VERSION = 3
BATCH = 200

_INVOICE_1 = (
    "id",
    "kind",
    "status",
    "client_id",
    "enrolment_id",
    "via_wallet",
    "service_from",
    "service_until",
    "order_reference",
    "remark",
    "discount",
    "credits_id",
    "credit_reason",
    "refund",
    "number",
    "series_id",
    "sequence",
    "issued_on",
    "due_on",
    "issued_at",
    "issued_by_id",
    "language",
    "buyer_name",
    "communication",
    "net",
    "vat",
    "gross",
    "wallet_amount",
    "direct_amount",
    "subsidy_year",
    "subsidy_estimate",
    "accepted_warnings",
    "record",
    "created_at",
)
_LINE_1 = (
    "id",
    "credits_id",
    "position",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "discount",
    "treatment",
    "vat_rate",
    "proposed_because",
    "is_eligible",
    "net",
)
_FILE_1 = ("id", "kind", "sha256", "size")
_ENTRY_3 = (
    "id",
    "position",
    "description",
    "treatment",
    "vat_rate",
    "base",
    "vat",
    "base_grid",
    "vat_grid",
    "buyer_number",
    "enterprise_number",
    "vat_number",
    "country",
)

COLUMNS: dict[int, dict[type[Model], tuple[str, ...]]] = {
    1: {Invoice: _INVOICE_1, InvoiceLine: _LINE_1, StoredFile: _FILE_1},
    2: {
        Invoice: (*_INVOICE_1, "rule_sets"),
        InvoiceLine: _LINE_1,
        StoredFile: _FILE_1,
    },
    3: {
        Invoice: (*_INVOICE_1, "rule_sets"),
        InvoiceLine: _LINE_1,
        StoredFile: _FILE_1,
        JournalEntry: _ENTRY_3,
    },
}
"""The sealed columns of each table, by record version."""

_BELOW: dict[type[InvoiceLine] | type[StoredFile] | type[JournalEntry], str] = {
    InvoiceLine: "lines",
    StoredFile: "files",
    JournalEntry: "entries",
}
"""What a record calls the rows below an invoice."""

_ORDER = {"lines": "position", "files": "kind", "entries": "position"}


@dataclass(frozen=True, slots=True)
class Broken:
    """An issued document that is no longer what it was, and in what."""

    number: str
    what: tuple[str, ...]


def seal(invoice: Invoice, series: NumberSeries) -> Seal:
    """Seal an invoice that was just issued; ``series`` is locked by the caller."""
    record = canonical(_records([invoice.pk], version=VERSION)[invoice.pk])
    before = series.seals.order_by("-sequence").first()
    previous = before.digest if before else ""
    return Seal.objects.create(
        invoice=invoice,
        series=series,
        sequence=series.last or 0,
        version=VERSION,
        record=record,
        previous=previous,
        digest=digest(record, previous=previous),
    )


def broken(series: NumberSeries) -> Iterator[Broken]:
    """Yield each document of ``series`` that does not hold, in order of number.

    Reads rows in batches and files one by one, so that memory stays flat.
    """
    for invoice in series.invoices.filter(seal=None).order_by("sequence"):
        yield Broken(invoice.number, ("it has no seal",))
    previous, last = "", series.first - 1
    # Not joined to the invoices: a seal whose invoice is gone must not go with it.
    seals = series.seals.order_by("sequence").iterator(BATCH)
    while batch := list(islice(seals, BATCH)):
        for one, found in _with_records(batch):
            sealed = _readable(one)
            what = [*_chain_flaws(one, previous=previous)]
            if sealed is None:
                what.append("its record cannot be read")
            else:
                what += [*_place_flaws(one, sealed), *_row_flaws(sealed, found)]
                what += _file_flaws(sealed)
            if what:
                yield Broken(_number_of(one, sealed), tuple(what))
            previous, last = one.digest, one.sequence
    if series.last is not None and last < series.last:
        yield Broken(series.numbered(series.last), ("the chain ends before it",))


def _with_records(batch: list[Seal]) -> Iterator[tuple[Seal, dict[str, Any]]]:
    """Yield each seal of a batch with the record its rows make now."""
    found: dict[int, dict[str, Any]] = {}
    for version in {one.version for one in batch} & COLUMNS.keys():
        invoices = [one.invoice_id for one in batch if one.version == version]
        found |= _records(invoices, version=version)
    for one in batch:
        yield one, found.get(one.invoice_id, {})


def _readable(one: Seal) -> dict[str, Any] | None:
    """Return the record of a seal, ``None`` if it is none that the program made."""
    try:
        record = json.loads(one.record)
    except ValueError:
        return None
    wanted = {"version", "invoice", *_names_below(one.version)}
    return record if isinstance(record, dict) and record.keys() == wanted else None


def _names_below(version: int) -> list[str]:
    """Return what a record of ``version`` holds of the rows below the invoice."""
    columns = COLUMNS.get(version, COLUMNS[VERSION])
    return [name for model, name in _BELOW.items() if model in columns]


def _number_of(one: Seal, sealed: dict[str, Any] | None) -> str:
    """Return the number that was sealed, whatever the rows say now."""
    at = one.series.numbered(one.sequence)
    number: str = sealed["invoice"].get("number", at) if sealed else at
    return number


def _place_flaws(one: Seal, sealed: dict[str, Any]) -> Iterator[str]:
    """Yield what the seal says of itself that its record does not."""
    of_record = {"version": sealed["version"], "invoice_id": sealed["invoice"]["id"]}
    of_record |= {
        column: sealed["invoice"][column]
        for column in ("series_id", "sequence")
        if column in sealed["invoice"]
    }
    of_seal = {column: getattr(one, column) for column in of_record}
    for difference in differences(of_record, of_seal, "seal"):
        yield str(difference)


def _chain_flaws(one: Seal, *, previous: str) -> Iterator[str]:
    if one.previous != previous:
        yield "the chain is broken before it"
    if one.digest != digest(one.record, previous=one.previous):
        yield "its seal does not fit its record"


def _row_flaws(sealed: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    if not found:
        yield "it is gone"
        return
    for difference in differences(sealed, found):
        yield str(difference)


def _file_flaws(sealed: dict[str, Any]) -> Iterator[str]:
    for file in sealed["files"]:
        try:
            archive.read(file["sha256"])
        except archive.Damaged as error:
            yield f"{file['kind']}: {error}"


def _records(invoices: Iterable[int], *, version: int) -> dict[int, dict[str, Any]]:
    """Return the record of each invoice as its rows are now, by primary key."""
    ids = list(invoices)
    columns = COLUMNS[version]
    below = {
        name: _children(model, columns[model], ids, order=_ORDER[name])
        for model, name in _BELOW.items()
        if model in columns
    }
    rows = Invoice.objects.filter(pk__in=ids).order_by().values(*columns[Invoice])
    return {
        row["id"]: {
            "version": version,
            "invoice": _plain(row),
            **{name: found[row["id"]] for name, found in below.items()},
        }
        for row in rows
    }


def _children(
    model: type[InvoiceLine] | type[StoredFile] | type[JournalEntry],
    columns: tuple[str, ...],
    invoices: list[int],
    *,
    order: str,
) -> dict[int, list[dict[str, Any]]]:
    """Return the rows of ``model`` below each invoice."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = model._default_manager.filter(invoice__in=invoices).order_by(order, "pk")
    for row in rows.values("invoice_id", *columns):
        found[row.pop("invoice_id")].append(_plain(row))
    return found


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {column: _plain_value(value) for column, value in row.items()}


def _plain_value(value: Any) -> Any:
    """Return a column as JSON has it: fixed decimals, ISO days, moments in UTC."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value
