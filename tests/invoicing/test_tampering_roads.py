"""Roads past triggers and seals that only an expert would take (INV-3, INV-4)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from invoicing import guards
from invoicing.documents.credit import left_of, part_of
from invoicing.documents.totals import PricedLine
from invoicing.documents.vat import Treatment
from invoicing.models import Seal
from tests.factories import issued
from tests.invoicing.tampering import change, remove, run, undone, without_guards
from tests.invoicing.test_sealing import broken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


@pytest.mark.parametrize(
    "column",
    [field.attname for field in Seal._meta.concrete_fields if not field.primary_key],
)
def test_each_column_of_a_seal_is_named_when_it_changes(column: str) -> None:
    issued()
    last = issued()
    with without_guards():
        change(last.seal, column)
        assert broken() != {}


def test_a_seal_that_cannot_be_read_is_named() -> None:
    first = issued()
    with without_guards():
        for text in ("{}", "no record", '{"version":1}'):
            with undone():
                change(first.seal, "record", text)
                assert first.number in broken()


def test_the_last_document_removed_without_a_trace_is_named() -> None:
    issued()
    last = issued()
    with without_guards():
        remove(last)
        assert broken() != {}


WAYS_PAST = {
    "sqlite": [
        "REPLACE INTO invoicing_invoice SELECT * FROM invoicing_invoice",
        "REPLACE INTO invoicing_seal SELECT * FROM invoicing_seal",
        "REPLACE INTO invoicing_numberseries SELECT * FROM invoicing_numberseries",
    ],
    "postgresql": [
        f"TRUNCATE {table} CASCADE"
        for table in sorted({table for table, _event in guards.GUARDS})
    ],
}


def test_no_statement_goes_past_the_triggers() -> None:
    issued()
    connection.check_constraints()
    for statement in WAYS_PAST[connection.vendor]:
        with pytest.raises(DatabaseError, match=guards.REFUSAL), transaction.atomic():
            run(statement)


def test_the_last_part_of_a_long_line_takes_the_cents_left() -> None:
    line = PricedLine(
        Decimal(40002),
        Decimal("0.333334"),
        Decimal(0),
        Treatment.STANDARD,
        Decimal(21),
        True,
    )
    credited: list[PricedLine] = []
    for quantity in (Decimal(1), Decimal(1), Decimal(1), Decimal(39999)):
        left = left_of(line, credited=credited)
        credited.append(part_of(line, quantity=quantity, left=left))
    assert sum(part.net for part in credited) == line.net
