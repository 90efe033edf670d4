"""The payments of a period, what was taken back of them apart (PAY-2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.models import Channel, Payment, PaymentKind
from ownyourstory.tables import Cell, Column, Table

from .period import Period

FIELDS = (
    "received_on",
    "invoice__number",
    "invoice__buyer_name",
    "channel",
    "kind",
    "amount",
    "reason",
    "corrected_at",
    "correction",
)
AT_ONCE = 1000


class Taken(NamedTuple):
    """A payment as the database has it."""

    on: date
    number: str
    buyer: str
    road: str
    kind: str
    amount: Decimal
    reason: str
    corrected_at: datetime | None
    correction: str


def payments(period: Period) -> Table:
    """Return the payments dated in ``period``, each amount in the column of its kind.

    One that was taken back stands in a column of its own, whatever it was.
    """
    return Table(
        name="payments",
        title=_("Payments"),
        columns=(
            Column(_("on"), Cell.DAY),
            Column(_("invoice")),
            Column(_("client")),
            Column(_("comes")),
            Column(_("kind")),
            Column(_("received (EUR)"), Cell.AMOUNT),
            Column(_("paid back (EUR)"), Cell.AMOUNT),
            Column(_("written off (EUR)"), Cell.AMOUNT),
            Column(_("taken back (EUR)"), Cell.AMOUNT),
            Column(_("reason")),
            Column(_("taken back on"), Cell.DAY),
            Column(_("why it was taken back")),
        ),
        rows=lambda: _rows(period),
    )


def _rows(period: Period) -> Iterator[tuple[object, ...]]:
    found = Payment.objects.filter(received_on__range=period.days)
    ordered = found.order_by("received_on", "pk").values_list(*FIELDS)
    for one in map(Taken._make, ordered.iterator(AT_ONCE)):
        amounts: list[Decimal | None] = [
            one.amount if one.kind == kind and one.corrected_at is None else None
            for kind in (
                PaymentKind.RECEIVED,
                PaymentKind.REFUNDED,
                PaymentKind.LET_GO,
            )
        ]
        yield (
            one.on,
            one.number,
            one.buyer,
            Channel(one.road).label,
            PaymentKind(one.kind).label,
            *amounts,
            one.amount if one.corrected_at else None,
            one.reason,
            timezone.localdate(one.corrected_at) if one.corrected_at else None,
            one.correction,
        )
