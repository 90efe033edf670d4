"""``manage.py validate_ubl``: any file, readable findings, an exit code."""

from __future__ import annotations

import subprocess
import sys
from io import RawIOBase, StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from lxml import etree

from tests.invoicing.einvoice.test_rules import GOLDEN, golden

pytestmark = pytest.mark.usefixtures("english")

FINE = str(GOLDEN / "ordinary.xml")


def run(*arguments: str) -> tuple[int, str]:
    """Return the exit code and all that was said."""
    said = StringIO()
    try:
        call_command("validate_ubl", *arguments, stdout=said, stderr=said)
    except SystemExit as left:
        return int(left.code or 0), said.getvalue()
    return 0, said.getvalue()


def test_a_sound_file_is_said_to_be_sound() -> None:
    code, said = run(FINE, str(GOLDEN / "credited_whole.xml"))

    assert code == 0
    assert said.count("no rule is broken") == 2
    assert "EN16931-UBL-validation 1.3.16" in said


def test_each_broken_rule_is_named_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xml"
    broken.write_text(golden("wallet").replace(">3369.00<", ">3370.00<"))

    code, said = run(FINE, str(broken))

    assert code == 1
    assert "error BR-CO-15: " in said
    assert "(/Invoice" in said
    assert f"{broken}: not valid" in said


def test_peppol_is_asked_where_the_file_says_so_or_we_do(tmp_path: Path) -> None:
    paper = GOLDEN / "private_person.xml"

    assert run(str(paper))[0] == 0
    code, said = run("--peppol", str(paper))
    assert code == 1
    assert "PEPPOL-EN16931-R001" in said

    unmarked = tmp_path / "unmarked.xml"
    unmarked.write_text(golden("wallet").replace("0403170701", "0403170702"))
    assert "PEPPOL-COMMON-R043" in run(str(unmarked))[1]
    assert "PEPPOL-COMMON-R043" not in run("--no-peppol", str(unmarked))[1]


def test_the_mark_is_seen_in_any_encoding(tmp_path: Path) -> None:
    wide = tmp_path / "wide.xml"
    broken = golden("wallet").replace("0403170701", "0403170702")
    wide.write_bytes(broken.replace("'UTF-8'", "'UTF-16'").encode("utf-16"))

    assert "PEPPOL-COMMON-R043" in run(str(wide))[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE x><Invoice/>", "DOCTYPE"),
        (b"nothing of the kind", "no XML"),
        (b"<html/>", "no UBL invoice or credit note but html"),
    ],
)
def test_a_file_that_is_not_read_is_refused(
    tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "file.xml"
    file.write_bytes(content)

    code, words = run(FINE, str(file))

    assert code == 2
    assert said in words


def test_a_file_that_is_not_there_is_said_to_be_missing() -> None:
    code, said = run("/nowhere/at/all.xml")

    assert code == 2
    assert "No such file" in said


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.xml"
    with huge.open("wb") as file:
        file.truncate(100_000_000)  # takes no room on the disk

    code, said = run(str(huge))

    assert code == 2
    assert "too large" in said


class Endless(RawIOBase):
    """A file that never ends; it counts what is read of it."""

    given = 0

    def read(self, size: int = -1) -> bytes:
        assert size >= 0, "it would be read for ever"
        self.given += size
        return b" " * size


def test_of_what_never_ends_no_more_is_read_than_may_be_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=endless))

    with override_settings(EINVOICE_MAX_BYTES=1_000_000):
        code, said = run("-")

    assert code == 2
    assert "too large" in said
    assert endless.given == 1_000_001


def test_a_bomb_is_refused_before_a_parser_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = tmp_path / "bomb.xml"
    levels = "".join(f'<!ENTITY e{at + 1} "{f"&e{at};" * 10}">' for at in range(9))
    bomb.write_text(f'<!DOCTYPE x [<!ENTITY e0 "x">{levels}]><Invoice>&e9;</Invoice>')
    monkeypatch.setattr(etree, "fromstring", lambda *_args: pytest.fail("parsed"))

    code, said = run(str(bomb))

    assert (code, "DOCTYPE" in said) == (2, True)


def test_it_reads_standard_input_and_needs_no_database() -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", "validate_ubl", "-"],
        input=golden("ordinary").encode(),
        capture_output=True,
        check=False,
        cwd=settings.BASE_DIR,
    )

    assert ran.returncode == 0, ran.stderr
    assert b"-: " in ran.stdout
