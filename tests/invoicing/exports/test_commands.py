"""The commands for the accountant: whole files under their name, or none."""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from invoicing.models import ExportPack
from tests.factories.booked import booked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PERIOD = ["--from", "2026-01-01", "--to", "2026-03-31"]
EMPTY = ["--from", "2020-01-01", "--to", "2020-01-31"]


def test_the_journal_comes_on_the_screen(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    invoice = booked()

    call_command("export_journal", *PERIOD)

    head, row, *rest = capfdbinary.readouterr().out.split(b"\r\n")
    assert head.startswith(b"\xef\xbb\xbfdagboek;")
    assert invoice.number.encode() in row
    assert rest == [b""]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_journal_comes_in_a_file(tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"journal.{kind}"

    call_command("export_journal", *PERIOD, "--format", kind, "--out", str(out))

    assert out.read_bytes()[:2] == (b"PK" if kind == "xlsx" else b"\xef\xbb")
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_journal", *PERIOD, "--out", str(out))


def test_the_pack_comes_in_a_folder_and_is_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "accountant" / "2020"

    call_command("export_pack", *EMPTY, "--out", str(folder))

    (out,) = folder.iterdir()
    assert out.name == "books_2020-01-01_2020-01-31.zip"
    assert zipfile.ZipFile(out).testzip() is None
    pack = ExportPack.objects.get()
    assert pack.sha256 == hashlib.sha256(out.read_bytes()).hexdigest()
    assert pack.made_by is None


def test_a_pack_that_is_refused_leaves_no_file(tmp_path: Path) -> None:
    booked()

    with pytest.raises(CommandError, match="never stored"):
        call_command("export_pack", *PERIOD, "--out", str(tmp_path))

    assert not list(tmp_path.iterdir())
    assert not ExportPack.objects.exists()


def test_a_folder_that_cannot_be_made_is_said_in_one_language(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with translation.override("nl"), pytest.raises(CommandError) as refused:
        call_command("export_pack", *EMPTY, "--out", str(file))

    for system in (errno.EEXIST, errno.ENOTDIR):
        assert os.strerror(system) not in str(refused.value)
    assert not ExportPack.objects.exists()


WRONG = {
    "no day": (["--from", "x", "--to", "2026-03-31"], "x is no day"),
    "a day of another age": (["--from", "0001-01-01", "--to", "2026-03-31"], "no day"),
    "ends too early": (["--from", "2026-03-31", "--to", "2026-01-01"], "before"),
    "no end": (["--from", "2026-03-31"], "--to"),
    "a workbook on the screen": ([*PERIOD, "--format", "xlsx"], "--out FILE"),
    "no such folder": ([*PERIOD, "--out", "/no/such/folder.csv"], "cannot be written"),
}


@pytest.mark.parametrize(("options", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said(options: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export_journal", *options)
