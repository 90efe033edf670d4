"""What money may be for, and what is said of a movement of the account.

Pure; PAY-2 and PAY-3 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from ownyourstory.money import ZERO

from .names import holds, is_similar
from .statement import Transaction


class Road(StrEnum):
    """On which road of an invoice money comes: as ``Channel``."""

    WALLET = "wallet"
    DIRECT = "direct"


class Verdict(StrEnum):
    """What a transaction is."""

    MATCHED = "matched"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
    NOT_OURS = "not_ours"


class Why(StrEnum):
    """Why it is proposed, or what is to be known of it."""

    EXACT = "exact"
    COMMUNICATION = "communication"
    IN_TEXT = "in_text"
    NUMBER = "number"
    APPLICATION = "application"
    PAYER = "payer"
    KNOWN_ACCOUNT = "known_account"
    SIMILAR_NAME = "similar_name"
    SAME_AMOUNT = "same_amount"
    ONLY_AMOUNT = "only_amount"
    PART = "part"
    TOO_MUCH = "too_much"
    ALREADY_PAID = "already_paid"
    WHOLE_DIRECTLY = "whole_directly"
    WALLET_PART_DIRECTLY = "wallet_part_directly"
    SEVERAL = "several"
    SEVERAL_OPEN = "several_open"
    SEVERAL_FIT = "several_fit"
    IF_THE_CLIENT = "if_the_client"
    SURPLUS = "surplus"
    REVERSAL = "reversal"
    OTHER_COMMUNICATION = "other_communication"


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """An issued invoice and what is open on its roads (EUR), below zero: a surplus."""

    invoice: int
    number: str
    communication: str = ""
    application: str = ""
    client: int = 0
    names: tuple[str, ...] = ()
    open: dict[Road, Decimal]


@dataclass(frozen=True, slots=True)
class Part:
    """An amount (EUR, above zero) for an invoice, on a road."""

    invoice: int
    number: str
    road: Road
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict over a transaction: for what, and why.

    ``astray`` is what came directly although the wallet is to pay it (EUR).
    """

    verdict: Verdict
    parts: tuple[Part, ...] = ()
    why: tuple[Why, ...] = ()
    astray: Decimal = ZERO

    @property
    def key(self) -> str:
        """What is proposed, in one text: what she saw is what she confirms."""
        return ";".join(
            f"{part.invoice}:{part.road}:{part.amount}" for part in self.parts
        )


@dataclass
class Outlook:
    """All that money may be for, found by what a payer writes.

    ``payers`` are the names of who pays for the wallet; ``accounts`` says whose money
    came directly from an account before. What is matched is taken off what is open.
    """

    awaited: Iterable[Awaited]
    payers: Collection[str] = ()
    accounts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_communication: dict[str, Awaited] = {}
        self.by_number: dict[str, Awaited] = {}
        self.by_application: dict[str, list[Awaited]] = {}
        self.by_amount: dict[tuple[Road, Decimal], list[Awaited]] = {}
        for one in self.awaited:
            self.by_number[one.number.upper()] = one
            if one.communication:
                self.by_communication[one.communication] = one
            if one.application:
                same = self.by_application.setdefault(one.application.upper(), [])
                same.append(one)
            for road, amount in one.open.items():
                self.by_amount.setdefault((road, amount), []).append(one)

    def is_wallet_payer(self, name: str) -> bool:
        """Tell whether who pays is called as one who pays for the wallet."""
        return any(holds(name, payer) for payer in self.payers)

    def client_by(self, told: Transaction, one: Awaited) -> Why | None:
        """Return by what the payer is known as the client of an invoice, if it is."""
        if self.accounts.get(told.iban) == one.client:
            return Why.KNOWN_ACCOUNT
        return Why.SIMILAR_NAME if is_similar(told.name, one.names) else None

    def still(self, road: Road, amount: Decimal) -> list[Awaited]:
        """Return the invoices of which exactly ``amount`` is open on a road."""
        found = self.by_amount.get((road, amount), [])
        return [one for one in found if one.open[road] == amount]
