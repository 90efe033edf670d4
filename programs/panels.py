"""What the start page shows of dossiers: last days, reminders, the registration."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest

from .dossier_dates import last_days, near
from .models import Enrolment
from .reminding.going_out import going_out
from .watching.registration import watch

MOST = 8
DO = ("view", "change")

WEEK = timedelta(days=6)
"""Today and six days more."""


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


def week_ahead(*, on: date) -> dict[str, Any]:
    """Return the context of ``admin/programs/_week_ahead.html``."""
    planned = going_out(on=on, until=on + WEEK)
    return {
        "reminders_count": sum(one.may_go for one in planned),
        "reminders_unaddressed": sum(not one.address for one in planned),
    }


def registration(request: HttpRequest, *, on: date) -> dict[str, Any]:
    """Return the context of ``admin/programs/_registration.html`` (REG-4).

    Nothing for somebody who works with none of what it is about.
    """
    may = {
        name: any(request.user.has_perm(f"programs.{do}_{name}") for do in DO)
        for name in ("registration", "course", "enrolment")
    }
    return {
        "registration_watch": watch(on=on) if any(may.values()) else None,
        "may_see_courses": may["course"],
        "may_see_enrolments": may["enrolment"],
        "may_renew": request.user.has_perm("programs.add_registration"),
    }
