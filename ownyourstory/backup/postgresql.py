"""Dump and load a PostgreSQL database, with the tools of PostgreSQL itself.

The arguments called ``entry`` are that of ``DATABASES``. The password reaches the
tools through their environment, as Django's own ``dbshell`` does it; it never
stands on a command line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from . import BackupError

MEMBER = "database.dump"

WIPE = """
SET LOCAL lock_timeout = '20s';
DO $$
DECLARE
    statement text;
BEGIN
    FOREACH statement IN ARRAY ARRAY(
        SELECT format(
            'DROP %s IF EXISTS %I.%I CASCADE',
            CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
            current_schema(), relname)
        FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace
            AND relkind IN ('r', 'p', 'v', 'm', 'S')
            -- not of an extension, nor of another table, which takes it along
            AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid
                AND classid = 'pg_class'::regclass AND deptype IN ('e', 'i', 'a'))
        UNION ALL
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
        FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace
            AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid
                AND classid = 'pg_proc'::regclass AND deptype = 'e')
    ) LOOP
        EXECUTE statement;
    END LOOP;
END $$;
"""
"""Drop every table and function that no extension brought.

``pg_restore --clean`` drops only what the backup knows: tables of a newer version
would stay, in the way of this restore or of the next ``migrate``.
"""


def version(entry: Mapping[str, Any]) -> str:
    """Return the version of the server, as ``15.20``."""
    said = _run("psql", "-tAc", "SHOW server_version", entry=entry)
    return said.split()[0]


def dump(entry: Mapping[str, Any], *, to: Path) -> None:
    """Write the database as it is at one moment into the new file ``to``.

    Others go on writing meanwhile. Raises BackupError if ``pg_dump`` is missing,
    older than the server, or fails.
    """
    mine, server = _run("pg_dump", "--version"), version(entry)
    if _major(mine) < _major(server):
        raise BackupError(
            _(
                "pg_dump is of version %(mine)s and the server of %(server)s: "
                "install postgresql-client-%(needed)s."
            )
            % {"mine": _major(mine), "server": server, "needed": _major(server)}
        )
    _run("pg_dump", "--format=custom", f"--file={to}", entry=entry)


def prepare(_entry: Mapping[str, Any], dump: Path) -> Path:
    """Return the SQL script that ``load`` takes; the database is not touched.

    Raises BackupError if ``pg_restore`` cannot read ``dump`` to its end. Owners and
    rights are those of the new place; comments only an extension's owner may write.
    """
    script = dump.with_suffix(".sql")
    options = ["--no-owner", "--no-privileges", "--no-comments"]
    _run("pg_restore", *options, f"--file={script}", str(dump))
    return script


def load(entry: Mapping[str, Any], prepared: Path, *, keep_as: Path | None) -> None:
    """Put what ``prepared`` makes in the place of all there is, in one transaction.

    The old database is dumped into ``keep_as`` first, if that is given. Raises
    BackupError if anything fails; then nothing has changed.
    """
    if keep_as is not None:
        keep_as.touch(mode=0o600, exist_ok=False)
    try:
        if keep_as is not None:
            dump(entry, to=keep_as)
        _replace(entry, prepared)
    except BackupError:
        if keep_as is not None:
            keep_as.unlink()  # what it holds is still in the database
        raise


def kept_name(_entry: Mapping[str, Any], *, stamp: str) -> Path:
    """Return where the old database is kept: a dump in the data folder."""
    return Path(settings.DATA_DIR) / f"{stamp}.dump"


def _replace(entry: Mapping[str, Any], script: Path) -> None:
    """Drop what there is and run ``script``, all of it or nothing."""
    wipe = script.with_name("wipe.sql")
    wipe.write_text(WIPE)
    _run(
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--output=/dev/null",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        f"--file={wipe}",
        f"--file={script}",
        entry=entry,
    )


def _run(tool: str, *options: str, entry: Mapping[str, Any] | None = None) -> str:
    """Return what ``tool`` prints, connected to the database of ``entry`` if given.

    Raises BackupError with what it complains of; that never holds the password.
    """
    program = shutil.which(tool)
    if program is None:
        raise BackupError(
            _("%s is not installed: it comes with the package postgresql-client.")
            % tool
        )
    arguments, variables = list(options), {}
    if entry is not None:
        (_tool, *arguments), given = DatabaseClient.settings_to_cmd_args_env(
            {**entry}, ["--no-password", *options]
        )
        variables = given or {}
    done = subprocess.run(  # noqa: S603 – tools of PostgreSQL, arguments of our own
        [program, *arguments],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BackupError(
            _("%(tool)s fails: %(reason)s")
            % {"tool": tool, "reason": done.stderr.strip()}
        )
    return done.stdout


def _major(version: str) -> int:
    """Return the first number in ``version``, as in ``pg_dump (PostgreSQL) 15.20``."""
    found = re.search(r"\d+", version)
    return int(found[0]) if found else 0
