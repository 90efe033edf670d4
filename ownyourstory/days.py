"""Days as people type them: which ones the program takes."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


def plausible_day(day: date) -> None:
    """Raise ValidationError for a day outside this century, a slip of the finger.

    Deadlines are counted from what is typed: near year 1 or 9999 there is no day left
    to count to.
    """
    if not FIRST <= day <= LAST:
        raise ValidationError(
            _("Choose a day from 1 January 2000 to 31 December 2100.")
        )
