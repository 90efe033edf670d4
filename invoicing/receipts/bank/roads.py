"""On which road of an invoice money came, by all that a payment says.

Pure; PAY-2, PAY-3 and DOS-4 in docs/rules.md. Who orders in the wallet types the
number of our invoice: neither a number nor the payer's name alone tells the road.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from ownyourstory.money import ZERO

from .outlook import Awaited, Outlook, Road, Why
from .statement import Transaction

Named = tuple[Awaited, Why]
"""An invoice, and by what it was found."""


def road_of(outlook: Outlook, told: Transaction, named: Collection[Named]) -> Road:
    """Return on which road money for the invoices that were found came.

    Exactly what is open directly, from the client, is direct. Else an application
    number is of the wallet. Else the payer tells: by its account, as one who pays for
    the wallet, by its name. Else the amount.
    """
    fits = {road: told.amount == still(road, named) for road in Road}
    clients = {outlook.client_by(told, one) for one, _why in named} - {None}
    if clients and fits[Road.DIRECT] and not fits[Road.WALLET]:
        return Road.DIRECT
    if any(why is Why.APPLICATION for _one, why in named):
        return Road.WALLET
    has_wallet = any(Road.WALLET in one.open for one, _why in named)
    if not has_wallet or Why.KNOWN_ACCOUNT in clients:
        return Road.DIRECT
    if outlook.is_wallet_payer(told.name):
        return Road.WALLET
    by_amount = fits[Road.WALLET] and not fits[Road.DIRECT]
    return Road.WALLET if by_amount and not clients else Road.DIRECT


def still(road: Road, named: Collection[Named]) -> Decimal:
    """Return what all of them still expect on a road (EUR)."""
    return sum((max(one.open.get(road, ZERO), ZERO) for one, _why in named), ZERO)


def doubts(
    outlook: Outlook, told: Transaction, named: Collection[Named]
) -> Iterator[Why]:
    """Yield what is to be known of money that is held to be of the wallet."""
    is_client = any(outlook.client_by(told, one) for one, _why in named)
    has_application = any(why is Why.APPLICATION for _one, why in named)
    if outlook.is_wallet_payer(told.name):
        yield Why.PAYER
    elif is_client or not has_application:
        yield Why.IF_THE_CLIENT
