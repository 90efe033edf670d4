"""``manage.py issue`` and ``manage.py documents``."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from invoicing.models import FileKind
from tests.factories import (
    MONDAY,
    NumberSeriesFactory,
    complete_seller,
    issued,
    noon,
    ordinary_draft,
    wallet_draft,
)
from tests.stored import bytes_of, file_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(command: str, *arguments: object) -> str:
    """Run ``command`` as typed and return what it printed."""
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out)
    return out.getvalue()


def test_issue_a_draft_today() -> None:
    complete_seller()
    draft = ordinary_draft()

    with time_machine.travel(noon(MONDAY), tick=False):
        printed = said("issue", draft.pk)

    assert "2026-0001" in printed
    draft.refresh_from_db()
    assert (draft.issued_on, draft.issued_at) == (MONDAY, noon(MONDAY))


def test_issue_a_draft_on_an_earlier_day() -> None:
    complete_seller()
    draft = ordinary_draft()

    with time_machine.travel(noon(MONDAY), tick=False):
        said("issue", draft.pk, "--on", "2026-02-27")

    draft.refresh_from_db()
    assert (draft.issued_on, draft.issued_at) == (date(2026, 2, 27), noon(MONDAY))


def test_issue_names_every_problem_with_its_rule() -> None:
    draft = ordinary_draft()
    draft.lines.all().delete()

    with (
        time_machine.travel(noon(MONDAY), tick=False),
        pytest.raises(CommandError) as refused,
    ):
        said("issue", draft.pk, "--on", "2026-03-03")

    rules = [line.split(":")[0] for line in str(refused.value).splitlines()]
    assert rules == ["INV-2", "INV-1", "INV-2"]


def test_issue_asks_to_accept_warnings_and_records_them() -> None:
    """REG-6."""
    complete_seller()
    draft = wallet_draft(days=[date(2027, 8, 31), date(2027, 9, 2)])
    typed = ["issue", str(draft.pk), "--on", "2027-08-20"]

    with time_machine.travel(noon(date(2027, 8, 20)), tick=False):
        with pytest.raises(CommandError, match="REG-6: Sessions lie outside"):
            said(*typed)
        said(*typed, "--accept-warnings")

    draft.refresh_from_db()
    assert draft.number == "2027-0001"
    assert "sessions_past_registration" in draft.accepted_warnings


def test_issue_refuses_what_was_issued_and_what_is_not_there() -> None:
    invoice = issued()

    with pytest.raises(CommandError, match=invoice.number):
        said("issue", invoice.pk)
    with pytest.raises(CommandError, match="no draft 99"):
        said("issue", 99)


def test_documents_are_written_byte_for_byte_under_their_number(tmp_path: Path) -> None:
    """INV-3."""
    NumberSeriesFactory.create(prefix="F/{year}/")
    first, second = issued(), issued()

    printed = said("documents", "--out", tmp_path / "out")

    assert printed.splitlines() == [
        "F-2026-0001.pdf",
        "F-2026-0001.xml",
        "F-2026-0002.pdf",
        "F-2026-0002.xml",
    ]
    for invoice in (first, second):
        for kind in FileKind:
            written = tmp_path / "out" / invoice.file_name(kind)
            assert written.read_bytes() == bytes_of(invoice, kind)


def test_documents_can_be_named(tmp_path: Path) -> None:
    issued()
    second = issued()

    said("documents", second.number, "--out", tmp_path / "out")

    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "2026-0002.pdf",
        "2026-0002.xml",
    }


def test_documents_refuses_a_number_that_was_not_issued(tmp_path: Path) -> None:
    invoice = issued()
    ordinary_draft()

    with pytest.raises(CommandError, match=r"2026-0002, 2026-0003\.$"):
        said("documents", invoice.number, "2026-0003", "2026-0002", "--out", tmp_path)


def test_documents_names_what_is_damaged_and_writes_the_rest(
    tmp_path: Path, documents: Path
) -> None:
    """INV-3: never made anew."""
    first, second, third = issued(), issued(), issued()
    for invoice, content in ((first, b"changed"), (second, None)):
        digest = file_of(invoice).sha256
        path = documents / digest[:2] / digest
        path.unlink() if content is None else path.write_bytes(content)

    with pytest.raises(CommandError) as refused:
        said("documents", "--out", tmp_path / "out")

    told = str(refused.value).splitlines()
    assert told[0].startswith("2026-0001:")
    assert told[1].startswith("2026-0002:")
    assert len(told) == 2
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written == {
        "2026-0001.xml",
        "2026-0002.xml",
        "2026-0003.pdf",
        "2026-0003.xml",
    }
    assert (tmp_path / "out" / "2026-0003.pdf").read_bytes() == bytes_of(third)
