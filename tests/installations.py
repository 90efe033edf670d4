"""Installations of their own for tests with real processes.

Each has a data folder and a database that nobody else has: a new file on SQLite, a
new database of the same server on PostgreSQL. Nothing of it is left afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database, and how to run the program on them."""

    data_dir: Path
    database_url: str

    def manage(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run ``manage.py`` to its end, whatever that is."""
        return self._run([str(settings.BASE_DIR / "manage.py"), *map(str, arguments)])

    def python(self, code: str) -> str:
        """Run ``code`` with Django set up and return what it prints.

        Raises AssertionError, with what it said, if it fails.
        """
        done = self._run(["-c", _SET_UP + code])
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def start(self, code: str) -> subprocess.Popen[str]:
        """Start ``code`` with Django set up and return the running process."""
        return subprocess.Popen(
            [sys.executable, "-c", _SET_UP + code],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make the program use this installation."""
        return os.environ | {
            "DEBUG": "true",
            "DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "ownyourstory.settings",
        }

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )


_SET_UP = "import django; django.setup()\n"


@contextmanager
def installation(
    folder: Path, *, like: Installation | None = None
) -> Iterator[Installation]:
    """An installation with its data in ``folder``, which must not exist yet.

    It is bare, without tables, or a copy of ``like``, which nobody may be using.
    """
    if like is None:
        folder.mkdir(parents=True)
    else:
        shutil.copytree(like.data_dir, folder)
    if connection.vendor != "postgresql":
        yield Installation(folder, database_url="")
        return
    name = f"scratch_{uuid4().hex}"
    template = like.database_url.rsplit("/", 1)[1] if like else "template1"
    _on_server(
        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )
    try:
        yield Installation(folder, database_url=_url(name))
    finally:
        _on_server(
            sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        )


def _on_server(statement: sql.Composed) -> None:
    """Run ``statement`` on the server of the tests, outside any transaction."""
    entry = _entry()
    with psycopg.connect(
        host=entry["HOST"] or None,
        port=entry["PORT"] or None,
        user=entry["USER"] or None,
        password=entry["PASSWORD"] or None,
        dbname="postgres",
        autocommit=True,
    ) as server:
        server.execute(statement)


def _url(name: str) -> str:
    """Return the ``DATABASE_URL`` of database ``name`` on the server of the tests."""
    entry = _entry()
    user, password, host = (
        quote(str(entry[key]), safe="") for key in ("USER", "PASSWORD", "HOST")
    )
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    port = f":{entry['PORT']}" if entry["PORT"] else ""
    return f"postgres://{login}{host}{port}/{name}"


def _entry() -> dict[str, Any]:
    entry: dict[str, Any] = settings.DATABASES["default"]
    return entry
