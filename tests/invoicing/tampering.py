"""Going round all that keeps issued documents, to see that it shows (INV-3)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import JSONField, Model

from invoicing import guards
from invoicing.models import FileKind, Invoice, InvoiceLine, Seal, StoredFile
from tests.stored import file_of


@contextmanager
def undone() -> Iterator[None]:
    """Take back on leaving whatever was done to the database inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_guards() -> Iterator[None]:
    """Take triggers and checks away; all done inside is undone on leaving."""
    connection.check_constraints()  # PostgreSQL alters no table with checks pending
    with undone():
        guards.remove(apps, connection.schema_editor())
        with _without_checks():
            yield


@contextmanager
def _without_checks() -> Iterator[None]:
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            run("PRAGMA ignore_check_constraints = OFF")
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint "
            "WHERE contype = 'c' AND conname LIKE 'invoicing%%'"
        )
        checks = cursor.fetchall()
    for table, name in checks:
        run(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    yield


def run(statement: str, *values: Any) -> None:
    """Run one statement of SQL."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def change(row: Model, column: str, value: Any = None) -> None:
    """Write ``value``, or any other than there is, straight into a column."""
    field: Any = type(row)._meta.get_field(column)
    value = another(field, getattr(row, column)) if value is None else value
    run(
        f'UPDATE {row._meta.db_table} SET "{column}" = %s WHERE id = %s',  # noqa: S608 – our own names
        field.get_db_prep_save(value, connection),
        row.pk,
    )


def another(field: Any, value: Any) -> Any:
    """Return a value for ``field`` that is not ``value``."""
    kind = field.target_field if field.is_relation else field
    if isinstance(kind, JSONField):
        return [*value, "added"] if isinstance(value, list) else {**value, "added": 1}
    if value is None:
        return 1000  # a key or a year, empty so far
    if isinstance(value, str):
        return value[::-1] if value != value[::-1] else f"x{value}"
    if isinstance(value, bool):
        return not value
    return value + STEPS[type(value)]


STEPS: dict[type, Any] = {
    date: timedelta(days=1),
    datetime: timedelta(seconds=1),
    Decimal: Decimal("0.01"),
    int: 1000,
}


def remove(invoice: Invoice) -> None:
    """Delete an issued document without a trace but its file."""
    for model in (Seal, StoredFile, InvoiceLine):
        table = model._meta.db_table
        run(f"DELETE FROM {table} WHERE invoice_id = %s", invoice.pk)  # noqa: S608 – our own names
    run("DELETE FROM invoicing_invoice WHERE id = %s", invoice.pk)


def path_of(invoice: Invoice, folder: Path, kind: FileKind = FileKind.PDF) -> Path:
    """Return where the PDF of ``invoice``, or another file, lies in ``folder``."""
    sha256 = file_of(invoice, kind).sha256
    return folder / sha256[:2] / sha256


def flip_a_byte(path: Path, *, at: int = -1) -> None:
    """Change one byte of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
