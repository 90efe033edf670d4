"""The figures of the invoices on the start page: what was invoiced, what is open.

One query each, so that they stay quick however many invoices there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db.models import Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ownyourstory.money import ZERO

from .documents.document import Kind
from .models import Channel, Invoice, Receipt

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Revenue:
    """What was invoiced less what was credited, in EUR excl. VAT, month by month.

    ``to_date`` runs up to the day asked for, ``last_to_date`` up to the same day of the
    year before. A month of ``months`` that is still to come is ``None``.
    """

    year: int
    months: tuple[Decimal | None, ...]
    last_months: tuple[Decimal, ...]
    to_date: Decimal
    last_to_date: Decimal

    @property
    def is_empty(self) -> bool:
        """True where nothing was invoiced in either year."""
        return not any([*self.months, *self.last_months])

    @property
    def last_year(self) -> int:
        """The year before."""
        return self.year - 1

    @property
    def last_whole(self) -> Decimal:
        """What the whole of the year before came to."""
        return sum(self.last_months, ZERO)

    @property
    def change(self) -> Decimal | None:
        """By how many whole percent it is more than last year; ``None``: no telling."""
        if self.last_to_date <= ZERO:
            return None
        more = (self.to_date / self.last_to_date - 1) * 100
        return more.quantize(Decimal(1), rounding=ROUND_HALF_UP)

    @property
    def table(self) -> list[tuple[date, Decimal | None, Decimal]]:
        """The first day of each month, with the month of this year and of the last."""
        firsts = [date(self.year, month, 1) for month in MONTHS]
        return list(zip(firsts, self.months, self.last_months, strict=True))


def revenue(*, on: date) -> Revenue:
    """Return the revenue of the year of ``on`` up to that day, and of the year before.

    The day of issue counts. Drafts are no revenue.
    """
    sums = {(on.year - back, month): ZERO for back in (0, 1) for month in MONTHS}
    to_date, last_to_date = ZERO, ZERO
    same_day = _a_year_before(on)
    days = Invoice.objects.issued().filter(
        issued_on__range=(date(on.year - 1, 1, 1), on)
    )
    # By day, not by month: of a month a database must be asked row by row, a day it has
    # in an index, and two years have few of them.
    rows = days.order_by().values_list("issued_on", "kind").annotate(Sum("net"))
    for day, kind, net in rows:
        signed = -net if kind == Kind.CREDIT_NOTE else net
        sums[day.year, day.month] += signed
        if day.year == on.year:
            to_date += signed
        elif day <= same_day:
            last_to_date += signed
    return Revenue(
        year=on.year,
        months=tuple(
            sums[on.year, month] if month <= on.month else None for month in MONTHS
        ),
        last_months=tuple(sums[on.year - 1, month] for month in MONTHS),
        to_date=to_date,
        last_to_date=last_to_date,
    )


def _a_year_before(day: date) -> date:
    """Return the same day a year earlier, 28 February for the 29th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year - 1, day=last)


class Age(StrEnum):
    """How many days ago what is open was due."""

    NOT_DUE = "not_due"
    TO_30 = "to_30"
    TO_60 = "to_60"
    TO_90 = "to_90"
    OVER_90 = "over_90"


AGES: dict[Age, tuple[int | None, int | None]] = {
    Age.NOT_DUE: (None, 0),
    Age.TO_30: (1, 30),
    Age.TO_60: (31, 60),
    Age.TO_90: (61, 90),
    Age.OVER_90: (91, None),
}
"""The least and the most days after the last day to pay, that day being day 0."""

AGE_WORDS: dict[Age, Promise] = {
    Age.NOT_DUE: gettext_lazy("Not due yet"),
    Age.TO_30: gettext_lazy("1–30 days late"),
    Age.TO_60: gettext_lazy("31–60 days late"),
    Age.TO_90: gettext_lazy("61–90 days late"),
    Age.OVER_90: gettext_lazy("More than 90 days late"),
}


@dataclass(frozen=True, slots=True)
class Open:
    """What is open of one age on each road, in EUR (PAY-2)."""

    age: Age
    wallet: Decimal
    direct: Decimal

    @property
    def label(self) -> Promise:
        """The age in words."""
        return AGE_WORDS[self.age]

    @property
    def total(self) -> Decimal:
        """Both roads together."""
        return self.wallet + self.direct

    @property
    def is_late(self) -> bool:
        """True where its last day has passed by."""
        return self.age != Age.NOT_DUE


def outstanding(*, on: date) -> list[Open]:
    """Return what is still to come, by age on a day and by road: a row for each age."""
    sums = {
        f"{channel}_{age}": Sum("open", filter=Q(channel=channel) & _aged(age, on=on))
        for channel in Channel.values
        for age in Age
    }
    # Said twice: the index holds what is not settled, ``to_come`` what is above zero.
    rows = Receipt.objects.to_come().exclude(open=0)
    found = rows.aggregate(**sums)
    return [
        Open(
            age=age,
            wallet=found[f"{Channel.WALLET}_{age}"] or ZERO,
            direct=found[f"{Channel.DIRECT}_{age}"] or ZERO,
        )
        for age in Age
    ]


def _aged(age: Age, *, on: date) -> Q:
    least, most = AGES[age]
    chosen = Q()
    if least is not None:
        chosen &= Q(due_on__lte=on - timedelta(days=least))
    if most is not None:
        chosen &= Q(due_on__gte=on - timedelta(days=most))
    return chosen
