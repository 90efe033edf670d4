"""SQLite: one moment of a database in use, and back in one step."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ownyourstory.backup import BackupError, sqlite

from .samples import count_in, sqlite_file

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "WAIT", 0.1)


def _files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_dump_is_one_file_with_what_was_committed(tmp_path: Path) -> None:
    path, to = sqlite_file(tmp_path / "db.sqlite3", rows=3), tmp_path / "dump"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO invoice VALUES (4)")
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO invoice VALUES (5)")

        sqlite.dump({"NAME": path}, to=to)

        other.execute("COMMIT")
    assert count_in(to) == 4
    assert count_in(path) == 5
    assert _files(tmp_path) == {"db.sqlite3", "dump"}


def test_a_damaged_database_is_not_dumped_as_if_nothing_were_wrong(
    tmp_path: Path,
) -> None:
    path = sqlite_file(tmp_path / "db.sqlite3", rows=3000)
    content = bytearray(path.read_bytes())
    content[9000:9400] = b"\xff" * 400
    path.write_bytes(content)

    with pytest.raises(BackupError, match="damaged"):
        sqlite.dump({"NAME": path}, to=tmp_path / "dump")


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="cannot be read"):
        sqlite.dump({"NAME": tmp_path / "none"}, to=tmp_path / "dump")

    assert not (tmp_path / "none").exists()


def test_what_is_no_database_is_not_loaded(tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.write_bytes(b"no database at all" * 100)

    with pytest.raises(BackupError, match="file is not a database"):
        sqlite.prepare({}, dump)


def test_the_old_database_is_kept(tmp_path: Path) -> None:
    path = sqlite_file(tmp_path / "db.sqlite3", rows=3)
    new = sqlite_file(tmp_path / "dump", rows=7)

    sqlite.load({"NAME": path}, new, keep_as=tmp_path / "kept")

    assert count_in(path) == 7
    assert count_in(tmp_path / "kept") == 3
    assert _files(tmp_path) == {"db.sqlite3", "dump", "kept"}


def test_a_database_comes_where_there_was_none(tmp_path: Path) -> None:
    new = sqlite_file(tmp_path / "dump", rows=7)

    sqlite.load({"NAME": tmp_path / "db.sqlite3"}, new, keep_as=None)

    assert count_in(tmp_path / "db.sqlite3") == 7


def test_a_running_program_is_found_out(tmp_path: Path) -> None:
    path = sqlite_file(tmp_path / "db.sqlite3", rows=3)
    new = sqlite_file(tmp_path / "dump", rows=7)
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM invoice").fetchone()

        with pytest.raises(BackupError, match="still running"):
            sqlite.load({"NAME": path}, new, keep_as=tmp_path / "kept")

    assert count_in(path) == 3
    assert not (tmp_path / "kept").exists()


def test_a_damaged_database_can_be_replaced_and_is_kept_with_its_log(
    tmp_path: Path,
) -> None:
    path = tmp_path / "db.sqlite3"
    path.write_bytes(b"the disk was ill" * 500)
    (tmp_path / "db.sqlite3-wal").write_bytes(b"log")
    new = sqlite_file(tmp_path / "dump", rows=7)

    sqlite.load({"NAME": path}, new, keep_as=tmp_path / "kept")

    assert count_in(path) == 7
    assert (tmp_path / "kept").read_bytes() == b"the disk was ill" * 500
    assert (tmp_path / "kept-wal").read_bytes() == b"log"
