"""What the scheme pays towards a training.

Pure arithmetic: rate, cap and minimum come from ``SchemeTerms`` rows, what was
used already from the caller. SUB-1, SUB-2 and SUB-5 in docs/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ownyourstory.money import ZERO, percent_of


@dataclass(frozen=True, slots=True)
class Subsidy:
    """The estimate for one application, in EUR; ``rate`` is 30 for 30 %.

    ``subsidy + own_contribution == base``, to the cent.
    """

    base: Decimal
    rate: Decimal
    subsidy: Decimal

    @property
    def own_contribution(self) -> Decimal:
        """What the client pays into the wallet."""
        return self.base - self.subsidy


def estimate(
    base: Decimal,
    *,
    rate: Decimal,
    cap: Decimal,
    minimum: Decimal = ZERO,
    used: Decimal = ZERO,
) -> Subsidy:
    """Return the subsidy to expect on ``base``, the eligible EUR excl. VAT (SUB-2).

    ``rate`` is a percentage, ``cap`` the most one enterprise gets in a calendar
    year, ``used`` what it got of that year's cap already, ``minimum`` the least a
    project must cost: below it there is no subsidy (SUB-5).

    Raises ValueError if an amount is negative.
    """
    if min(base, rate, cap, minimum, used) < 0:
        raise ValueError("subsidy amounts cannot be negative")
    if base < minimum:
        return Subsidy(base=base, rate=rate, subsidy=ZERO)
    room = max(cap - used, ZERO)
    return Subsidy(base=base, rate=rate, subsidy=min(percent_of(base, rate), room))
