"""On which day a document was paid in full. Pure; PAY-2 and EXP-2 in docs/rules.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ownyourstory.money import ZERO


class Movement(NamedTuple):
    """Money on a road: above zero what came in or was let go, below what went back."""

    road: str
    on: date
    amount: Decimal


def paid_on(
    expected: Mapping[str, Decimal], movements: Iterable[Movement]
) -> date | None:
    """Return the day of the payment that made it paid in full, ``None`` until it is.

    ``expected`` is what each road should bring, in EUR; ``movements`` come in order of
    their days. A road that expects nothing waits for no payment; where none expects
    anything there is no such day.
    """
    came = dict.fromkeys(expected, ZERO)
    since: date | None = None
    for movement in movements:
        came[movement.road] = came.get(movement.road, ZERO) + movement.amount
        is_paid = all(came[road] >= wanted for road, wanted in expected.items())
        if not is_paid:
            since = None
        elif since is None:
            since = movement.on
    return since if any(wanted > ZERO for wanted in expected.values()) else None
