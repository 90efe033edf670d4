"""A late invoice that is disputed, beside those that are only late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from invoicing.documents.document import Kind
from invoicing.dunning import disputing
from programs.models import Enrolment

from .days import workday

DISPUTED = {
    "robotics_past": (-5, "De klant telde één deelnemer minder dan we factureerden."),
}
"""Enrolments whose invoice is disputed: since when, in working days, and why."""


def put_in_disputes(enrolments: Mapping[str, Enrolment], *, today: date) -> None:
    """Note the disputes that are missing."""
    for name, (offset, reason) in DISPUTED.items():
        invoice = enrolments[name].invoices.filter(kind=Kind.INVOICE).earliest("pk")
        if not invoice.disputes.exists():
            disputing.dispute(
                invoice.pk,
                reason=reason,
                since=workday(today, offset),
                today=today,
                by=None,
            )
