"""Values go into their places, and nothing else happens in a text."""

from __future__ import annotations

import pytest

from ownyourstory.mail.placeholders import fill, unknown_places

VALUES = {"number": "2026-0001", "name": "Anna", "empty": "", "odd": "{number}"}

FILLED = {
    "a value": ("Factuur {number}", "Factuur 2026-0001"),
    "with spaces inside": ("Factuur { number }", "Factuur 2026-0001"),
    "twice": ("{name} {name}", "Anna Anna"),
    "not known": ("{date}", "{date}"),
    "no way into a value": ("{name.__class__} {name[0]}", "{name.__class__} {name[0]}"),
    "no other notation": ("{name!r} {name:>9} {{ name }}", "{name!r} {name:>9} {Anna}"),
    "a place in a value": ("{odd}", "{number}"),
    "lone braces": ("a { b } c {", "a { b } c {"),
    "an empty line goes": ("a\n\n{empty}\n\nb", "a\n\nb"),
    "one line break stays": ("a\nb", "a\nb"),
    "spaces around": ("  {name}\n", "Anna"),
}


@pytest.mark.parametrize(("text", "filled"), FILLED.values(), ids=FILLED)
def test_fill(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


UNKNOWN = {
    "all known": ("Factuur {number} voor { name }", []),
    "a typing error": ("{numer}", ["numer"]),
    "each once, in order": ("{b} {a} {b}", ["b", "a"]),
    "an attribute": ("{number.pk}", ["number.pk"]),
    "nothing inside": ("{}", [""]),
    "a lone brace": ("a { b", []),
}


@pytest.mark.parametrize(("text", "unknown"), UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_places(text: str, unknown: list[str]) -> None:
    assert unknown_places(text, known=VALUES) == unknown
