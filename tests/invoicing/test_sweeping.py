"""``manage.py sweep_archive`` takes only what failed issues left behind (INV-3)."""

from __future__ import annotations

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import NoReturn

import pytest
from django.core.management import call_command
from django.utils import timezone

from invoicing import lifecycle
from invoicing.models import FileKind
from ownyourstory import archive
from tests.factories import MONDAY, complete_seller, issued, noon, ordinary_draft

from .tampering import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def sweep() -> str:
    out = StringIO()
    call_command("sweep_archive", stdout=out)
    return out.getvalue().strip()


def leave(content: bytes, folder: Path, *, hours: float) -> Path:
    """Leave ``content`` in the archive as if it was written ``hours`` ago."""
    sha256 = archive.store(content)
    path = folder / sha256[:2] / sha256
    written = (timezone.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (written, written))
    return path


def age(path: Path) -> None:
    os.utime(path, (0, 0))


def test_a_leftover_of_more_than_a_day_is_swept(documents: Path) -> None:
    old = leave(b"%PDF old", documents, hours=24.1)
    young = leave(b"%PDF young", documents, hours=23.9)

    assert sweep() == "1 file swept."

    assert not old.exists()
    assert young.exists()


def test_what_a_document_points_to_is_never_swept(documents: Path) -> None:
    path = path_of(issued(), documents)
    before = path.read_bytes()
    age(path)

    assert sweep() == "0 files swept."

    assert path.read_bytes() == before


def test_a_damaged_file_of_a_document_is_kept_as_it_is(documents: Path) -> None:
    """It is evidence: neither swept nor made anew."""
    path = path_of(issued(), documents)
    path.write_bytes(b"%PDF damaged")
    age(path)

    sweep()

    assert path.read_bytes() == b"%PDF damaged"


def test_nothing_is_swept_where_nothing_was_ever_stored(documents: Path) -> None:
    assert not documents.exists()

    assert sweep() == "0 files swept."


def test_the_files_are_written_before_the_row_and_a_leftover_harms_nothing(
    monkeypatch: pytest.MonkeyPatch, documents: Path
) -> None:
    """INV-3: a row never points to nothing; at most a file waits to be swept."""
    complete_seller()
    draft = ordinary_draft()

    class PowerCut(Exception):
        pass

    def fail(*_args: object) -> NoReturn:
        raise PowerCut

    with monkeypatch.context() as broken:
        broken.setattr(lifecycle, "seal", fail)
        with pytest.raises(PowerCut):
            lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))

    left = [path for path in documents.rglob("*") if path.is_file()]
    assert len(left) == len(FileKind)
    invoice = lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))
    for path in left:
        age(path)
    sweep()
    kept = {path for path in documents.rglob("*") if path.is_file()}
    assert kept == {path_of(invoice, documents, kind) for kind in FileKind}
