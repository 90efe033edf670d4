"""What a backup says about itself, and what of that is believed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ownyourstory.backup import BackupError
from ownyourstory.backup.manifest import from_json, is_safe, to_json, unknown

from .samples import DUMP, manifest

pytestmark = pytest.mark.usefixtures("english")


def _changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(to_json(manifest())) | fields).encode()


def test_a_manifest_comes_back_as_it_was() -> None:
    assert from_json(to_json(manifest())) == manifest()


def test_a_manifest_can_be_read_by_people() -> None:
    plain = json.loads(to_json(manifest()))

    assert plain["created_at"] == "2026-11-23T08:15:00+01:00"
    assert plain["members"][0] == {"name": DUMP, "size": 4, "sha256": "a" * 64}


NOT_ONE = {
    "no JSON": b"{",
    "no object": b"[]",
    "no text": b"\xff",
    "nothing in it": b'{"format": 1}',
    "a field too many": _changed(colour="red"),
    "no moment": _changed(created_at="yesterday"),
    "a number for a text": _changed(version=1),
    "a member that is none": _changed(members=[1]),
    "a text for a size": _changed(
        members=[{"name": DUMP, "size": "4", "sha256": "a" * 64}]
    ),
}


@pytest.mark.parametrize("content", NOT_ONE.values(), ids=NOT_ONE)
def test_what_is_no_manifest_is_refused(content: bytes) -> None:
    with pytest.raises(BackupError, match="its manifest is not one"):
        from_json(content)


def _members(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "size": 1, "sha256": "a" * 64} for name in names]


REFUSED = {
    "a format to come": ({"format": 2}, "cannot read"),
    "another program": ({"program": "tetris"}, "no backup of this program"),
    "no database": ({"members": _members("documents/a")}, "has no database"),
    "a name twice": ({"members": _members(DUMP, "a", "a")}, "a file twice"),
    "a name outside": ({"members": _members(DUMP, "../a")}, "land elsewhere"),
}


@pytest.mark.parametrize(("fields", "message"), REFUSED.values(), ids=REFUSED)
def test_a_manifest_that_cannot_be_right_is_refused(
    fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(BackupError, match=message):
        from_json(_changed(**fields))


NAMES = {
    "a file": ("database.dump", True),
    "a file in folders": ("documents/ab/abcd", True),
    "dots in a name": ("default/logo/..logo...png", True),
    "absolute": ("/etc/passwd", False),
    "up": ("../settings.py", False),
    "up from within": ("documents/../../settings.py", False),
    "here": ("./settings.py", False),
    "a folder": ("documents/", False),
    "a double stroke": ("documents//a", False),
    "Windows": ("documents\\..\\a", False),
    "a drive": ("C:a", False),
    "a zero": ("documents/a\0.pdf", False),
    "nothing": ("", False),
}


@pytest.mark.parametrize(("name", "expected"), NAMES.values(), ids=NAMES)
def test_safe_names(name: str, expected: bool) -> None:
    assert is_safe(name) is expected


def test_steps_of_a_newer_version_are_named() -> None:
    assert unknown({"a.2", "a.3", "a.1"}, known={"a.1"}) == ["a.2", "a.3"]
    assert unknown({"a.1"}, known={"a.1", "a.2"}) == []
