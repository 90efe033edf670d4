"""Bank accounts: an IBAN and a BIC checked, and the bank they belong to.

Pure; schwifty knows the registers of the banks.
"""

from __future__ import annotations

from dataclasses import dataclass

from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException


class BadIban(ValueError):
    """The text is not a valid IBAN."""


class BadBic(ValueError):
    """The text is not a BIC."""


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


def bank_code(text: str) -> str:
    """Return the BIC in ``text`` in capitals, without spaces: ``GKCCBEBB``.

    Raises BadBic if its length, shape or country is none that a BIC has.
    """
    try:
        return str(BIC(text))
    except SchwiftyException as error:
        raise BadBic(text) from error


def is_same_bank(bic: str, other: str) -> bool:
    """Tell whether two BICs are of one bank: the last three letters name a branch."""
    return bic[:8] == other[:8]


def format_iban(iban: str) -> str:
    """Return an IBAN in groups of four, as printed: ``BE68 5390 0754 7034``."""
    return " ".join(iban[i : i + 4] for i in range(0, len(iban), 4))
