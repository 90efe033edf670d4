"""The list of rules tells the truth: what it names is there, what is cited is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SOURCES = ["ownyourstory", "clients", "programs", "invoicing", "templates", "tests"]
RULE = re.compile(r"\b(?:REG|SUB|ELI|PRG|DOS|INV|VAT|EIN|PAY|EXP)-\d+\b")
PLACE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|html|css))(?::(\w+))?`")
ROW = re.compile(r"^\| ([A-Z]{3}-\d+) \| (.+) \|$", re.MULTILINE)
NAME = re.compile(r"\s*(?:def|class) (\w+)|(\w+)(?:: [^=]+)? = ")

LIST = (ROOT / "docs" / "rules.md").read_text()
ROWS = dict(ROW.findall(LIST))
PLACES = sorted(set(PLACE.findall(LIST)))


def _citations() -> Iterator[tuple[str, str]]:
    """Yield each rule that a source names, with the path of the source."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html"} and path != Path(__file__):
                for rule in RULE.findall(path.read_text()):
                    yield rule, str(path.relative_to(ROOT))


def test_every_rule_that_is_cited_is_listed() -> None:
    assert {cited for cited in _citations() if cited[0] not in ROWS} == set()


def test_every_listed_rule_stands_once() -> None:
    assert len(ROW.findall(LIST)) == len(ROWS) > 0


@pytest.mark.parametrize("rule", ROWS)
def test_a_row_names_its_source_its_place_and_its_test(rule: str) -> None:
    _sentence, source, places, tests = ROWS[rule].split(" | ")

    assert source in {"brief", "official", "practice", "ours"}
    assert PLACE.search(places)
    assert PLACE.search(tests) or tests == "none yet"
    assert all(path.startswith("tests/") for path, _name in PLACE.findall(tests))


@pytest.mark.parametrize(
    ("path", "name"), PLACES, ids=[":".join(place) for place in PLACES]
)
def test_what_is_named_exists(path: str, name: str) -> None:
    assert (ROOT / path).is_file()
    assert not name or name in _names(ROOT / path)


def _names(path: Path) -> set[str]:
    """Return what a module defines, methods included."""
    lines = path.read_text().splitlines()
    return {
        found.group(1) or found.group(2) for found in map(NAME.match, lines) if found
    }
