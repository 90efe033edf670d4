"""How old an open amount is. Pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ownyourstory.money import ZERO

STEPS = (30, 60, 90)
"""The last day of each age but the last, in days after it was due."""

AGES = len(STEPS) + 2
"""Not due yet, one age for each of ``STEPS``, and what is older."""


def days_late(due_on: date, *, on: date) -> int:
    """Return how many days an amount is late on a day; the due day is in time."""
    return max((on - due_on).days, 0)


def aged(amount: Decimal, *, late: int) -> list[Decimal | None]:
    """Return ``amount`` in the place of its age, and nothing in the others.

    What came too much (below zero) has no age: it stands with what is not due.
    """
    place = 0
    if late > 0 and amount > ZERO:
        place = 1 + sum(late > step for step in STEPS)
    return [amount if at == place else None for at in range(AGES)]
