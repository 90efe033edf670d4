"""A document as stored comes back as it was (INV-3)."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from invoicing import drafting
from invoicing.documents.build import Numbered, build
from invoicing.documents.document import Document
from invoicing.documents.record import document_from_record, record_of
from tests.factories import (
    MONDAY,
    ExtraFactory,
    complete_seller,
    enrolled,
    ordinary_draft,
)

pytestmark = pytest.mark.django_db


def for_the_wallet() -> Document:
    enrolment = enrolled(uses_wallet=True, discount=Decimal("0.10"))
    ExtraFactory.create(enrolment=enrolment)
    invoice = drafting.draft_invoice(enrolment.pk, on=MONDAY)
    numbered = Numbered(number="2026-0001", communication="+++202/6000/00192+++")
    return build(invoice, seller=complete_seller(), on=MONDAY, numbered=numbered)


def ordinary() -> Document:
    return build(ordinary_draft(), seller=complete_seller(), on=MONDAY)


@pytest.mark.parametrize("make", [for_the_wallet, ordinary])
def test_a_document_survives_being_stored(make: Callable[[], Document]) -> None:
    document = make()

    stored = json.loads(json.dumps(record_of(document)))

    again = document_from_record(stored)
    assert again == document
    assert repr(again) == repr(document)  # 1.10 is not 1.1 on paper


def test_amounts_are_stored_as_text_never_as_floats() -> None:
    stored = record_of(for_the_wallet())

    assert stored["document"]["totals"]["wallet"] == "599.90"
    assert stored["document"]["issued_on"] == "2026-03-02"


@pytest.mark.parametrize("version", [None, 0, 99, "1"])
def test_a_record_of_an_unknown_version_is_refused(version: object) -> None:
    stored = record_of(ordinary()) | {"version": version}

    with pytest.raises(ValueError, match="unknown record version"):
        document_from_record(stored)
