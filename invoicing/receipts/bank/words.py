"""Which words a text holds that may be the number of an invoice.

Pure; PAY-3 in docs/rules.md: "2012" never matches invoice "12".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

RUN = re.compile(r"[^\W_]+")
GLUE = frozenset("-/._,:")
"""What holds the parts of a number, a date or an amount together."""

LONGEST = 6
"""The most runs of letters and digits that a number is made of."""


def candidates(text: str) -> Iterator[str]:
    """Yield each whole word of ``text`` that may be a number, in capitals.

    A word may hold signs, as ``2026-0001`` does; a piece of a longer number, date or
    amount is none.
    """
    runs = list(RUN.finditer(text))
    for first, start in enumerate(runs):
        for last in range(first, min(first + LONGEST, len(runs))):
            end = runs[last]
            word = text[start.start() : end.end()]
            if last > first and _gap(text, runs[last - 1], end).count(" "):
                break
            before = runs[first - 1] if first else None
            after = runs[last + 1] if last + 1 < len(runs) else None
            if not (
                (before and _is_glued(text, before, start, word=word))
                or (after and _is_glued(text, end, after, word=word))
            ):
                yield word.upper()


def _is_glued(
    text: str, left: re.Match[str], right: re.Match[str], *, word: str
) -> bool:
    """Tell whether what stands beside a word makes one number with it."""
    gap = _gap(text, left, right)
    if not (left.group()[-1].isdigit() and right.group()[0].isdigit()):
        return False
    signs = GLUE if word.isdigit() else {"-", *(set(word) & GLUE)}
    return len(gap) == 1 and gap in signs


def _gap(text: str, left: re.Match[str], right: re.Match[str]) -> str:
    return text[left.end() : right.start()]
