"""What a reminder claims, from the rows the owner keeps. INV-8 in docs/rules.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from invoicing.models import (
    ConsumerLumpSum,
    DunningLevel,
    DunningSettings,
    LateInterest,
    Payment,
    PaymentKind,
    Receipt,
)
from ownyourstory.money import ZERO

from .costs import Claim, free_until, lump_sum
from .interest import Came, interest, stretches
from .levels import Audience, Terms
from .values import ToCome

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all claims rest on, read once."""

    settings: DunningSettings
    levels: tuple[DunningLevel, ...]
    late_interest: tuple[LateInterest, ...]
    lump_sums: tuple[ConsumerLumpSum, ...]

    @property
    def terms(self) -> Terms:
        """The days between reminders, as the rules know them."""
        return Terms(
            least_between=self.settings.least_days_between,
            days_to_pay=self.settings.consumer_days_to_pay,
        )

    def levels_for(self, audience: Audience) -> list[DunningLevel]:
        """Return the reminders that go out to an audience, in their order."""
        return [
            level
            for level in self.levels
            if level.audience == audience and level.is_active
        ]


def common_ground() -> Ground:
    """Return what the owner has filled in: four questions to the database."""
    return Ground(
        settings=DunningSettings.objects.current(),
        levels=tuple(DunningLevel.objects.all()),
        late_interest=tuple(LateInterest.objects.all()),
        lump_sums=tuple(ConsumerLumpSum.objects.all()),
    )


def claim(
    receipt: Receipt,
    level: DunningLevel,
    ground: Ground,
    *,
    gone: Mapping[int, date],
    promised: date | None,
    on: date,
) -> Claim:
    """Return what the reminder of a day claims; ``gone`` are those that went out.

    ``promised`` is until when the first of them told a consumer to pay without costs.

    A business pays interest from the day after the last day to pay, and the fixed sum.
    A consumer pays nothing that was not agreed, and no interest for the free days.
    """
    days_late = (on - receipt.due_on).days
    plain = Claim(open=receipt.open, days_late=days_late)
    if not level.charges_costs:
        return plain
    first = receipt.due_on + DAY
    fixed = _fixed_sum(ground, first)
    if level.audience == Audience.CONSUMER:
        if not ground.settings.consumer_costs_agreed or not gone:
            return plain
        days, sent_on = ground.terms.days_to_pay, gone[min(gone)]
        first = free_until(sent_on, days_to_pay=days, promised=promised) + DAY
        fixed = _lump_sum(ground, receipt.open, on)
    late = stretches(receipt.open, came=_came(receipt), first=first, last=on)
    found = interest(late, rates=[row.rate for row in ground.late_interest])
    return Claim(
        open=receipt.open,
        days_late=days_late,
        interest_from=first,
        interest=found.amount,
        fixed=fixed,
        missing=found.missing,
    )


def to_come(receipt: Receipt, ground: Ground, *, on: date) -> ToCome | None:
    """Return what a consumer may be asked after the free days, ``None``: nothing."""
    if not ground.settings.consumer_costs_agreed:
        return None
    rates = [row.percent for row in ground.late_interest if on in row.window]
    return ToCome(_lump_sum(ground, receipt.open, on), next(iter(rates), None))


def _fixed_sum(ground: Ground, day: date) -> Decimal:
    """Return the fixed sum that held when the invoice became late.

    Where no row is for that day the last one before it: the sum stands in the law, and
    is not published anew as the rate is.
    """
    rows = [row for row in ground.late_interest if row.valid_from <= day]
    return max(rows, key=lambda row: row.valid_from).fixed_sum if rows else ZERO


def _lump_sum(ground: Ground, owed: Decimal, day: date) -> Decimal:
    bands = [row.band for row in ground.lump_sums if day in row.window]
    return lump_sum(owed, bands=bands)


def _came(receipt: Receipt) -> list[Came]:
    """Return what came or went back on the road of a receipt; prefetch payments."""
    signs = {PaymentKind.RECEIVED: 1, PaymentKind.REFUNDED: -1}
    payments: list[Payment] = list(receipt.invoice.payments.all())
    return [
        Came(one.received_on, one.amount * signs[PaymentKind(one.kind)])
        for one in payments
        if one.kind in signs
        and one.channel == receipt.channel
        and one.corrected_at is None
    ]
