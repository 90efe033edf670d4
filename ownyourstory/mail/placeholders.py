"""Places for values in a text: ``{number}`` and nothing cleverer than that.

Pure. A value is put in as it stands: it cannot hold a place itself, and no place can
reach into a value.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

PLACE = re.compile(r"\{([^{}]*)\}")
"""Whatever stands between braces was meant as a place; a lone brace was not."""

BLANK_LINES = re.compile(r"\n\s*\n\s*\n")


def unknown_places(text: str, *, known: Collection[str]) -> list[str]:
    """Return what ``text`` names between braces and is not ``known``, each once."""
    named = dict.fromkeys(name.strip() for name in PLACE.findall(text))
    return [name for name in named if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with ``values`` in their places, in one go.

    A place that is not known stays as it was typed. A line left without anything by
    an empty value goes, with the blank line before it.
    """
    filled = PLACE.sub(
        lambda place: values.get(place[1].strip(), place[0]), text
    ).strip()
    return BLANK_LINES.sub("\n\n", filled)
