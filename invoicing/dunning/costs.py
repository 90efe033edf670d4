"""What may be claimed beside the amount that is open, from whom and when.

Pure; amounts in EUR. INV-8 in docs/rules.md; for consumers book XIX of the Code of
Economic Law. Amounts and rates are rows of the owner's.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ownyourstory.money import ZERO, percent_of

from .interest import HalfYear


@dataclass(frozen=True, slots=True)
class Band:
    """A lump sum for debts above an amount: ``fixed``, and a percentage of the slice.

    ``most`` is the most that it comes to.
    """

    above: Decimal
    fixed: Decimal
    percent: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Claim:
    """What a reminder asks, in EUR; the costs are claimed and never booked.

    The interest runs from ``interest_from``. ``missing`` names the half-years without a
    rate: then none is claimed.
    """

    open: Decimal
    days_late: int
    interest_from: date | None = None
    interest: Decimal = ZERO
    fixed: Decimal = ZERO
    missing: tuple[HalfYear, ...] = ()

    @property
    def costs(self) -> Decimal:
        return self.interest + self.fixed

    @property
    def total(self) -> Decimal:
        return self.open + self.costs


def lump_sum(owed: Decimal, *, bands: Collection[Band]) -> Decimal:
    """Return the lump sum for a consumer's debt; zero where no band is for it."""
    fitting = [band for band in bands if band.above < owed]
    if not fitting:
        return ZERO
    band = max(fitting, key=lambda one: one.above)
    return min(band.fixed + percent_of(owed - band.above, band.percent), band.most)


def free_until(
    sent_on: date, *, days_to_pay: int, promised: date | None = None
) -> date:
    """Return the last day on which a consumer pays without costs.

    ``sent_on`` is when the first reminder went out by mail: the term begins on the
    calendar day after it. What the letter ``promised`` is kept where it is later.
    """
    last = sent_on + timedelta(days=days_to_pay)
    return max(last, promised) if promised else last
