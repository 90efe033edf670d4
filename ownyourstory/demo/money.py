"""Money that came in: in full, in part, two cents short, and by the wrong road."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from invoicing.documents.document import Kind
from invoicing.models import Channel
from invoicing.receipts import reading, recording
from invoicing.receipts.recording import Money
from programs.models import Enrolment

from .days import workday

CAME: dict[str, tuple[int, Channel, Decimal | None, Decimal]] = {
    "bakery_past": (-20, Channel.DIRECT, None, Decimal(0)),
    "brussels_past": (-15, Channel.DIRECT, None, Decimal("-0.02")),
    "robotics_past": (-12, Channel.DIRECT, Decimal(500), Decimal(0)),
    "sole_trader_past": (-4, Channel.DIRECT, None, Decimal(420)),
}
"""Of which enrolment something came: its day, its road, how much, and how much more
or less than that. ``None`` is all that was expected on that road."""


def put_in_money(enrolments: Mapping[str, Enrolment], *, today: date) -> None:
    """Record what came in for the invoices of ``enrolments``, once."""
    for name, (offset, channel, amount, more) in CAME.items():
        invoice = enrolments[name].invoices.filter(kind=Kind.INVOICE).earliest("pk")
        if invoice.payments.exists():
            continue
        day = workday(today, offset)
        expected = reading.receipts_of(invoice)[channel].expected
        recording.record(
            invoice.pk,
            Money(channel, (amount or expected) + more, day),
            now=timezone.make_aware(datetime.combine(day, time(9))),
            today=today,
            by=None,
        )
