"""Euro amounts: ``Decimal``, rounded half up to the cent, at named points only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """Return ``amount`` (EUR, any precision) rounded half up to the cent.

    The one rounding rule of the project (VAT-1). Callers decide where to round.
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """Return ``percent`` (21 means 21 %) of ``amount`` in EUR, in cents."""
    return to_cents(amount * percent / 100)
