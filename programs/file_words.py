"""What the file of a dossier holds and lacks, in words (DOS-9)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .evidence import Finding, Gap
from .wording import GAPS, PIECES, STANDINGS

MOST_NAMES = 3
"""So many people are named; of more it is said how many there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the file: what it is, how it stands, what is missing of it."""

    piece: str
    standing: str
    gaps: list[str]


def line_of(found: Finding) -> Line:
    """Return a piece of the file in words of the active language."""
    return Line(
        piece=str(PIECES[found.piece]),
        standing=str(STANDINGS[found.standing]),
        gaps=[_in_words(gap) for gap in found.gaps],
    )


def _in_words(gap: Gap) -> str:
    sentence = str(GAPS[gap.code])
    if not gap.names:
        return sentence
    day = date_format(gap.day, "j F") if gap.day else ""
    return sentence % {"day": day, "names": _names(gap.names)}


def _names(names: tuple[str, ...]) -> str:
    """Return the first names, and how many more there are."""
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    if more <= 0:
        return ", ".join(shown)
    rest = ngettext("%s other", "%s others", more) % more
    return _("%(names)s and %(rest)s") % {"names": ", ".join(shown), "rest": rest}
