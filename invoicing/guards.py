"""The database itself refuses to change or delete what was issued.

Triggers for SQLite and PostgreSQL: raw SQL, ``queryset.update()``, ``bulk_update()``,
admin and shell are refused alike (INV-3, INV-7). Django remakes a table of SQLite to
alter it, and its triggers go with the old one: a migration that touches one of these
tables ends with ``install``. The guards of dossiers read these tables, and go along.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from programs import guards as dossiers

REFUSAL = "issued documents are never changed or deleted"

MAY_CHANGE = {"invoicing_invoice": ("is_cancelled",)}
"""What may still change in a row that is otherwise frozen."""

_ISSUED = (
    "(SELECT status FROM invoicing_invoice WHERE id = {row}.invoice_id) <> 'draft'"
)

GUARDS = {
    ("invoicing_invoice", "UPDATE"): "OLD.status <> 'draft' AND {frozen_changed}",
    ("invoicing_invoice", "DELETE"): "OLD.status <> 'draft'",
    ("invoicing_invoiceline", "INSERT"): _ISSUED.format(row="NEW"),
    ("invoicing_invoiceline", "UPDATE"): (
        f"{_ISSUED.format(row='OLD')} OR {_ISSUED.format(row='NEW')}"
    ),
    ("invoicing_invoiceline", "DELETE"): _ISSUED.format(row="OLD"),
    ("invoicing_storedfile", "INSERT"): (
        "EXISTS (SELECT 1 FROM invoicing_seal WHERE invoice_id = NEW.invoice_id)"
    ),
    ("invoicing_storedfile", "UPDATE"): "TRUE",
    ("invoicing_storedfile", "DELETE"): "TRUE",
    ("invoicing_journalentry", "INSERT"): (
        "EXISTS (SELECT 1 FROM invoicing_seal WHERE invoice_id = NEW.invoice_id)"
    ),
    ("invoicing_journalentry", "UPDATE"): "TRUE",
    ("invoicing_journalentry", "DELETE"): "TRUE",
    ("invoicing_seal", "UPDATE"): "TRUE",
    ("invoicing_seal", "DELETE"): "TRUE",
    ("invoicing_numberseries", "UPDATE"): (
        "OLD.last IS NOT NULL AND (NEW.last IS NULL OR NEW.last < OLD.last "
        "OR NEW.last > OLD.last + 1 OR NEW.kind <> OLD.kind OR NEW.year <> OLD.year "
        "OR NEW.prefix <> OLD.prefix OR NEW.digits <> OLD.digits "
        "OR NEW.first <> OLD.first)"
    ),
    ("invoicing_numberseries", "DELETE"): "OLD.last IS NOT NULL",
}
"""Each table and event with the condition under which it is refused, as SQL."""


GUARDED = sorted({table for table, _event in GUARDS})


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put every guard in place, anew where it is already (for ``RunPython``)."""
    remove(_apps, schema_editor)
    connection = schema_editor.connection
    there = _there(connection)
    for (table, event), condition in GUARDS.items():
        if table in there:
            for statement in _guard(connection, table, event, condition):
                schema_editor.execute(statement)
    if connection.vendor == "postgresql":
        for table in there:
            for statement in _guard_against_truncate(table):
                schema_editor.execute(statement)
    dossiers.install(_apps, schema_editor)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every guard away (for ``RunPython``)."""
    dossiers.remove(_apps, schema_editor)
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    there = _there(schema_editor.connection)
    for table, event in [*GUARDS, *((table, "TRUNCATE") for table in GUARDED)]:
        if table not in there:
            continue
        name = _name(table, event)
        on_table = f" ON {table}" if is_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        if is_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _there(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the guarded tables that earlier migrations made already."""
    tables = set(connection.introspection.table_names())
    return [table for table in GUARDED if table in tables]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are not in the database."""
    wanted = {_name(table, event) for table, event in GUARDS}
    if connection.vendor == "postgresql":
        wanted |= {_name(table, "TRUNCATE") for table in GUARDED}
    there = dossiers.triggers(connection)
    return sorted({*(wanted - there), *dossiers.missing(connection)})


def _name(table: str, event: str) -> str:
    return f"{table}_guard_{event.lower()}"


def _guard(
    connection: BaseDatabaseWrapper, table: str, event: str, condition: str
) -> Iterator[str]:
    """Yield the statements that make one guard."""
    name = _name(table, event)
    if connection.vendor == "postgresql":
        frozen = ", ".join(f"'{column}'" for column in MAY_CHANGE.get(table, ()))
        changed = (
            f"(to_jsonb(OLD) - ARRAY[{frozen}]::text[]) IS DISTINCT FROM "
            f"(to_jsonb(NEW) - ARRAY[{frozen}]::text[])"
        )
        # A line waits for an issuer that holds its invoice, and then sees it issued.
        condition = condition.replace(".invoice_id) <>", ".invoice_id FOR SHARE) <>")
        row = "OLD" if event == "DELETE" else "NEW"
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition.format(frozen_changed=changed)} THEN "
            f"RAISE EXCEPTION '{REFUSAL}' "
            "USING ERRCODE = 'integrity_constraint_violation'; "
            f"END IF; RETURN {row}; END $$"
        )
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}()"
        )
    else:
        changed = " OR ".join(
            f'OLD."{column}" IS NOT NEW."{column}"'
            for column in _columns(connection, table)
            if column not in MAY_CHANGE.get(table, ())
        )
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
            f"WHEN {condition.format(frozen_changed=f'({changed})')} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _guard_against_truncate(table: str) -> Iterator[str]:
    """Yield what keeps PostgreSQL from emptying a table past its other guards."""
    name = _name(table, "TRUNCATE")
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{REFUSAL}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in description]
