"""Euro amounts: ``Decimal``, rounded half up to the cent, at named points only."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """Return ``amount`` (EUR, any precision) rounded half up to the cent.

    The one rounding rule of the project (VAT-1). Callers decide where to round. What
    is nothing has no sign.
    """
    # Adding nothing takes the sign off the -0.00 that rounding can leave.
    return amount.quantize(CENT, rounding=ROUND_HALF_UP) + ZERO


def percent_of(amount: Decimal, percent: Decimal) -> Decimal:
    """Return ``percent`` (21 means 21 %) of ``amount`` in EUR, in cents."""
    return to_cents(amount * percent / 100)
