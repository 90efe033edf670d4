"""What a bank file says, in one shape for every format, and why one is refused.

Pure; amounts in EUR. PAY-3 in docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from stdnum.be import ogm_vcs

from ownyourstory.money import ZERO

MOST = Decimal("9999999999.99")
"""The largest amount that can be kept."""

WRITTEN = re.compile(
    r"(?:\+\+\+|\*\*\*)?\s*(\d{3})/?(\d{4})/?(\d{5})\s*(?:\+\+\+|\*\*\*)?"
)
SIGNED = re.compile(
    r"(?:\+\+\+|\*\*\*)\s*(\d{3})/?(\d{4})/?(\d{5})\s*(?:\+\+\+|\*\*\*)"
)


class Source(StrEnum):
    """In which format a bank wrote a file."""

    CODA = "coda"
    CAMT = "camt"


class Flaw(StrEnum):
    """Why a file is refused."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_BANK_FILE = "no_bank_file"
    ENCODING = "encoding"
    LENGTH = "length"
    RECORD = "record"
    TRUNCATED = "truncated"
    NO_STATEMENT = "no_statement"
    ACCOUNTS = "accounts"
    OTHER_ACCOUNT = "other_account"
    CURRENCY = "currency"
    UNBALANCED = "unbalanced"
    TOTALS = "totals"
    COUNT = "count"
    XML = "xml"
    OTHER_XML = "other_xml"
    DOCTYPE = "doctype"
    DETAILS = "details"
    MISSING = "missing"
    AMOUNT = "amount"
    DAY = "day"


class Refused(Exception):
    """A file that is not taken: its ``flaw``, on which ``line``, 0 for all of it.

    ``told`` holds what the message names.
    """

    def __init__(self, flaw: Flaw, *, line: int = 0, **told: object) -> None:
        super().__init__(flaw, line, told)
        self.flaw, self.line, self.told = flaw, line, told


@dataclass(frozen=True, kw_only=True, slots=True)
class Transaction:
    """One movement of the account: ``amount`` is below zero where money went out.

    ``communication`` is a structured one as twelve digits, or empty; ``text`` is what
    was written freely; ``reference`` is the bank's own.
    """

    booked_on: date
    valued_on: date
    amount: Decimal
    name: str = ""
    iban: str = ""
    communication: str = ""
    text: str = ""
    reference: str = ""
    is_reversal: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """What happened on an account between two balances."""

    account: str
    number: str
    opening: Decimal
    closing: Decimal
    transactions: tuple[Transaction, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class BankData:
    """A file as it was read."""

    source: Source
    statements: tuple[Statement, ...]

    @property
    def transactions(self) -> list[Transaction]:
        """All movements, in the order of the file."""
        return [one for each in self.statements for one in each.transactions]


def check(data: BankData, *, iban: str, today: date) -> None:
    """Raise Refused unless ``data`` is of our account, adds up and is of the past."""
    if not data.statements:
        raise Refused(Flaw.NO_STATEMENT)
    first = data.statements[0]
    for statement in data.statements:
        if statement.account != first.account:
            raise Refused(Flaw.ACCOUNTS, line=statement.line)
    if first.account != iban:
        raise Refused(
            Flaw.OTHER_ACCOUNT, line=first.line, account=first.account, ours=iban
        )
    for statement in data.statements:
        check_balance(
            statement.opening,
            [one.amount for one in statement.transactions],
            closing=statement.closing,
            line=statement.line,
        )
        for one in statement.transactions:
            if not date(2000, 1, 1) <= one.booked_on <= today:
                raise Refused(Flaw.DAY, line=one.line, day=one.booked_on)


def check_balance(
    opening: Decimal, amounts: Iterable[Decimal], *, closing: Decimal, line: int
) -> None:
    """Raise Refused unless the movements lead from one balance to the other."""
    reached = opening + sum(amounts, ZERO)
    if reached != closing:
        raise Refused(Flaw.UNBALANCED, line=line, reached=reached, closing=closing)


def structured(text: str) -> str:
    """Return the twelve digits of a structured communication, "" where it is none.

    ``text`` must be that and nothing else, in any notation: PAY-1.
    """
    found = WRITTEN.fullmatch(text.strip())
    digits = "".join(found.groups()) if found else ""
    return digits if digits and ogm_vcs.is_valid(digits) else ""


def structured_in(text: str) -> list[str]:
    """Return the structured communications written out somewhere in ``text``."""
    found = ("".join(match.groups()) for match in SIGNED.finditer(text))
    return [digits for digits in found if ogm_vcs.is_valid(digits)]


def tidy(parts: Sequence[str | None] | str) -> str:
    """Return text on one line, without what cannot be printed."""
    whole = parts if isinstance(parts, str) else " ".join(part or "" for part in parts)
    return " ".join("".join(one if one.isprintable() else " " for one in whole).split())


def bare_iban(text: str) -> str:
    """Return an account number without spaces, in capitals."""
    return "".join(filter(str.isalnum, text.upper()))[:34]
