"""Whatever changes in what was issued is named, with its place (INV-3)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from invoicing import sealing
from invoicing.documents.seal import canonical, digest
from invoicing.models import (
    FileKind,
    Invoice,
    InvoiceLine,
    NumberSeries,
    Seal,
    StoredFile,
)
from tests.factories import issued, issued_via_wallet

from .tampering import (
    change,
    flip_a_byte,
    path_of,
    remove,
    run,
    undone,
    without_guards,
)

pytestmark = pytest.mark.django_db

PLACES: dict[type[Model], str] = {
    Invoice: "invoice",
    InvoiceLine: "lines.1",
    StoredFile: "files.1",
}


def broken() -> dict[str, tuple[str, ...]]:
    """Return what is wrong with each document, by number, in order."""
    return {
        found.number: found.what
        for series in NumberSeries.objects.order_by("pk")
        for found in sealing.broken(series)
    }


def three() -> list[Invoice]:
    return [issued(), issued_via_wallet(), issued()]


def test_what_nobody_touched_holds() -> None:
    three()

    assert broken() == {}


@pytest.mark.parametrize("model", PLACES, ids=PLACES.values())
def test_each_sealed_column_is_named_when_it_changes(model: type[Model]) -> None:
    issued_via_wallet()
    [row, *_others] = model._default_manager.all()
    unnoticed = {}

    with without_guards():
        for column in sealing.COLUMNS[sealing.VERSION][model]:
            with undone():
                change(row, column)
                found = [what for each in broken().values() for what in each]
            if not any(what.startswith(f"{PLACES[model]}.{column}") for what in found):
                unnoticed[column] = found

    # An invoice under another key is noticed too: it is not the one that was sealed.
    assert unnoticed.keys() == ({"id"} if model is Invoice else set())
    assert [] not in unnoticed.values()
    assert broken() == {}


EXEMPT: dict[type[Model], set[str]] = {
    Invoice: {"is_cancelled"},  # may change: whether all of it was credited
    InvoiceLine: {"invoice_id"},  # says where the row is listed
    StoredFile: {"invoice_id"},
}


@pytest.mark.parametrize("model", EXEMPT)
def test_every_column_is_sealed(model: type[Model]) -> None:
    """A column that comes later asks for a version of the record that has it."""
    columns = {field.attname for field in model._meta.concrete_fields}

    sealed = sealing.COLUMNS[sealing.VERSION][model]
    assert columns - set(sealed) == EXEMPT[model]
    assert len(sealed) == len(set(sealed))


def test_what_may_change_does_not_break_the_seal() -> None:
    issued()
    Invoice.objects.update(is_cancelled=True)

    assert broken() == {}


def test_both_amounts_are_told() -> None:
    invoice = issued()

    with without_guards():
        change(invoice.lines.get(), "unit_price", 90)
        assert broken() == {
            "2026-0001": ("lines.1.unit_price: 100.000000 → 90.000000",)
        }


@pytest.mark.parametrize("kind", FileKind)
@pytest.mark.parametrize("at", [0, 5000, -1], ids=["first", "middle", "last"])
def test_a_flipped_byte_in_any_file_is_named(
    documents: Path, at: int, kind: FileKind
) -> None:
    for invoice in three():
        path = path_of(invoice, documents, kind)
        flip_a_byte(path, at=at)

        [(number, [what])] = broken().items()

        assert number == invoice.number
        assert what == f"{kind}: {path.name} was changed in the archive"
        flip_a_byte(path, at=at)


def test_a_file_that_is_gone_is_named(documents: Path) -> None:
    _first, second, _third = three()
    path_of(second, documents).unlink()

    [(number, [what])] = broken().items()
    assert number == second.number
    assert "is missing from the archive" in what


def test_a_line_that_is_gone_or_came_is_named() -> None:
    invoice = issued()
    line = invoice.lines.get()

    with without_guards():
        with undone():
            run("DELETE FROM invoicing_invoiceline WHERE id = %s", line.pk)
            assert broken()["2026-0001"][0].startswith("lines: ")
        line.pk, line.position = None, 2
        line.save()
        assert broken()["2026-0001"][0].startswith("lines: ")


def test_a_document_removed_without_a_trace_breaks_the_chain_after_it() -> None:
    _first, second, third = three()

    with without_guards():
        remove(second)
        assert broken() == {third.number: ("the chain is broken before it",)}


def test_a_document_without_seal_is_named() -> None:
    first, second, _third = three()

    with without_guards():
        run("DELETE FROM invoicing_seal WHERE invoice_id = %s", first.pk)
        assert broken() == {
            first.number: ("it has no seal",),
            second.number: ("the chain is broken before it",),
        }


def test_an_invoice_slipped_in_by_hand_has_no_seal() -> None:
    invoice = issued()

    slipped = Invoice.objects.get(pk=invoice.pk)
    slipped.pk, slipped.number, slipped.sequence = None, "2026-0002", 2
    slipped.communication = ""
    slipped.save(force_insert=True)

    assert broken() == {"2026-0002": ("it has no seal",)}


def test_a_changed_document_sealed_anew_breaks_the_chain_after_it() -> None:
    """Who changes a row and mends its seal has to mend all that follow too."""
    first, second, _third = three()
    seal = first.seal

    with without_guards():
        change(first, "buyer_name", "Somebody else")
        forged = json.loads(seal.record)
        forged["invoice"]["buyer_name"] = "Somebody else"
        change(seal, "record", canonical(forged))
        assert broken() == {first.number: ("its seal does not fit its record",)}
        change(seal, "digest", digest(canonical(forged), previous=""))
        assert broken() == {second.number: ("the chain is broken before it",)}


def test_a_relinked_chain_is_named() -> None:
    first, _second, third = three()

    with without_guards():
        remove(_second)
        change(third.seal, "previous", first.seal.digest)
        assert broken() == {third.number: ("its seal does not fit its record",)}


def test_each_series_has_a_chain_of_its_own() -> None:
    first = issued()
    later = issued(on=first.issued_on.replace(year=2027))  # type: ignore[union-attr]

    assert (first.seal.previous, later.seal.previous) == ("", "")
    assert broken() == {}


def test_old_versions_hold_after_the_program_moved_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A column that comes later is sealed from then on; older records stay."""
    columns: dict[type[Model], tuple[str, ...]] = {
        model: names[1:] for model, names in sealing.COLUMNS[sealing.VERSION].items()
    }
    columns[Invoice] = ("id", "is_cancelled", "gross")
    first = issued()
    with monkeypatch.context() as moved:
        moved.setitem(sealing.COLUMNS, 99, columns)
        moved.setattr(sealing, "VERSION", 99)
        second = issued()
        Seal.objects.get(invoice=second, version=99)

        assert broken() == {}
        Invoice.objects.filter(pk__in=[first.pk, second.pk]).update(is_cancelled=True)
        assert broken() == {second.number: ("invoice.is_cancelled: False → True",)}


def test_a_record_says_plain_things_only() -> None:
    """Decimals fixed and as text, days as ISO, moments in UTC."""
    record: dict[str, Any] = json.loads(issued_via_wallet().seal.record)

    assert record["version"] == 3
    assert record["entries"][0]["base"] == "600.00"
    assert record["invoice"]["gross"] == "726.00"
    assert record["invoice"]["issued_on"] == "2026-03-02"
    assert record["invoice"]["issued_at"] == "2026-03-02T11:00:00+00:00"
    assert record["lines"][0]["unit_price"] == "600.000000"
    assert record["lines"][0]["quantity"] == "1.0000"
