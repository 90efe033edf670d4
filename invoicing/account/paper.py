"""What a statement of account says, before it is printed.

Pure; amounts in EUR. PAY-2 in docs/rules.md: what the wallet pays and what is paid
directly to us stand apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ownyourstory.letterhead import Letterhead
from ownyourstory.money import ZERO
from programs.papers.paper import Enterprise


@dataclass(frozen=True, slots=True)
class Note:
    """A credit note below the invoice that it credits, its ``amount`` above zero."""

    number: str
    issued_on: date
    amount: Decimal

    @property
    def change(self) -> Decimal:
        """What it changes: below zero."""
        return -self.amount


@dataclass(frozen=True, slots=True)
class Entry:
    """An invoice as it stands: ``wallet`` and ``direct`` are what is open on each road.

    Below zero where too much came. ``paid`` is what came or was let go. What is left
    directly ``is_trifle`` where it is cents that nobody asks for.
    """

    number: str
    issued_on: date
    due_on: date
    amount: Decimal
    notes: tuple[Note, ...]
    paid: Decimal
    wallet: Decimal
    direct: Decimal
    communication: str
    days_late: int = 0
    is_disputed: bool = False
    is_trifle: bool = False

    @property
    def is_settled(self) -> bool:
        return self.wallet == self.direct == ZERO


@dataclass(frozen=True, slots=True)
class Movement:
    """Something that changed what the client owes: by ``amount``, below zero for less.

    ``balance`` is what is owed after it.
    """

    on: date
    what: str
    number: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """A client's account as of the day ``last``; with ``first`` also what happened."""

    letterhead: Letterhead
    language: str
    made_on: date
    enterprise: Enterprise
    first: date | None
    last: date
    entries: tuple[Entry, ...]
    before: Decimal = ZERO
    movements: tuple[Movement, ...] = ()

    @property
    def direct(self) -> Decimal:
        """What is open directly, less what came too much."""
        return sum((entry.direct for entry in self.entries), ZERO)

    @property
    def wallet(self) -> Decimal:
        """What is open via the wallet, less what came too much."""
        return sum((entry.wallet for entry in self.entries), ZERO)

    @property
    def to_transfer(self) -> Decimal:
        """What the client is to transfer to us."""
        asked = (entry.direct for entry in self.entries if not entry.is_trifle)
        return sum((max(direct, ZERO) for direct in asked), ZERO)

    @property
    def to_order(self) -> Decimal:
        """What the client is to order in its wallet."""
        return sum((max(entry.wallet, ZERO) for entry in self.entries), ZERO)

    @property
    def in_favour(self) -> Decimal:
        """What came too much, on both roads."""
        roads = (
            road for entry in self.entries for road in (entry.wallet, entry.direct)
        )
        return sum((max(-road, ZERO) for road in roads), ZERO)

    @property
    def balance(self) -> Decimal:
        """What is owed at the end of a period."""
        return self.movements[-1].balance if self.movements else self.before
