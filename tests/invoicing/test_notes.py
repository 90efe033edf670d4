"""The legal sentences: which stand on which document."""

from __future__ import annotations

from typing import Any

import pytest

from invoicing.documents.notes import legal_notes, vat_note
from invoicing.documents.vat import Treatment

pytestmark = pytest.mark.usefixtures("english")

ORDINARY: dict[str, Any] = {
    "treatments": [Treatment.STANDARD],
    "is_private_person": False,
    "via_wallet": False,
    "payment_term_days": 30,
    "vat_retention_years": 7,
    "dossier_retention_years": 10,
}

SAID: dict[str, tuple[dict[str, Any], str]] = {
    "INV-8, the term": ({"payment_term_days": 14}, "Payable within 14 days"),
    "INV-8, late": ({}, "Act of 2 August 2002"),
    "INV-7, VAT": ({"vat_retention_years": 8}, "8 years for VAT"),
    "INV-7, dossier": ({"via_wallet": True}, "subsidy 10 years"),
    "DOS-6": ({"via_wallet": True}, "no ground for cancellation"),
    "VAT-2, exempt": (
        {"treatments": [Treatment.EXEMPT_TRAINING]},
        "article 44, § 2, 4°",
    ),
    "VAT-2, reverse charge": (
        {"treatments": [Treatment.REVERSE_CHARGE]},
        "VAT reverse charged",
    ),
    "VAT-2, small enterprise": (
        {"treatments": [Treatment.SMALL_ENTERPRISE]},
        "Special exemption scheme",
    ),
    "VAT-2, outside": ({"treatments": [Treatment.OUTSIDE_SCOPE]}, "Outside the scope"),
}


@pytest.mark.parametrize(("facts", "sentence"), SAID.values(), ids=SAID)
def test_a_sentence_that_must_be_there(facts: dict[str, Any], sentence: str) -> None:
    assert sentence in " ".join(legal_notes(**(ORDINARY | facts)))


UNSAID: dict[str, tuple[dict[str, Any], str]] = {
    "DOS-6, on an ordinary invoice": ({}, "cancellation"),
    "INV-7, no dossier": ({}, "10 years"),
    "INV-8, a private person": ({"is_private_person": True}, "Act of 2 August 2002"),
    "VAT-2, with VAT": ({}, "xempt"),
}


@pytest.mark.parametrize(("facts", "sentence"), UNSAID.values(), ids=UNSAID)
def test_a_sentence_that_must_not(facts: dict[str, Any], sentence: str) -> None:
    assert sentence not in " ".join(legal_notes(**(ORDINARY | facts)))


def test_a_treatment_on_two_lines_is_explained_once() -> None:
    """VAT-2."""
    twice = [Treatment.REVERSE_CHARGE, Treatment.STANDARD, Treatment.REVERSE_CHARGE]

    notes = list(legal_notes(**(ORDINARY | {"treatments": twice})))

    assert notes.count(vat_note(Treatment.REVERSE_CHARGE)) == 1


def test_only_what_is_paid_directly_falls_due_on_a_wallet_invoice() -> None:
    """DOS-11: the wallet's part has no term of ours."""
    sentences = list(legal_notes(**(ORDINARY | {"via_wallet": True})))

    terms = [sentence for sentence in sentences if "payable" in sentence.lower()]
    assert [term.split(" is ")[0] for term in terms] == ["What you pay us directly"]
