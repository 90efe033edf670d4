"""Small backups for the tests, sound and otherwise."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import connection

from ownyourstory.backup import pack
from ownyourstory.backup.databases import KINDS
from ownyourstory.backup.manifest import PROGRAM, Database, Manifest, Member
from tests.factories import BRUSSELS

MOMENT = datetime(2026, 11, 23, 8, 15, tzinfo=BRUSSELS)
PDF = b"%PDF-1.7 an invoice"
PDF_NAME = "{0:.2}/{0}".format(hashlib.sha256(PDF).hexdigest())
DOCUMENT = f"documents/{PDF_NAME}"
DUMP = KINDS[connection.vendor].MEMBER


def manifest(**fields: Any) -> Manifest:
    """Return a manifest with a database and one document; ``fields`` replace some."""
    whole = Manifest(
        program=PROGRAM,
        version="0.1.0",
        created_at=MOMENT,
        database=Database(connection.vendor, "1.0", DUMP),
        migrations=["invoicing.0001_initial"],
        members=[Member(DUMP, 4, "a" * 64), Member(DOCUMENT, 19, "b" * 64)],
    )
    return replace(whole, **fields)


def backup(
    path: Path,
    *,
    dump: bytes = b"dump" * 50,
    files: Mapping[str, bytes] | None = None,
    migrations: Collection[str] = ("invoicing.0001_initial",),
    vendor: str = connection.vendor,
) -> Path:
    """Write a backup that is whole, with a dump that nobody can load."""
    with pack.written(path) as writer:
        writer.add(DUMP, BytesIO(dump))
        for name, content in (files or {DOCUMENT: PDF}).items():
            writer.add(name, BytesIO(content))
        database = Database(vendor, "1.0", DUMP)
        writer.finish(
            manifest(
                database=database,
                migrations=[*migrations],
                members=[*writer.members],
            )
        )
    return path


def contents(path: Path) -> dict[str, bytes]:
    """Return what is in the file, name by name."""
    with ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(path: Path, members: Mapping[str | ZipInfo, bytes]) -> None:
    """Write ``members`` as they are, whether they make a backup or not."""
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)


def sqlite_file(path: Path, *, rows: int) -> Path:
    """Make an SQLite database with ``rows`` rows and the log of a program in use."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE invoice (number INTEGER PRIMARY KEY)")
        numbers = [(number,) for number in range(1, rows + 1)]
        database.executemany("INSERT INTO invoice VALUES (?)", numbers)
    return path


def count_in(path: Path) -> int:
    """Return how many rows a database of ``sqlite_file`` has."""
    with closing(sqlite3.connect(path)) as database:
        (count,) = database.execute("SELECT COUNT(*) FROM invoice").fetchone()
    return int(count)
