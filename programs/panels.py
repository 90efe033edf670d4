"""What the start page shows of dossiers: last days that passed by or come near."""

from __future__ import annotations

from datetime import date
from typing import Any

from .dossier_dates import last_days, near
from .models import Enrolment

MOST = 8


def near_days(*, on: date) -> dict[str, Any]:
    """Return the context of ``admin/programs/_near.html``.

    What passed by has its own places: it never pushes aside what can still be met.
    """
    found = near(last_days(Enrolment.objects.under_way(), on=on))
    overdue = [one for one in found if one.is_overdue]
    coming = [one for one in found if not one.is_overdue]
    return {
        "overdue_days": overdue[-MOST:],
        "near_days": coming[:MOST],
        "overdue_left_out": len(overdue[:-MOST]),
        "near_left_out": len(coming[MOST:]),
    }
