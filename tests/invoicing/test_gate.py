"""Nothing is numbered unless its e-invoice passes every rule (EIN-4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model
from django.test import override_settings

from clients.models import Client
from invoicing import lifecycle
from invoicing.models import (
    Delivery,
    Invoice,
    InvoiceLine,
    NumberSeries,
    Seal,
    Seller,
    StoredFile,
)
from invoicing.readiness import Problem
from ownyourstory.outbox.models import Dispatch
from tests.factories import MONDAY, complete_seller, issued, noon, ordinary_draft
from tests.invoicing.einvoice.test_rules import NO_SCHEMATRON, OFFICIAL
from tests.invoicing.test_crediting import all_of, credit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NOT_SEEN = "\x07"
"""A character that nobody sees and XML cannot hold: the field looks filled in."""


def state(documents: Path) -> dict[str, Any]:
    """Return all that issuing writes, files included."""
    tables: list[type[Model]] = [Invoice, InvoiceLine, NumberSeries, StoredFile]
    tables += [Seal, Delivery, Dispatch]
    found: dict[str, Any] = {
        table.__name__: list(table._default_manager.order_by("pk").values())
        for table in tables
    }
    return found | {"archive": sorted(documents.rglob("*"))}


def refused(draft: Invoice) -> list[Problem]:
    """Return what stands in the way of issuing ``draft``."""
    with pytest.raises(lifecycle.NotReady) as not_ready:
        lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))
    return not_ready.value.problems


def of_client(**values: str) -> Callable[[], object]:
    return lambda: Client.objects.update(**values)


def of_line(**values: str) -> Callable[[], object]:
    drafts = InvoiceLine.objects.filter(invoice__number="")
    return lambda: drafts.update(**values)


def of_seller(**values: str) -> Callable[[], object]:
    return lambda: Seller.objects.update(**values)


CLIENT, SELLER, INVOICE = "/clients/client/", "/invoicing/seller/", "/invoicing/invoice"
BROKEN: dict[str, tuple[Callable[[], object], str, str, str]] = {
    "a Peppol id with a wrong check digit": (
        of_client(peppol_id="0208:0403170702"),
        "PEPPOL-COMMON-R043",
        "A Belgian enterprise number is not well formed.",
        CLIENT,
    ),
    "a Peppol id of no scheme": (
        of_client(peppol_id="1234:0403170701"),
        "PEPPOL-EN16931-CL008",
        "The client has no Peppol id that can be used.",
        CLIENT,
    ),
    "a client without a name": (
        of_client(legal_name=NOT_SEEN),
        "BR-07",
        "The client has no name.",
        CLIENT,
    ),
    "a line that says nothing": (
        of_line(description=NOT_SEEN),
        "BR-25",
        "A line says nothing.",
        INVOICE,
    ),
    "an enterprise number of our own that is none": (
        of_seller(enterprise_number="0824677866"),
        "PEPPOL-COMMON-R043",
        "A Belgian enterprise number is not well formed.",
        SELLER,
    ),
}


@pytest.mark.parametrize(
    ("break_it", "rule", "message", "page"), BROKEN.values(), ids=BROKEN
)
def test_a_broken_rule_is_named_in_plain_words_and_nothing_is_numbered(
    documents: Path,
    break_it: Callable[[], object],
    rule: str,
    message: str,
    page: str,
) -> None:
    complete_seller()
    issued()
    draft = ordinary_draft()
    break_it()
    before = state(documents)

    [problem] = [found for found in refused(draft) if found.rule == rule]

    assert (problem.message, bool(problem.remedy)) == (message, True)
    assert page in problem.link
    assert state(documents) == before


def test_once_mended_it_has_the_next_number(documents: Path) -> None:
    complete_seller()
    draft = ordinary_draft(client__peppol_id="0208:0403170702")
    refused(draft)

    Client.objects.update(peppol_id="")
    invoice = lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))

    assert invoice.number == "2026-0001"


def test_every_broken_rule_is_named_at_once_and_each_only_once() -> None:
    complete_seller()
    draft = ordinary_draft(client__peppol_id="0208:0403170702")
    for position in (2, 3):
        InvoiceLine.objects.create(
            invoice=draft, position=position, description="x", unit_price=1, vat_rate=21
        )
    of_line(description=NOT_SEEN)()
    of_client(legal_name=NOT_SEEN)()

    rules = [problem.rule for problem in refused(draft)]

    assert sorted(rules) == ["BR-07", "BR-25", "PEPPOL-COMMON-R043"]


def test_a_character_that_nobody_sees_does_not_stop_an_invoice() -> None:
    complete_seller()
    draft = ordinary_draft(client__legal_name="Zoë\x0b  BV", order_reference="\x1bA")

    invoice = lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))

    assert invoice.number == "2026-0001"


@pytest.mark.parametrize("megabytes", [8, 16])
def test_what_is_too_large_to_go_inside_is_said_in_plain_words(
    documents: Path, monkeypatch: pytest.MonkeyPatch, megabytes: int
) -> None:
    complete_seller()
    draft = ordinary_draft()
    before = state(documents)
    huge = b"%PDF-1.7" + b"\0" * megabytes * 1_000_000
    monkeypatch.setattr(lifecycle, "render_pdf", lambda *_args, **_kwargs: huge)

    [problem] = refused(draft)

    assert problem.rule == "EIN-4"
    assert "choose a smaller logo" in problem.remedy
    assert SELLER in problem.link
    assert state(documents) == before


# Rules that the owner adds


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """Return the file of rules that the setting leads to; it is not there yet."""
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder / "official.xslt"


def test_a_rule_that_the_owner_added_stops_it_too(documents: Path, rules: Path) -> None:
    rules.write_text(OFFICIAL % "fatal")
    complete_seller()
    draft = ordinary_draft()
    before = state(documents)

    with override_settings(EINVOICE_RULES_DIR=rules.parent):
        [problem] = refused(draft)

    assert problem.rule == "OWNER-1"
    assert problem.message.endswith("Never mind.")
    assert state(documents) == before


@pytest.mark.parametrize("content", ["no stylesheet", NO_SCHEMATRON % "<html/>"])
def test_rules_that_cannot_be_run_are_named_with_the_setting(
    documents: Path, rules: Path, content: str
) -> None:
    rules.write_text(content)
    complete_seller()
    draft = ordinary_draft()
    before = state(documents)

    with override_settings(EINVOICE_RULES_DIR=rules.parent):
        [problem] = refused(draft)

    assert "official.xslt" in problem.message
    assert "EINVOICE_RULES_DIR" in problem.remedy
    assert state(documents) == before


def test_a_credit_note_passes_the_same_gate(documents: Path, rules: Path) -> None:
    """EIN-2."""
    rules.write_text(OFFICIAL % "fatal")
    invoice = issued()
    before = state(documents)

    with (
        override_settings(EINVOICE_RULES_DIR=rules.parent),
        pytest.raises(lifecycle.NotReady, match="Never mind"),
    ):
        credit(invoice, all_of(invoice))

    assert state(documents) == before


def test_every_set_of_rules_it_passed_is_kept_with_it_and_sealed(rules: Path) -> None:
    rules.write_text(OFFICIAL % "warning")

    with override_settings(EINVOICE_RULES_DIR=rules.parent):
        invoice = issued()

    invoice.refresh_from_db()
    kept = {one["name"]: (one["version"], one["sha256"]) for one in invoice.rule_sets}
    assert kept["official"] == (
        "9.8.7",
        hashlib.sha256(rules.read_bytes()).hexdigest(),
    )
    assert set(kept) == {
        "UBL-Invoice-2.1",
        "EN16931-UBL-validation",
        "Peppol BIS Billing, own checks",
        "Exact amounts, own checks",
        "official",
    }
    assert all(len(sha256) == 64 for _version, sha256 in kept.values())
    sealed = json.loads(Seal.objects.get(invoice=invoice).record)
    assert invoice.rule_sets in _values(sealed)


def _values(record: Any) -> list[Any]:
    """Return each value in a sealed record, however deep."""
    if not isinstance(record, dict):
        return [record]
    below = [_values(value) for value in record.values()]
    return [record, *(value for values in below for value in values)]
