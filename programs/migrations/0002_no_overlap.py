"""Periods of one registration, and terms of the scheme, never overlap (REG-4).

PostgreSQL has exclusion constraints for it; SQLite gets a trigger each.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = {
    "programs_registration": ("number", "pillar"),
    "programs_schemeterms": (),
}
"""Each table with the columns within which its windows may not overlap."""


def _postgresql(table: str, columns: tuple[str, ...]) -> str:
    same = "".join(f"{column} WITH =, " for column in columns)
    return (
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_no_overlap EXCLUDE USING gist "
        f"({same}daterange(valid_from, valid_until, '[]') WITH &&)"
    )


def _sqlite(table: str, columns: tuple[str, ...], event: str) -> str:
    same = "".join(f"AND other.{column} = NEW.{column} " for column in columns)
    return (
        f"CREATE TRIGGER {table}_no_overlap_{event.lower()} "  # noqa: S608
        f"BEFORE {event} ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} other WHERE other.id <> NEW.id {same}"
        "AND other.valid_from <= COALESCE(NEW.valid_until, '9999-12-31') "
        "AND NEW.valid_from <= COALESCE(other.valid_until, '9999-12-31')) "
        f"BEGIN SELECT RAISE(ABORT, '{table}_no_overlap'); END"
    )


def forbid(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table, columns in TABLES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_postgresql(table, columns))
        else:
            for event in ("INSERT", "UPDATE"):
                schema_editor.execute(_sqlite(table, columns, event))


def allow(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE {table} DROP CONSTRAINT {table}_no_overlap"
            )
        else:
            for event in ("insert", "update"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_initial")]
    operations = [BtreeGistExtension(), migrations.RunPython(forbid, allow)]
