"""The size of an enterprise in the sense of the scheme.

Pure; ELI-2 and SUB-1 in docs/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Size(StrEnum):
    """The sizes the scheme knows. The values are stored."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A size holds below ``staff`` FTE, with turnover or balance at most these EUR."""

    staff: Decimal
    turnover: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """The ceilings of the two sizes that get a subsidy; dated rows hold them."""

    small: Ceiling
    medium: Ceiling


def enterprise_size(
    *,
    fte: Decimal | None,
    turnover: Decimal | None,
    balance: Decimal | None,
    limits: SizeLimits,
) -> Size:
    """Return the size from staff (FTE), yearly turnover and balance total (EUR).

    One of the two amounts under its ceiling is enough. Where an amount is not
    known the staff decides, as SUB-1 has it; without staff nothing can be said.
    """
    if fte is None:
        return Size.UNKNOWN
    for size, ceiling in ((Size.SMALL, limits.small), (Size.MEDIUM, limits.medium)):
        if fte < ceiling.staff and _within(ceiling, turnover, balance):
            return size
    return Size.LARGE


def _within(
    ceiling: Ceiling, turnover: Decimal | None, balance: Decimal | None
) -> bool:
    """Tell whether the amounts allow this size: only two known excesses refuse it."""
    too_much_turnover = turnover is not None and turnover > ceiling.turnover
    too_much_balance = balance is not None and balance > ceiling.balance
    return not (too_much_turnover and too_much_balance)
