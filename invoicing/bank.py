"""Bank accounts: an IBAN checked, and the bank it belongs to.

Pure; schwifty knows the registers of the banks.
"""

from __future__ import annotations

from dataclasses import dataclass

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException


class BadIban(ValueError):
    """The text is not a valid IBAN."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account; ``bic`` and ``bank`` are empty where the register has none."""

    iban: str
    bic: str
    bank: str


def bank_account(text: str) -> BankAccount:
    """Return the account of the IBAN in ``text``, in any notation.

    Raises BadIban if length, country or check digits are wrong.
    """
    try:
        iban = IBAN(text)
    except SchwiftyException as error:
        raise BadIban(text) from error
    return BankAccount(
        iban=str(iban),
        bic=str(iban.bic or ""),
        bank=iban.bank_short_name or iban.bank_name or "",
    )


def format_iban(iban: str) -> str:
    """Return an IBAN in groups of four, as printed: ``BE68 5390 0754 7034``."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
