"""Who gets what back when a wallet invoice is credited: a proposal, not a rule.

Pure. The scheme settles nowhere how a refund is split: the owner confirms or changes
what is worked out here before anything is issued (INV-4).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ownyourstory.money import ZERO, to_cents


class WalletState(StrEnum):
    """What the wallet had paid of the invoice when it was credited."""

    NOTHING = "nothing"
    PART = "part"
    ALL = "all"


class Cause(StrEnum):
    """Who backed out."""

    CORRECTION = "correction"
    PROVIDER = "provider"
    CLIENT = "client"


@dataclass(frozen=True, slots=True)
class Refund:
    """The amounts of a proposal, in EUR.

    ``direct`` is credited of what the client pays us directly; ``still_due`` is what
    the wallet still has to pay; ``own`` and ``subsidy`` are the shares of what it
    paid too much: of the client and of the agency.
    """

    direct: Decimal
    still_due: Decimal
    own: Decimal
    subsidy: Decimal


def refund(
    *,
    credited_wallet: Decimal,
    credited_direct: Decimal,
    wallet_due: Decimal,
    wallet_paid: Decimal,
    subsidy_rate: Decimal,
) -> Refund:
    """Return who gets what back, in EUR.

    ``wallet_due`` is what the wallet had to pay before this credit, ``wallet_paid``
    what it did pay, ``subsidy_rate`` the share of the agency in it (30 for 30 %).
    Money paid too much goes back as it came: by that share to the agency.
    """
    due_now = wallet_due - credited_wallet
    too_much = max(wallet_paid - due_now, ZERO)
    subsidy = to_cents(too_much * subsidy_rate / 100)
    return Refund(
        direct=credited_direct,
        still_due=max(due_now - wallet_paid, ZERO),
        own=too_much - subsidy,
        subsidy=subsidy,
    )
