"""The sums of the VAT return out of what was booked, per month and quarter (VAT-3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from ownyourstory.money import ZERO, to_cents
from ownyourstory.tables import Cell, Column, Table

from .booked import entries_of
from .period import Period, months, quarter
from .vat_return import GRIDS, Grids, together


@dataclass(frozen=True, slots=True)
class Stretch:
    """A month or a quarter with its sums: ``2026-03`` or ``2026-Q1``."""

    name: str
    is_quarter: bool
    grids: Grids


def grids_of(period: Period) -> Grids:
    """Return the sums of a whole period."""
    return together(_by_month(period).values())


def stretches(period: Period) -> Iterator[Stretch]:
    """Yield the months of a period, then its quarters, those without sales too.

    Of a month or quarter that is only in part in it just those days count.
    """
    by_month = _by_month(period)
    quarters: dict[str, list[Grids]] = defaultdict(list)
    for year, month in months(period):
        grids = by_month.get((year, month), Grids())
        yield Stretch(f"{year}-{month:02d}", is_quarter=False, grids=grids)
        quarters[f"{year}-Q{quarter(date(year, month, 1))}"].append(grids)
    for name, parts in quarters.items():
        yield Stretch(name, is_quarter=True, grids=together(parts))


def vat_return(period: Period) -> Table:
    """Return the sums per grid of each month and quarter of ``period`` (VAT-3)."""
    return Table(
        name="vat",
        title=_("VAT per grid"),
        columns=(
            Column(_("month or quarter")),
            Column(_("period")),
            *(Column(grid, Cell.AMOUNT) for grid in GRIDS),
            Column(_("VAT due (54 − 64)"), Cell.AMOUNT),
            Column(_("in no grid"), Cell.AMOUNT),
        ),
        rows=lambda: (
            (
                _("quarter") if stretch.is_quarter else _("month"),
                stretch.name,
                *(stretch.grids[grid] for grid in GRIDS),
                stretch.grids.due,
                stretch.grids.outside,
            )
            for stretch in stretches(period)
        ),
    )


def _by_month(period: Period) -> dict[tuple[int, int], Grids]:
    sums: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(dict)
    outside: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    for (month, grid, kind), amount in [
        *_sums(period, "base_grid", "base"),
        *_sums(period, "vat_grid", "vat"),
    ]:
        key = (month.year, month.month)
        if grid:
            sums[key][grid] = sums[key].get(grid, ZERO) + amount
        else:
            outside[key] += -amount if kind == Kind.CREDIT_NOTE else amount
    return {
        key: Grids(sums.get(key, {}), outside.get(key, ZERO))
        for key in {*sums, *outside}
    }


def _sums(
    period: Period, grid: str, amount: str
) -> Iterator[tuple[tuple[date, str, str], Decimal]]:
    """Yield the sum of ``amount`` by month, grid and kind of document."""
    found = entries_of(period).annotate(month=TruncMonth("invoice__issued_on"))
    keys = ("month", grid, "invoice__kind")
    for *key, total in found.values_list(*keys).annotate(total=Sum(amount)):
        month, name, kind = key
        yield (month, name, kind), to_cents(total)  # SQLite adds as floats
