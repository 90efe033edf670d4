"""The last days of an enrolment and of a client, as panels of their pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from clients.models import Client
from programs.dossier_dates import deadlines_of, last_days
from programs.models import Enrolment
from programs.timetable import Kind

register = template.Library()

PANEL = "admin/programs/_deadlines.html"


@register.inclusion_tag(PANEL)
def enrolment_deadlines(enrolment: Enrolment) -> dict[str, Any]:
    """Show every last day of an enrolment, those met included."""
    return {
        "enrolment": enrolment,
        "last_days": deadlines_of(enrolment, timezone.localdate()),
    }


@register.inclusion_tag(PANEL)
def client_deadlines(client: Client) -> dict[str, Any]:
    """Show the last days of a client that are still to be met.

    The end of our registration only when it is near: it is the same for all.
    """
    found = last_days(
        Enrolment.objects.under_way().filter(client=client), on=timezone.localdate()
    )
    return {
        "last_days": [
            one
            for one in found
            if not one.is_done and (one.is_near or one.kind is not Kind.REGISTRATION)
        ]
    }
