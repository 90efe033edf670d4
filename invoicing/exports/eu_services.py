"""The list of services to customers elsewhere in the EU. Pure; VAT-3 in docs/rules.md.

What stands in grid 44 less what stands in 48, per VAT number (form 723, code S). A
credit note for an invoice of an earlier period is a row of its own, which names the
period that it corrects. Nothing to declare: no list, not even a nil one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ownyourstory.money import ZERO

SERVICES = "S"
"""The code of the category: services taxed where the customer is."""


@dataclass(frozen=True, order=True, slots=True)
class TaxPeriod:
    """One month or one quarter of a return: ``month`` or ``quarter`` is nothing."""

    year: int
    quarter: int = 0
    month: int = 0

    def __post_init__(self) -> None:
        if bool(self.quarter) == bool(self.month):
            raise ValueError("a period is one month or one quarter")
        if not (0 <= self.quarter <= 4 and 0 <= self.month <= 12):
            raise ValueError("there is no such month or quarter")

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month or 3 * self.quarter - 2, 1)

    @property
    def last(self) -> date:
        """The last day."""
        month = self.month or 3 * self.quarter
        return date(self.year, month, monthrange(self.year, month)[1])

    def like_this(self, day: date) -> TaxPeriod:
        """Return the period of the same length in which ``day`` lies."""
        if self.month:
            return TaxPeriod(day.year, month=day.month)
        return TaxPeriod(day.year, quarter=(day.month + 2) // 3)

    def __str__(self) -> str:
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return f"{self.year}-Q{self.quarter}"


def tax_period(text: str) -> TaxPeriod:
    """Return the period written ``2026-Q3`` or ``2026-07``.

    Raises ValueError if it is neither.
    """
    found = re.fullmatch(r"(2[01][0-9]{2})-(?:Q([1-4])|(0[1-9]|1[0-2]))", text)
    if found is None:
        raise ValueError(f"not a month or quarter: {text!r}")
    year, quarter, month = found.groups(default="0")
    return TaxPeriod(int(year), quarter=int(quarter), month=int(month))


def tax_periods(first: date, last: date) -> Iterator[TaxPeriod]:
    """Yield each quarter, then its months, from that of ``last`` back to ``first``."""
    quarter = TaxPeriod(last.year, quarter=(last.month + 2) // 3)
    while quarter.last >= first:
        yield quarter
        for month in range(3 * quarter.quarter, 3 * quarter.quarter - 3, -1):
            one = TaxPeriod(quarter.year, month=month)
            if one.first <= last and one.last >= first:
                yield one
        quarter = quarter.like_this(quarter.first - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Served:
    """What one customer took, in EUR, below zero where it is credited.

    ``vat_number`` with its prefix, empty where the document has none. ``credited_on``
    is the date of the invoice that a credit note is about, where that is earlier than
    the period.
    """

    vat_number: str
    name: str
    country: str
    amount: Decimal
    credited_on: date | None = None


@dataclass(frozen=True, slots=True)
class EuRow:
    """One row of the list; ``corrects`` is the earlier period that it puts right."""

    vat_number: str
    name: str
    country: str
    amount: Decimal
    corrects: TaxPeriod | None = None

    @property
    def prefix(self) -> str:
        """The country as it stands before the number, ``EL`` for Greece."""
        return self.vat_number[:2] or self.country

    @property
    def number(self) -> str:
        """The number without the country."""
        return self.vat_number[2:]

    @property
    def lacks_number(self) -> bool:
        """True where the buyer has no VAT number, so that it cannot be declared."""
        return not self.number


@dataclass(frozen=True, slots=True)
class EuServices:
    """The list of a period."""

    period: TaxPeriod
    rows: tuple[EuRow, ...]

    @property
    def amount(self) -> Decimal:
        """The sum of all rows, in EUR."""
        return sum((row.amount for row in self.rows), ZERO)

    @property
    def lacking(self) -> list[EuRow]:
        """The rows that cannot be declared."""
        return [row for row in self.rows if row.lacks_number]


def eu_services(served: Iterable[Served], *, period: TaxPeriod) -> EuServices:
    """Return the list of a period (VAT-3).

    One row per VAT number and corrected period; what comes to nothing is left out.
    Where there is no number, a row per name.
    """
    sums: dict[tuple[str, str, TaxPeriod | None], EuRow] = {}
    for one in served:
        corrects = period.like_this(one.credited_on) if one.credited_on else None
        key = (one.vat_number, "" if one.vat_number else one.name, corrects)
        before = sums[key].amount if key in sums else ZERO
        sums[key] = EuRow(
            vat_number=one.vat_number,
            name=one.name,
            country=one.country,
            amount=before + one.amount,
            corrects=corrects,
        )
    rows = [row for row in sums.values() if row.amount]
    return EuServices(period=period, rows=tuple(sorted(rows, key=_order)))


def _order(row: EuRow) -> tuple[str, str, str]:
    return row.vat_number, row.name, str(row.corrects or "")
