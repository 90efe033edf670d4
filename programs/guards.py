"""The database itself keeps dossiers: nothing of one is deleted before its time.

Triggers for SQLite and PostgreSQL: raw SQL, ``queryset.delete()``, admin and shell are
refused alike (DOS-9, INV-7). A dossier is kept from its first step or issued invoice
until so many years after its training began, and without end while that has no day yet.
The number of years is the owner's setting. ``kept_rows`` asks the same of the database
for pages and models, so that form and trigger cannot disagree.

The triggers read these tables: programs_enrolment, programs_session,
programs_participant, programs_dossierstep, invoicing_invoice, invoicing_seller. Django
remakes a table of SQLite to alter it: a migration of one of these, or of a guarded
table, begins with ``remove`` and ends with ``install``. The tables of invoicing come
after ours: until all are there ``install`` does nothing, and invoicing calls it again.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSAL = "dossiers are kept until their time is over"

NEEDED = {"invoicing_invoice", "invoicing_seller"}
"""Tables of another app that the triggers read."""

ENROLMENTS = {
    "programs_enrolment": "SELECT {row}.id",
    "programs_participant": "SELECT {row}.enrolment_id",
    "programs_dossierstep": "SELECT {row}.enrolment_id",
    "programs_applicationcheck": "SELECT {row}.enrolment_id",
    "programs_course": "SELECT id FROM programs_enrolment WHERE course_id = {row}.id",
    "programs_session": (
        "SELECT id FROM programs_enrolment WHERE course_id = {row}.course_id"
    ),
    "programs_attendance": (
        "SELECT enrolment_id FROM programs_participant WHERE id = {row}.participant_id"
    ),
    "programs_dossierpaper": (
        "SELECT id FROM programs_enrolment WHERE id = {row}.enrolment_id "
        "OR ({row}.enrolment_id IS NULL AND course_id = "
        "(SELECT course_id FROM programs_session WHERE id = {row}.session_id))"
    ),
}
"""Each guarded table with the enrolments to whose dossiers a row of it belongs."""

PLACE = {
    "programs_attendance": ("participant_id", "session_id"),
    "programs_participant": ("enrolment_id",),
    "programs_dossierstep": ("enrolment_id",),
    "programs_applicationcheck": ("enrolment_id",),
    "programs_session": ("course_id",),
}
"""The columns by which a row could be moved out of a dossier that is kept."""

WITHDRAWING = ("withdrawn_at", "withdrawn_by_id", "withdrawn_because")
"""What may still change in a paper or a signature: it no longer counts, and why."""

GUARDED = sorted(ENROLMENTS)

_DAY = {
    "postgresql": "CAST(to_char({day}, 'YYYYMMDD') AS integer)",
    "sqlite": "CAST(replace({day}, '-', '') AS integer)",
}
_TODAY = {"postgresql": "CURRENT_DATE", "sqlite": "date('now')"}


def _is_kept(vendor: str, enrolments: str) -> str:
    """Return the condition that one of ``enrolments``, a query, is kept, as SQL.

    Days are compared as numbers, 20260312: with the years added, 29 February is no
    special case, and both databases agree.
    """
    number = _DAY[vendor]
    starts = number.format(day="MIN(day)")
    today = number.format(day=_TODAY[vendor])
    return (
        "EXISTS (SELECT 1 FROM programs_enrolment kept WHERE "  # noqa: S608 – our own names
        f"kept.id IN ({enrolments}) AND ("
        "EXISTS (SELECT 1 FROM programs_dossierstep WHERE enrolment_id = kept.id) OR "
        "EXISTS (SELECT 1 FROM invoicing_invoice "
        "WHERE enrolment_id = kept.id AND status <> 'draft')) AND "
        f"COALESCE((SELECT {starts} FROM programs_session "
        "WHERE course_id = kept.course_id) + 10000 * "
        "(SELECT MAX(dossier_retention_years) FROM invoicing_seller), 99999999) "
        f">= {today})"
    )


def kept_rows(vendor: str, table: str) -> str:
    """Return the query for the keys of all rows of ``table`` that are kept, as SQL."""
    is_kept = _is_kept(vendor, ENROLMENTS[table].format(row="one"))
    return f"SELECT one.id FROM {table} one WHERE {is_kept}"  # noqa: S608 – our own names


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put every guard in place, anew where it is already (for ``RunPython``)."""
    remove(_apps, schema_editor)
    connection = schema_editor.connection
    if not set(connection.introspection.table_names()) >= {*NEEDED, *GUARDED}:
        return
    for table, event in _guards(connection):
        for statement in _guard(connection, table, event):
            schema_editor.execute(statement)


