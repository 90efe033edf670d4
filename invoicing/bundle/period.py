"""Which dossiers an inspection asks for."""

from __future__ import annotations

from datetime import date

from django.db.models import Min, QuerySet

from programs.models import Enrolment
from programs.retention import years_after

AUDITED_YEARS = 5
"""The renewal audit wants the dossiers of so many years (REG-4)."""


def last_five_years(today: date) -> tuple[date, date]:
    """Return the first and last day of what the renewal audit looks at (REG-4)."""
    return years_after(today, years=-AUDITED_YEARS), today


def dossiers_of(
    first: date, last: date, *, only_wallet: bool = False
) -> QuerySet[Enrolment]:
    """Return the enrolments whose training began from ``first`` to ``last``, in order.

    Those without subsidy too, unless ``only_wallet``: they have a file as well.
    """
    found = (
        Enrolment.objects.annotate(began_on=Min("course__sessions__day"))
        .filter(began_on__range=(first, last))
        .order_by("began_on", "pk")
    )
    return found.filter(uses_wallet=True) if only_wallet else found
