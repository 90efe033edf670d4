"""What an invoice expects on each road, and what to do where money went astray.

Pure; amounts in EUR. PAY-2, INV-6 and DOS-4 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from ownyourstory.money import ZERO


@dataclass(frozen=True, slots=True)
class Split:
    """An amount in its two parts: via the wallet, and directly."""

    wallet: Decimal
    direct: Decimal


def expected(
    asked: Split, *, credited: Split, wallet_came: Decimal, wallet_is_over: bool
) -> Split:
    """Return what an invoice expects on each road (PAY-2).

    ``asked`` is what it asked as issued, less what was ``credited``. Where the dossier
    ended without subsidy (``wallet_is_over``) the wallet pays no more than came that
    way: the rest stays owed, directly (DOS-6).
    """
    wallet = asked.wallet - credited.wallet
    direct = asked.direct - credited.direct
    if wallet_is_over:
        moved = max(wallet - wallet_came, ZERO)
        return Split(wallet=wallet - moved, direct=direct + moved)
    return Split(wallet=wallet, direct=direct)


def direct_due_on(
    due_on: date, *, wallet_ended_on: date | None, term_days: int
) -> date:
    """Return the last day to pay directly.

    What the wallet no longer pays gets a full payment term from the day on which
    that was known.
    """
    if wallet_ended_on is None:
        return due_on
    return max(due_on, wallet_ended_on + timedelta(days=term_days))


class State(StrEnum):
    """How a receipt stands."""

    OPEN = "open"
    PART = "part"
    SETTLED = "settled"
    TOO_MUCH = "too_much"


def state(*, expected: Decimal, settled: Decimal) -> State:
    """Return how a receipt stands: ``settled`` is what came and what was let go."""
    if settled > expected:
        return State.TOO_MUCH
    if settled == expected:
        return State.SETTLED
    return State.PART if settled > ZERO else State.OPEN


class Advice(StrEnum):
    """What the owner does about money that does not fit."""

    DIRECT_FOR_WALLET = "direct_for_wallet"
    WALLET_FOR_DIRECT = "wallet_for_direct"
    PAY_BACK_DIRECT = "pay_back_direct"
    PAY_BACK_WALLET = "pay_back_wallet"
    LET_GO_DIRECT = "let_go_direct"
    LET_GO_WALLET = "let_go_wallet"


def advice(
    still: Split, *, came: Split, most_let_go: Decimal
) -> Iterator[tuple[Advice, Decimal]]:
    """Yield what to do, each with the amount (EUR) it is about.

    ``still`` is what is open on each road, below zero where too much came; ``came``
    what came. Up to ``most_let_go`` a difference may be written off.
    """
    astray_direct = min(-still.direct, still.wallet)
    astray_wallet = min(-still.wallet, still.direct)
    if astray_direct > ZERO:
        yield Advice.DIRECT_FOR_WALLET, astray_direct
    if astray_wallet > ZERO:
        yield Advice.WALLET_FOR_DIRECT, astray_wallet
    for left, stray, pay_back in [
        (-still.direct, astray_direct, Advice.PAY_BACK_DIRECT),
        (-still.wallet, astray_wallet, Advice.PAY_BACK_WALLET),
    ]:
        if left - max(stray, ZERO) > most_let_go:
            yield pay_back, left - max(stray, ZERO)
    for left, on_it, let_go in [
        (still.direct, came.direct, Advice.LET_GO_DIRECT),
        (still.wallet, came.wallet, Advice.LET_GO_WALLET),
    ]:
        if on_it and ZERO < abs(left) <= most_let_go:
            yield let_go, left


class Standing(StrEnum):
    """How the money of a whole invoice stands."""

    OVERDUE = "overdue"
    TOO_MUCH = "too_much"
    PART = "part"
    OPEN = "open"
    PAID = "paid"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Due:
    """What one road brings, in EUR: all, what is still to come, what came, by when."""

    expected: Decimal
    open: Decimal
    came: Decimal
    due_on: date


def standing(roads: Collection[Due], *, on: date) -> Standing:
    """Return how the money stands on a day, the most pressing first (PAY-2).

    Paid is what has nothing open any more, on any road; where nothing is expected
    there was nothing to pay. The due day is in time.
    """
    if any(road.open > ZERO and road.due_on < on for road in roads):
        return Standing.OVERDUE
    if any(road.open < ZERO for road in roads):
        return Standing.TOO_MUCH
    if not any(road.expected or road.open or road.came for road in roads):
        return Standing.NOTHING
    if all(road.open == ZERO for road in roads):
        return Standing.PAID
    return Standing.PART if any(road.came for road in roads) else Standing.OPEN
