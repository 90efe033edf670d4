"""PostgreSQL: its tools are asked rightly, and what they refuse is said clearly.

Most tools here are scripts that write down how they were called; the real ones run in
``test_drill``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import environ
import pytest
from django.db import connection

from ownyourstory.backup import BackupError, postgresql
from tests.installations import installation

pytestmark = pytest.mark.usefixtures("english")

ENTRY: dict[str, Any] = {
    "NAME": "office",
    "USER": "ianka",
    "PASSWORD": "a-secret",
    "HOST": "db.example.com",
    "PORT": 5433,
    "OPTIONS": {"sslmode": "require"},
}


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all the tools there are: none yet."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _tool(tools: Path, name: str, *, says: str = "", fails: bool = False) -> Path:
    """Put in a tool and return the file in which it notes how it is called."""
    calls = tools / f"{name}.calls"
    (tools / name).write_text(
        "#!/bin/sh\n"
        f'echo "$@ PGPASSWORD=$PGPASSWORD PGSSLMODE=$PGSSLMODE" >> {calls}\n'
        f'echo "{says}"\n' + ("echo it went wrong >&2; exit 1\n" if fails else "")
    )
    (tools / name).chmod(0o700)
    return calls


def test_the_password_goes_through_the_environment_only(
    tools: Path, tmp_path: Path
) -> None:
    calls = _tool(tools, "pg_dump", says="pg_dump (PostgreSQL) 15.20 (Debian 15)")
    _tool(tools, "psql", says="15.20 (Debian 15)")

    postgresql.dump(ENTRY, to=tmp_path / "dump")

    assert calls.read_text().splitlines()[1] == (
        "-U ianka -h db.example.com -p 5433 --no-password --format=custom "
        f"--file={tmp_path / 'dump'} office PGPASSWORD=a-secret PGSSLMODE=require"
    )


def test_a_tool_that_is_missing_is_named_with_its_package(
    tools: Path, tmp_path: Path
) -> None:
    with pytest.raises(
        BackupError, match=r"pg_dump is not installed.*postgresql-client"
    ):
        postgresql.dump(ENTRY, to=tmp_path / "dump")


def test_a_tool_older_than_the_server_is_refused(tools: Path, tmp_path: Path) -> None:
    calls = _tool(tools, "pg_dump", says="pg_dump (PostgreSQL) 15.20")
    _tool(tools, "psql", says="17.2")

    with pytest.raises(BackupError, match=r"pg_dump.* 15 .* 17\.2.*client-17"):
        postgresql.dump(ENTRY, to=tmp_path / "dump")

    assert len(calls.read_text().splitlines()) == 1


def test_a_tool_newer_than_the_server_will_do(tools: Path, tmp_path: Path) -> None:
    _tool(tools, "pg_dump", says="pg_dump (PostgreSQL) 17.2")
    _tool(tools, "psql", says="15.20")

    postgresql.dump(ENTRY, to=tmp_path / "dump")


def test_a_failure_says_why_and_not_the_password(tools: Path, tmp_path: Path) -> None:
    _tool(tools, "pg_restore", fails=True)

    with pytest.raises(BackupError, match="pg_restore fails: it went wrong") as caught:
        postgresql.prepare(ENTRY, tmp_path / "dump")

    assert "a-secret" not in str(caught.value)


def test_a_load_that_fails_keeps_nothing_aside(tools: Path, tmp_path: Path) -> None:
    _tool(tools, "pg_dump", says="pg_dump (PostgreSQL) 15.20")
    _tool(tools, "psql", says="15.20", fails=True)

    with pytest.raises(BackupError, match="psql fails"):
        postgresql.load(ENTRY, tmp_path / "script.sql", keep_as=tmp_path / "kept")

    assert not (tmp_path / "kept").exists()


@pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="needs PostgreSQL: this run is on another database",
)
def test_a_load_that_fails_halfway_leaves_everything_as_it_was(tmp_path: Path) -> None:
    script = tmp_path / "script.sql"
    with installation(tmp_path / "data") as place:
        entry = environ.Env.db_url_config(place.database_url) | {"OPTIONS": {}}
        script.write_text("CREATE TABLE old (id int); INSERT INTO old VALUES (7);")
        postgresql.load(entry, script, keep_as=None)

        script.write_text("CREATE TABLE new (id int); SELECT 1 / 0;")
        with pytest.raises(BackupError, match="division by zero"):
            postgresql.load(entry, script, keep_as=None)

        script.write_text("CREATE TABLE new AS SELECT id FROM old;")
        with pytest.raises(BackupError, match='"old" does not exist'):
            postgresql.load(entry, script, keep_as=None)  # the wipe came before it
        script.write_text("CREATE TABLE new (id int);")
        postgresql.load(entry, script, keep_as=tmp_path / "kept")
        postgresql.prepare(entry, tmp_path / "kept")

    assert "CREATE TABLE public.old" in (tmp_path / "kept.sql").read_text()
