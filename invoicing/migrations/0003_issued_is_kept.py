"""The database itself refuses to delete what was issued (INV-3, INV-7).

Triggers on invoices, their lines and their files: raw SQL, ``queryset.delete()``
and buttons alike.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ISSUED = {
    "invoicing_invoice": "OLD.status <> 'draft'",
    "invoicing_invoiceline": (
        "EXISTS (SELECT 1 FROM invoicing_invoice i "
        "WHERE i.id = OLD.invoice_id AND i.status <> 'draft')"
    ),
    "invoicing_storedfile": "TRUE",
}
"""Each table with the condition under which a row is kept for good."""


def _sqlite(table: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table} WHEN {condition} "
        "BEGIN SELECT RAISE(ABORT, 'issued documents are never deleted'); END"
    )


def _postgresql(table: str, condition: str) -> str:
    return (
        f"CREATE FUNCTION {table}_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {condition} THEN "
        "RAISE EXCEPTION 'issued documents are never deleted' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN OLD; END $$; "
        f"CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_kept()"
    )


def keep(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    write = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    for table, condition in ISSUED.items():
        schema_editor.execute(write(table, condition))


def release(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in ISSUED:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_is_kept ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_is_kept()")
        else:
            schema_editor.execute(f"DROP TRIGGER {table}_is_kept")


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0002_own_company_and_vat_rates")]
    operations = [migrations.RunPython(keep, release)]
