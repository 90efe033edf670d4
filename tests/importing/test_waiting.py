"""A list between being looked at and being brought in: the same one, or none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from ownyourstory.importing import waiting

MINE = {"user": 1, "task": "clients"}
LATER = waiting.KEPT * 1.1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "imports"


def kept() -> str:
    return waiting.keep(b"Naam\r\nEls\r\n", shown="digest", purpose=MINE)


def test_a_list_is_fetched_as_it_was_kept() -> None:
    file = waiting.fetch(kept(), purpose=MINE)

    assert (file.content, file.shown) == (b"Naam\r\nEls\r\n", "digest")


def test_only_the_program_reads_it(folder: Path) -> None:
    kept()

    (file,) = folder.iterdir()
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (
        0o600,
        0o700,
    )


def test_a_list_that_was_changed_meanwhile_is_not_fetched(folder: Path) -> None:
    ticket = kept()
    (file,) = folder.iterdir()
    file.write_bytes(b"Naam\r\nJan\r\n")

    with pytest.raises(waiting.Gone):
        waiting.fetch(ticket, purpose=MINE)


OTHERS = [{"user": 2, "task": "clients"}, {"user": 1, "task": "participants of 3"}, {}]


@pytest.mark.parametrize("purpose", OTHERS)
def test_a_ticket_is_good_for_its_user_and_its_task_only(purpose: Any) -> None:
    with pytest.raises(waiting.Gone):
        waiting.fetch(kept(), purpose=purpose)


def _forged(**changes: str) -> str:
    ticket = signing.loads(kept(), salt=waiting.SALT)
    return signing.dumps(ticket | changes, salt="another")


TICKETS = {
    "none": lambda: "",
    "junk": lambda: "a:b:c",
    "of another make": _forged,
    "with a letter changed": lambda: "x" + kept()[1:],
}


@pytest.mark.parametrize("ticket", TICKETS.values(), ids=TICKETS)
def test_a_ticket_that_is_not_ours_is_good_for_nothing(ticket: Any) -> None:
    with pytest.raises(waiting.Gone):
        waiting.fetch(ticket(), purpose=MINE)


def test_a_ticket_is_good_once() -> None:
    ticket = kept()
    waiting.forget(waiting.fetch(ticket, purpose=MINE))

    with pytest.raises(waiting.Gone):
        waiting.fetch(ticket, purpose=MINE)


def test_what_nobody_confirms_is_forgotten(folder: Path) -> None:
    waiting.forget_abandoned()  # before there is a folder
    old = kept()

    with time_machine.travel(timezone.now() + LATER):
        with pytest.raises(waiting.Gone):
            waiting.fetch(old, purpose=MINE)
        waiting.forget_abandoned()
        assert not list(folder.iterdir())


def test_what_is_still_looked_at_is_kept(folder: Path) -> None:
    kept()
    waiting.forget_abandoned()

    assert len(list(folder.iterdir())) == 1