def remove(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take every guard away (for ``RunPython``)."""
    connection = schema_editor.connection
    is_postgresql = connection.vendor == "postgresql"
    there = set(connection.introspection.table_names())
    for table, event in _guards(connection):
        name = _name(table, event)
        if not is_postgresql:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        elif table in there:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are not in the database."""
    wanted = {_name(table, event) for table, event in _guards(connection)}
    return sorted(wanted - triggers(connection))


def triggers(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of the triggers that are in the database and fire."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return {name for (name,) in cursor.fetchall()}


def _guards(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, str]]:
    """Yield each table with the events that are guarded on it."""
    for table in GUARDED:
        yield table, "DELETE"
        if table in {*PLACE, "programs_dossierpaper"}:
            yield table, "UPDATE"
        if connection.vendor == "postgresql":
            yield table, "TRUNCATE"


def _guard(connection: BaseDatabaseWrapper, table: str, event: str) -> Iterator[str]:
    """Yield the statements that make one guard."""
    name, vendor = _name(table, event), connection.vendor
    enrolments = ENROLMENTS[table].format(row="OLD")
    kept = _is_kept(vendor, enrolments)
    condition = {
        "DELETE": kept,
        "TRUNCATE": "TRUE",
        "UPDATE": _update_condition(connection, table, kept=kept),
    }[event]
    if vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )
        return
    # Whoever issues an invoice for it holds that: wait, and then see it issued.
    wait = (
        "PERFORM 1 FROM invoicing_invoice "
        f"WHERE enrolment_id IN ({enrolments}) FOR SHARE; "
        if event == "DELETE"
        else ""
    )
    row = {"DELETE": "OLD", "UPDATE": "NEW", "TRUNCATE": "NULL"}[event]
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{wait}IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' "
        "USING ERRCODE = 'integrity_constraint_violation'; "
        f"END IF; RETURN {row}; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} "
        f"FOR EACH {each} EXECUTE FUNCTION {name}()"
    )


def _update_condition(connection: BaseDatabaseWrapper, table: str, *, kept: str) -> str:
    """Return when a change of a row is refused, as SQL."""
    refused = []
    if table in PLACE:
        refused.append(f"({_changed(connection, PLACE[table])}) AND {kept}")
    if table == "programs_dossierpaper":
        refused.append(_evidence_changed(connection, table))
    if table == "programs_attendance":
        changed = _evidence_changed(connection, table)
        refused.append(f"OLD.signed_at IS NOT NULL AND ({changed})")
    return " OR ".join(f"({one})" for one in refused) or "FALSE"


def _evidence_changed(connection: BaseDatabaseWrapper, table: str) -> str:
    """Return that a signature or paper changes in more than that it is withdrawn."""
    columns = [
        column for column in _columns(connection, table) if column not in WITHDRAWING
    ]
    again = f"OLD.withdrawn_at IS NOT NULL AND ({_changed(connection, WITHDRAWING)})"
    return f"({_changed(connection, columns)}) OR ({again})"


def _changed(
    connection: BaseDatabaseWrapper, columns: tuple[str, ...] | list[str]
) -> str:
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    return " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in description]


def _name(table: str, event: str) -> str:
    return f"{table}_guard_{event.lower()}"
