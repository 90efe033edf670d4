"""What the wallet may bring to one enrolment: the terms put to the client's size.

SUB-1 … SUB-5 in docs/rules.md; the arithmetic is in ``subsidy``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clients.models import Conditions
from clients.size import Size

from .models import Enrolment, SchemeTerms
from .subsidy import Subsidy, estimate


@dataclass(frozen=True, slots=True)
class Expected:
    """The subsidy to expect, and the size of the enterprise that it follows from."""

    size: Size
    subsidy: Subsidy


def expected(
    enrolment: Enrolment,
    base: Decimal,
    *,
    terms: SchemeTerms,
    used: Decimal,
    on: date,
) -> Expected | None:
    """Return what the wallet may bring (SUB-2), ``None`` where the size is unknown.

    ``base`` is the eligible EUR excl. VAT, ``used`` what the client has had of the
    cap of the year of ``on``, the day of the application.
    """
    client, program = enrolment.client, enrolment.course.program
    conditions = Conditions.objects.on(on)
    size = client.size(conditions.sizes) if conditions else Size.UNKNOWN
    rate = terms.rate_for(size, group=program.theme_group)
    if rate is None:
        return None
    found = estimate(
        base, rate=rate, cap=terms.cap, minimum=terms.minimum_cost, used=used
    )
    return Expected(size=size, subsidy=found)
