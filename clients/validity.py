"""Windows of days: the one meaning of "valid from … until" in this project.

Pure; ``DatedQuerySet.valid_on`` in ``clients.dated`` is the same rule in SQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Window:
    """The days from ``start`` to ``until``, both included; no ``until``: open."""

    start: date
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.start:
            raise ValueError(f"window ends {self.until}, before {self.start}")

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.until is None or day <= self.until)


def days_outside(days: Iterable[date], windows: Collection[Window]) -> list[date]:
    """Return those of ``days`` that lie in none of ``windows``, in order, each once."""
    return sorted({day for day in days if not any(day in window for window in windows)})
