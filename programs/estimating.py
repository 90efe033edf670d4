"""What the wallet may bring for an enrolment: the rows that the arithmetic needs.

The arithmetic itself is pure: ``programs.subsidy``. SUB-1 … SUB-7 in docs/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clients.models import Conditions
from clients.size import Size
from ownyourstory.money import ZERO, to_cents

from .models import Enrolment, SchemeTerms
from .room import room_used
from .subsidy import Subsidy, estimate


@dataclass(frozen=True, slots=True)
class Estimate:
    """What to expect, and from what it follows; amounts in EUR.

    ``year`` is that of the cap, ``used`` what is taken of it by others.
    """

    year: int
    size: Size
    cap: Decimal
    used: Decimal
    found: Subsidy

    @property
    def left(self) -> Decimal:
        """What is left of the cap before this one."""
        return max(self.cap - self.used, ZERO)


def estimate_of(
    enrolment: Enrolment, *, on: date, base: Decimal | None = None
) -> Estimate | None:
    """Return the subsidy to expect, ``None`` where there is no rate for the size.

    ``on`` is the day asked, which counts as the expected application date while there
    is none: it decides rate and year (SUB-3). ``base`` is the eligible amount in EUR
    excl. VAT; if not given, that of what was agreed.
    """
    day = enrolment.applied_on or on
    terms = SchemeTerms.objects.valid_on(day).prefetch_related("rates").first()
    conditions = Conditions.objects.on(day)
    if terms is None or conditions is None:
        return None
    size = enrolment.client.size(conditions.sizes)
    rate = terms.rate_for(size, group=enrolment.course.program.theme_group)
    if rate is None:
        return None
    used = room_used(enrolment.client, year=day.year, besides=enrolment)
    found = estimate(
        eligible_amount(enrolment) if base is None else base,
        rate=rate,
        cap=terms.cap,
        minimum=terms.minimum_cost,
        used=used,
    )
    return Estimate(year=day.year, size=size, cap=terms.cap, used=used, found=found)


def eligible_amount(enrolment: Enrolment) -> Decimal:
    """Return what of an enrolment the wallet may pay, in EUR excl. VAT (SUB-6)."""
    if not enrolment.course.program.is_training:
        return ZERO
    extras = (
        to_cents(extra.quantity * extra.unit_price)
        for extra in enrolment.extras.all()
        if extra.is_eligible
    )
    return max(sum(extras, enrolment.training_amount), ZERO)
