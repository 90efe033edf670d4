"""The files: all of them, through the storages, and never lost on the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, storages
from django.test import override_settings

from ownyourstory.backup import files, pack

from .samples import DOCUMENT, PDF, PDF_NAME, backup, contents, manifest

LOGO = "default/logo/logo.png"
PLACES = ["on disk", "elsewhere"]


@pytest.fixture(params=PLACES)
def _storage(request: pytest.FixtureRequest) -> Iterator[None]:
    """Files on the disk, then in a storage that has no disk."""
    if request.param == "on disk":
        yield
        return
    backend = f"{InMemoryStorage.__module__}.{InMemoryStorage.__qualname__}"
    with override_settings(
        STORAGES={name: {"BACKEND": backend} for name in ("default", "documents")}
    ):
        yield


def _put(alias: str, name: str, content: bytes) -> None:
    assert storages[alias].save(name, ContentFile(content)) == name


def _read(alias: str, name: str) -> bytes:
    with storages[alias].open(name) as file:
        content: bytes = file.read()
    return content


def _packed(path: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return what a backup holds, and the names of what was left out of it."""
    with pack.written(path) as writer:
        left_out = files.put_in(writer)
        writer.finish(manifest(members=writer.members))
    members = contents(path)
    del members[pack.MANIFEST], members[pack.CHECKSUM]
    return members, left_out


@pytest.mark.usefixtures("_storage")
def test_every_file_goes_in(tmp_path: Path) -> None:
    _put("documents", PDF_NAME, PDF)
    _put("default", "logo/logo.png", b"logo")
    _put("default", "top.txt", b"")

    members, left_out = _packed(tmp_path / "backup.zip")

    assert members == {DOCUMENT: PDF, LOGO: b"logo", "default/top.txt": b""}
    assert left_out == []


@pytest.mark.usefixtures("_storage")
def test_nothing_stored_is_nothing_to_pack(tmp_path: Path) -> None:
    assert _packed(tmp_path / "backup.zip") == ({}, [])


def test_a_document_that_is_half_written_is_left_out(tmp_path: Path) -> None:
    _put("documents", PDF_NAME, PDF[:5])

    assert _packed(tmp_path / "backup.zip") == ({}, [DOCUMENT])


# The way back


def _restore(path: Path) -> None:
    with pack.opened(path) as opened, files.placed(opened, stamp="before"):
        pass


@pytest.mark.usefixtures("_storage")
def test_files_come_back_and_those_there_stay(tmp_path: Path) -> None:
    _put("default", "mine.txt", b"mine")
    path = backup(tmp_path / "b.zip", files={DOCUMENT: PDF, LOGO: b"logo"})

    _restore(path)
    _restore(path)  # twice is once

    assert _read("documents", PDF_NAME) == PDF
    assert _read("default", "logo/logo.png") == b"logo"
    assert _read("default", "mine.txt") == b"mine"
    assert storages["default"].listdir("")[0] == ["logo"]


@pytest.mark.usefixtures("_storage")
def test_a_file_with_other_content_is_kept_aside(tmp_path: Path) -> None:
    _put("default", "logo/logo.png", b"newer logo")
    _put("documents", PDF_NAME, b"damaged")

    _restore(backup(tmp_path / "b.zip", files={DOCUMENT: PDF, LOGO: b"logo"}))

    assert _read("default", "logo/logo.png") == b"logo"
    assert _read("default", "before/logo/logo.png") == b"newer logo"
    assert _read("documents", PDF_NAME) == PDF
    assert _read("documents", f"before/{PDF_NAME}") == b"damaged"


@pytest.mark.usefixtures("_storage")
def test_what_was_there_comes_back_when_a_later_step_fails(tmp_path: Path) -> None:
    _put("default", "logo/logo.png", b"newer logo")
    path = backup(tmp_path / "b.zip", files={DOCUMENT: PDF, LOGO: b"logo"})

    with (
        pytest.raises(RuntimeError),
        pack.opened(path) as opened,
        files.placed(opened, stamp="before"),
    ):
        raise RuntimeError

    assert _read("default", "logo/logo.png") == b"newer logo"
    assert not storages["default"].exists("before/logo/logo.png")


def test_a_file_that_could_not_be_written_whole_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = storages["documents"]

    def half(name: str, content: object) -> str:
        (tmp_path / "documents" / name).parent.mkdir(parents=True)
        (tmp_path / "documents" / name).write_bytes(PDF[:5])
        raise OSError("disk full")

    monkeypatch.setattr(storage, "save", half)
    path = backup(tmp_path / "b.zip")

    with pytest.raises(OSError, match="disk full"):
        _restore(path)

    assert not storage.exists(PDF_NAME)
