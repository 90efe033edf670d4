"""What is refused, before anything is touched, and what the commands say."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from invoicing import lifecycle
from ownyourstory.backup import databases, files
from tests.factories import ClientFactory, UserFactory, issued, ordinary_draft
from tests.stored import file_of

from .samples import DUMP, PDF, backup, contents

pytestmark = [pytest.mark.usefixtures("english"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def touched(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Every way to change something; none of these tests may get that far."""
    changes = Mock()
    monkeypatch.setattr(databases.kind(), "load", changes.load)
    monkeypatch.setattr(files, "placed", changes.placed)
    return changes


@pytest.fixture(autouse=True)
def _quick_press(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing: what the PDF looks like is tested elsewhere."""
    monkeypatch.setattr(lifecycle, "render_pdf", Mock(return_value=PDF))


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return backup(tmp_path / "backup.zip")


def _run(*arguments: str | Path) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


# Refused


IN_USE: dict[str, Callable[[], object]] = {
    "a user": UserFactory.create,
    "a client": ClientFactory.create,
    "a draft": ordinary_draft,
    "an invoice with its files": issued,
}


@pytest.mark.parametrize("put_in", IN_USE.values(), ids=IN_USE)
def test_an_installation_in_use_is_not_replaced(
    put_in: Callable[[], object], sound: Path, touched: Mock
) -> None:
    put_in()

    with pytest.raises(CommandError, match=r"in use\. --overwrite replaces"):
        _run("restore", sound)

    assert touched.mock_calls == []


def test_what_the_migrations_fill_in_is_not_use() -> None:
    assert not databases.is_in_use()


UNFIT = {
    "a newer version": ({"migrations": ["clients.0999_new"]}, "clients.0999_new"),
    "another database": ({"vendor": "oracle"}, "of oracle"),
    "a file for nowhere": ({"files": {"staticfiles/a.js": b""}}, "without a place"),
    "a dump that is none": ({}, "not a database|pg_restore fails"),
}


@pytest.mark.parametrize(("what", "message"), UNFIT.values(), ids=UNFIT)
def test_a_backup_that_does_not_fit_is_refused(
    tmp_path: Path, touched: Mock, what: dict[str, object], message: str
) -> None:
    path = backup(tmp_path / "backup.zip", **what)  # type: ignore[arg-type]

    with pytest.raises(CommandError, match=f"(?s)Nothing was restored.*({message})"):
        _run("restore", path)

    assert touched.mock_calls == []


@pytest.mark.parametrize("option", ["--check", "--overwrite"])
def test_a_damaged_backup_is_found_before_anything_is_touched(
    sound: Path, touched: Mock, option: str
) -> None:
    content = bytearray(sound.read_bytes())
    content[len(content) // 3] ^= 1
    sound.write_bytes(content)

    with pytest.raises(CommandError, match="The backup is damaged"):
        _run("restore", sound, option)

    assert touched.mock_calls == []


def test_a_backup_can_be_checked_in_an_office_at_work(
    sound: Path, touched: Mock
) -> None:
    UserFactory.create()

    said = _run("restore", sound, "--check")

    assert said == (
        "The backup of 2026-11-23 08:15 is whole (version 0.1.0, files: 2).\n"
    )
    assert touched.mock_calls == []


# Made


@pytest.fixture
def _quick_dump(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dump nothing: the rows of a test are in a transaction that no dump sees."""

    def dump(_entry: object, *, to: Path) -> None:
        to.write_bytes(b"dump")

    monkeypatch.setattr(databases.kind(), "dump", dump)


@pytest.mark.usefixtures("_quick_dump")
def test_a_backup_tells_what_it_is(tmp_path: Path) -> None:
    invoice = issued()
    files = invoice.files.all()

    said = _run("backup", tmp_path / "backups")

    (path,) = (tmp_path / "backups").iterdir()
    members = contents(path)
    manifest = json.loads(members["manifest.json"])
    assert said == f"Backup made: {path} (files: 3)\n"
    assert path.name == f"own-your-story-{manifest['created_at'][:16]}.zip".replace(
        ":", ""
    )
    assert manifest["database"]["vendor"] == connection.vendor
    assert manifest["migrations"] == databases.applied()
    assert [member["name"] for member in manifest["members"]] == [
        DUMP,
        *sorted(f"documents/{file.sha256[:2]}/{file.sha256}" for file in files),
    ]


@pytest.mark.usefixtures("_quick_dump")
def test_an_archive_that_lost_a_document_is_told(
    tmp_path: Path, documents: Path
) -> None:
    invoice = issued()
    file = file_of(invoice)
    (documents / file.sha256[:2] / file.sha256).unlink()

    with pytest.raises(CommandError, match=f"has lost documents: {invoice.number}"):
        _run("backup", tmp_path / "backups")

    assert len([*(tmp_path / "backups").iterdir()]) == 1


@pytest.mark.usefixtures("_quick_dump")
def test_a_backup_that_breaks_off_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "put_in", Mock(side_effect=OSError("disk full")))

    with pytest.raises(CommandError, match=r"No backup was made\. disk full"):
        _run("backup", tmp_path / "backups")

    assert [*(tmp_path / "backups").iterdir()] == []


@pytest.mark.usefixtures("_quick_dump")
def test_a_second_backup_in_the_same_minute_leaves_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run("backup", tmp_path)
    (path,) = tmp_path.glob("*.zip")
    first = path.read_bytes()

    with pytest.raises(CommandError, match="of this minute already"):
        _run("backup", tmp_path)

    assert path.read_bytes() == first
