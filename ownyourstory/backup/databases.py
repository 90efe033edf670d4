"""The database of this installation: its kind, its steps, and whether it is used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from clients.models import Client
from invoicing.models import Invoice, StoredFile

from . import BackupError, postgresql, sqlite

Entry = Mapping[str, Any]


class Kind(Protocol):
    """What there is to know about one kind of database; a module each."""

    MEMBER: str

    def version(self, _entry: Entry, /) -> str: ...
    def dump(self, entry: Entry, /, *, to: Path) -> None: ...
    def prepare(self, _entry: Entry, dump: Path, /) -> Path: ...
    def load(
        self, entry: Entry, prepared: Path, /, *, keep_as: Path | None
    ) -> None: ...
    def kept_name(self, entry: Entry, /, *, stamp: str) -> Path: ...


KINDS: dict[str, Kind] = {"sqlite": sqlite, "postgresql": postgresql}


def kind() -> Kind:
    """Return the kind of database this installation has."""
    if connection.vendor not in KINDS:
        raise BackupError(
            _("Backups are made of SQLite and PostgreSQL, not of %s.")
            % connection.vendor
        )
    return KINDS[connection.vendor]


def applied() -> list[str]:
    """Return the migrations this database went through, sorted."""
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in done)


def known() -> set[str]:
    """Return the migrations this program has, and those that they replace."""
    steps = MigrationLoader(None).disk_migrations
    replaced = [pair for step in steps.values() for pair in step.replaces]
    return {f"{app}.{name}" for app, name in [*steps, *replaced]}


def is_in_use() -> bool:
    """Tell whether anybody or anything is there that a restore would replace.

    A damaged SQLite file is taken for one that is in use.
    """
    try:
        tables = set(connection.introspection.table_names())
        return any(
            model._meta.db_table in tables and model._default_manager.exists()
            for model in (User, Client, Invoice, StoredFile)
        )
    except DatabaseError:
        if connection.vendor == "sqlite":
            return True
        raise  # a server that cannot be reached tells nothing
