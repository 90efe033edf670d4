"""The archive: bytes by their hash, never made anew (INV-3)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from ownyourstory import archive


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_bytes_are_kept_under_their_hash(documents: Path) -> None:
    digest = archive.store(b"%PDF one")

    assert digest == hashlib.sha256(b"%PDF one").hexdigest()
    assert archive.read(digest) == b"%PDF one"
    assert files_in(documents) == [documents / digest[:2] / digest]


def test_the_same_bytes_twice_are_kept_once(documents: Path) -> None:
    first, again = archive.store(b"%PDF one"), archive.store(b"%PDF one")
    other = archive.store(b"%PDF two")

    assert first == again != other
    assert len(files_in(documents)) == 2


def test_changed_bytes_are_damaged(documents: Path) -> None:
    digest = archive.store(b"%PDF one")
    (documents / digest[:2] / digest).write_bytes(b"%PDF 0ne")

    with pytest.raises(archive.Damaged, match="changed"):
        archive.read(digest)


def test_missing_bytes_are_damaged(documents: Path) -> None:
    digest = archive.store(b"%PDF one")
    (documents / digest[:2] / digest).unlink()

    with pytest.raises(archive.Damaged, match="missing"):
        archive.read(digest)


def test_storing_again_mends_what_is_missing(documents: Path) -> None:
    digest = archive.store(b"%PDF one")
    (documents / digest[:2] / digest).unlink()

    archive.store(b"%PDF one")

    assert archive.read(digest) == b"%PDF one"


def test_storing_again_mends_what_was_half_written(documents: Path) -> None:
    """A disk that was full in the middle of an issue must not spoil the next one."""
    digest = archive.store(b"%PDF one")
    (documents / digest[:2] / digest).write_bytes(b"%PDF")

    archive.store(b"%PDF one")

    assert archive.read(digest) == b"%PDF one"
    assert len(files_in(documents)) == 1


def test_a_damaged_file_is_logged(
    documents: Path, caplog: pytest.LogCaptureFixture
) -> None:
    digest = archive.store(b"%PDF one")
    (documents / digest[:2] / digest).write_bytes(b"%PDF two")

    with pytest.raises(archive.Damaged):
        archive.read(digest)

    assert [record.getMessage() for record in caplog.records] == [
        f"Archive: {digest} was changed in the archive"
    ]


def test_what_was_stored_is_on_the_disk_before_the_row_commits(
    monkeypatch: pytest.MonkeyPatch, documents: Path
) -> None:
    settled: list[Path] = []
    monkeypatch.setattr("ownyourstory.storage.settle", settled.append)

    digest = archive.store(b"%PDF one")

    assert settled == [documents / digest[:2] / digest]
