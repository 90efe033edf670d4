"""What a list would change, or did: one line for each of its rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a row, as it was and as it becomes; ``old`` is empty if new."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a cell; without a label it is about the whole row."""

    label: str
    typed: str
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number there, who it is about, what becomes of it."""

    number: int
    title: str
    fate: Fate
    changes: tuple[Change, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file would change: its rows, the examples left out, columns not known."""

    lines: list[Line]
    examples: int = 0
    unknown: list[str] = field(default_factory=list)

    def count(self, fate: Fate) -> int:
        """Return how many rows end so."""
        return sum(line.fate == fate for line in self.lines)

    @property
    def is_right(self) -> bool:
        """True where no row is to be mended: then all of it can be brought in."""
        return not self.count(Fate.WRONG)

    @property
    def does_something(self) -> bool:
        """True where a row is new or changed."""
        return bool(self.count(Fate.NEW) or self.count(Fate.CHANGED))

    @property
    def digest(self) -> str:
        """The same for the same outcome: what was shown is what is then done."""
        return hashlib.sha256(repr(self.lines).encode()).hexdigest()
