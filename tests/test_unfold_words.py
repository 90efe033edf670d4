"""The texts of Unfold that are translated here are still those Unfold shows."""

from __future__ import annotations

from pathlib import Path

import unfold

from ownyourstory.unfold_words import WORDS


def test_each_text_stands_in_unfold() -> None:
    package = Path(unfold.__file__).parent
    source = "".join(
        path.read_text()
        for path in package.rglob("*")
        if path.suffix in {".py", ".html"}
    )

    assert [word for word in WORDS if word not in source] == []
