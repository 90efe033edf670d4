"""The whole drill, with real processes on installations of their own.

Whatever database the tests run on, the office is backed up while it works, and comes
back in another place.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.installations import Installation, installation

OFFICE = "from tests.backup import office; office."
SQL = "from django.db import connection; connection.cursor().execute({!r})"
NEWER_TABLE = SQL.format(
    "CREATE TABLE invoicing_newer (invoice_id bigint REFERENCES invoicing_invoice (id))"
)
DELETION = SQL.format("DELETE FROM invoicing_storedfile")


@pytest.fixture(scope="module")
def office(
    migrated: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """An office with three invoices, to copy."""
    folder = tmp_path_factory.mktemp("office") / "data"
    with installation(folder, like=migrated) as made:
        made.python(f"{OFFICE}open_office()")
        yield made


@pytest.fixture
def working(office: Installation, tmp_path: Path) -> Iterator[Installation]:
    """A copy of the office that the test may change."""
    with installation(tmp_path / "working", like=office) as copy:
        yield _with_password(copy)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Installation]:
    """An installation without as much as a table."""
    with installation(tmp_path / "empty") as bare:
        yield _with_password(bare)


def _with_password(place: Installation) -> Installation:
    """Give PostgreSQL a password, to be kept secret, if it asks for none itself."""
    if urlsplit(place.database_url).password is not None:
        return place
    url = place.database_url.replace("@", ":a-secret-nobody-may-read@", 1)
    return replace(place, database_url=url)


def _manage(place: Installation, *arguments: str | Path, code: int = 0) -> str:
    """Return what a command says, which is never the password."""
    done = place.manage(*arguments)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert (urlsplit(place.database_url).password or "\0") not in said
    return said


def _backup(place: Installation, folder: Path, *, code: int = 0) -> Path:
    _manage(place, "backup", folder, code=code)
    (path,) = folder.iterdir()
    return path


def _facts(place: Installation) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(place.python(f"{OFFICE}facts()"))
    return found


def _kept(place: Installation) -> list[Path]:
    return sorted(place.data_dir.glob("before-restore-*"))


def _readable(kept: Path) -> str:
    """Return what a database that was kept holds: a file of SQLite, a dump."""
    if connection.vendor == "sqlite":
        return kept.read_bytes().decode("latin-1")
    command = [shutil.which("pg_restore") or "", "--file=-", str(kept)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


PUT_IN = (
    "from ownyourstory.outbox import post; post.put("
    "key='test:1', channel='mail', recipient='x', subject='x', payload={})"
)
POST = (
    "from ownyourstory.outbox.models import Dispatch; "
    "print(*Dispatch.objects.values_list('state', 'in_doubt'))"
)


def test_what_waited_to_be_sent_waits_for_a_person_once_it_is_back(
    working: Installation, empty: Installation, tmp_path: Path
) -> None:
    """It may have left between the backup and its return (EIN-1)."""
    working.python(PUT_IN)
    path = _backup(working, tmp_path / "backups")

    _manage(empty, "restore", path)

    assert working.python(POST) == "('waiting', False)"
    assert empty.python(POST) == "('failed', True)"


def test_an_office_backed_up_at_work_goes_on_elsewhere(
    working: Installation, empty: Installation, tmp_path: Path
) -> None:
    with working.start(f"{OFFICE}keep_issuing()") as writer:
        assert writer.stdout is not None
        writer.stdout.readline()  # it is at work
        path = _backup(working, tmp_path / "backups")
        assert writer.poll() is None
        writer.stdout.readline()  # and still is
        writer.kill()

    _manage(empty, "restore", path)

    there, back = _facts(working), _facts(empty)
    count = len(back["numbers"])
    assert 3 < count < len(there["numbers"])
    assert back["numbers"] == there["numbers"][:count]
    assert back["records"].items() <= there["records"].items()
    assert len(back["files"]) == 2 * count
    assert back["files"].items() <= there["files"].items()
    assert back["counts"].keys() == there["counts"].keys()
    assert empty.python(f"{OFFICE}issue()") == f"2026-{count + 1:04}"
    _manage(empty, "verify_archive")
    with pytest.raises(AssertionError, match="issued documents are never"):
        empty.python(DELETION)


def test_overwriting_is_asked_for_and_keeps_the_old_database(
    office: Installation, working: Installation, tmp_path: Path
) -> None:
    path = _backup(office, tmp_path / "backups")
    damaged = bytearray(path.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / "damaged.zip").write_bytes(damaged)
    number = working.python(f"{OFFICE}issue()")
    working.python(NEWER_TABLE)  # as a later version would leave it behind
    before = _facts(working)

    assert "--overwrite" in _manage(working, "restore", path, code=1)
    _manage(working, "restore", tmp_path / "damaged.zip", "--overwrite", code=1)
    assert _facts(working) == before
    assert _kept(working) == []

    said = _manage(working, "restore", path, "--overwrite")
    assert _facts(working) == _facts(office)
    (kept,) = _kept(working)
    assert str(kept) in said
    assert number in _readable(kept)
    working.python(NEWER_TABLE)  # it is not in the way


def test_documents_that_were_lost_are_named_at_both_ends(
    working: Installation, empty: Installation, tmp_path: Path
) -> None:
    for file in (working.data_dir / "documents").glob("*/*"):
        file.write_bytes(b"damaged")
    _manage(empty, "migrate", "--verbosity", "0")  # without rows it is empty still

    path = _backup(working, tmp_path / "backups", code=1)
    said = _manage(empty, "restore", path, code=1)

    assert all(f"2026-000{sequence}: " in said for sequence in (1, 2, 3))
    assert _kept(empty) == []
