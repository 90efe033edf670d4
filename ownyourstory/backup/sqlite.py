"""Dump and load a database that is one file: SQLite.

The arguments called ``entry`` are that of ``DATABASES``.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _

from ownyourstory.disk import settle

from . import BackupError

MEMBER = "database.sqlite3"
WAIT = 20.0
"""Seconds to wait for others who are writing."""

IN_USE = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def version(_entry: Mapping[str, Any]) -> str:
    """Return the version of SQLite."""
    return sqlite3.sqlite_version


def dump(entry: Mapping[str, Any], *, to: Path) -> None:
    """Write the database as it is at one moment into the new file ``to``.

    Others go on writing meanwhile. Raises BackupError if the database is damaged.
    """
    try:
        with (
            closing(_connect(_path(entry), mode="rw")) as source,
            closing(sqlite3.connect(to)) as target,
        ):
            source.backup(target)  # all pages in one step: one moment
            # One file that stands by itself, without the log of a running program.
            target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupError(_("The database cannot be read: %s") % error) from error
    _check(to)


def prepare(_entry: Mapping[str, Any], dump: Path) -> Path:
    """Return what ``load`` takes, made from ``dump``; the database is not touched.

    Raises BackupError if it is no sound database.
    """
    _check(dump)
    return dump


def load(entry: Mapping[str, Any], prepared: Path, *, keep_as: Path | None) -> None:
    """Put ``prepared`` in the place of the database, in one step.

    The old one stays as ``keep_as`` beside it, if that is given. Raises BackupError
    if somebody is using it; then nothing has changed.
    """
    path = _path(entry)
    with TemporaryDirectory(dir=path.parent, prefix=".restore-") as folder:
        new = Path(folder) / path.name
        shutil.copyfile(prepared, new)
        settle(new)
        if path.exists():
            shutil.copymode(path, new)
        with _alone_with(path):
            if keep_as is not None:
                _set_aside(path, keep_as=keep_as)
            new.replace(path)
        settle(path)


def kept_name(entry: Mapping[str, Any], *, stamp: str) -> Path:
    """Return where the old database is kept: beside the new one."""
    return _path(entry).with_name(f"{stamp}.sqlite3")


@contextmanager
def _alone_with(path: Path) -> Iterator[None]:
    """Hold the database at ``path`` for ourselves, all of it in that one file.

    To leave the write-ahead log SQLite wants to be the only one who has the file
    open, so that a running program is found out here.
    """
    if not path.exists():
        yield
        return
    with closing(_connect(path, mode="rw")) as database:
        try:
            database.execute("PRAGMA journal_mode=DELETE")
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if error.sqlite_errorcode in IN_USE:
                raise BackupError(
                    _("The program is still running: stop it, then restore.")
                ) from error
            # Otherwise it is damaged: nobody can write, and it is kept as it is.
        yield


def _set_aside(path: Path, *, keep_as: Path) -> None:
    """Give the database a second name; a log it could not leave goes along."""
    keep_as.hardlink_to(path)
    for end in ("-wal", "-shm"):
        log = path.with_name(path.name + end)
        if log.exists():
            log.replace(keep_as.with_name(keep_as.name + end))


def _check(path: Path) -> None:
    try:
        with closing(_connect(path, mode="ro")) as database:
            (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.Error as error:
        found = str(error)
    if found != "ok":
        raise BackupError(_("The database is damaged: %s") % found)


def _connect(path: Path, *, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=WAIT,
        isolation_level=None,
    )


def _path(entry: Mapping[str, Any]) -> Path:
    return Path(entry["NAME"])
