"""What the owner reads of payment reminders, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from invoicing.models import LateInterest

from .interest import HalfYear


def half_year_in_words(half_year: HalfYear) -> str:
    """Return a half-year as she calls it, in the active language."""
    if half_year.half == 1:
        return _("the first half of %s") % half_year.year
    return _("the second half of %s") % half_year.year


def without_rate(half_years: Iterable[HalfYear]) -> str:
    """Return which half-years lack their rate, empty for none (INV-8)."""
    named = [half_year_in_words(one) for one in sorted(set(half_years))]
    if not named:
        return ""
    return _(
        "No interest is claimed: the rate of late interest is missing for %s."
    ) % ", ".join(named)


def rate_missing_on(day: date) -> str:
    """Return that the rate of a day's half-year is missing, empty if it is there."""
    if LateInterest.objects.is_known_on(day):
        return ""
    return without_rate([HalfYear.of(day)])
