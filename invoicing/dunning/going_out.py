"""Which payment reminders go out, when and to whom: PAY-2 and INV-8.

Only for what is paid directly to us. What the wallet pays gets help
(``programs.reminding``), never a reminder from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils import timezone

from clients.models import Client, ClientKind
from invoicing.documents.document import Kind
from invoicing.models import (
    Bookkeeping,
    Dispute,
    DunningLevel,
    DunningNotice,
    DunningPause,
    InvoiceStatus,
    Receipt,
)
from ownyourstory.outbox.models import State
from programs.reminding.going_out import address_of

from .claiming import Ground, claim, common_ground
from .costs import Claim
from .levels import Audience, next_turn

LEFT = (State.ACCEPTED, State.DELIVERED)
"""States of the post in which a reminder has left the house."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that is to go out on ``goes_on``, or would if nothing held it back.

    No ``address``: it cannot go.
    """

    receipt: Receipt
    level: DunningLevel
    goes_on: date
    claim: Claim
    address: str
    notice: DunningNotice | None
    dispute: Dispute | None
    pause: DunningPause | None

    @property
    def is_held(self) -> bool:
        return self.notice is not None and self.notice.is_held

    @property
    def may_go(self) -> bool:
        is_stopped = self.is_held or self.dispute is not None or self.pause is not None
        return bool(self.address) and not is_stopped


def audience_of(receipt: Receipt) -> Audience:
    """Return who is reminded of a receipt: a business or a consumer."""
    if receipt.invoice.client.kind == ClientKind.PERSON:
        return Audience.CONSUMER
    return Audience.BUSINESS


def going_out(
    receipts: models.QuerySet[Receipt] | None = None, *, on: date, until: date
) -> list[Planned]:
    """Return the next reminder of each late receipt up to a day, the first one first.

    Of all receipts, or of ``receipts``. Asks the same of the database however many
    there are.
    """
    ground = common_ground()
    found = [
        planned
        for receipt in _late(receipts, until=until)
        if (planned := _planned(receipt, ground, on=on)) is not None
        and planned.goes_on <= until
    ]
    return sorted(found, key=lambda one: (one.goes_on, one.receipt.pk))


def _late(
    receipts: models.QuerySet[Receipt] | None, *, until: date
) -> Iterator[Receipt]:
    """Yield the direct receipts with something open after their last day (PAY-2).

    Cents that the owner may write off are not worth a letter.
    """
    rows: Any = Receipt.objects.all() if receipts is None else receipts
    cents = Bookkeeping.objects.current().most_let_go
    late = (
        rows.direct()
        .to_come()
        .filter(
            open__gt=cents,
            due_on__lt=until,
            invoice__status=InvoiceStatus.ISSUED,
            invoice__kind=Kind.INVOICE,
            invoice__is_cancelled=False,
        )
    )
    notices = DunningNotice.objects.select_related("dispatch", "level", "held_by")
    yield from (
        late.select_related("invoice__client")
        .defer("invoice__record", "invoice__rule_sets")
        .prefetch_related(
            "invoice__client__contacts",
            "invoice__client__dunning_pauses",
            "invoice__payments",
            Prefetch("invoice__disputes", Dispute.objects.standing()),
            Prefetch("dunning_notices", notices),
        )
    )


def _planned(receipt: Receipt, ground: Ground, *, on: date) -> Planned | None:
    """Return the next reminder of a receipt, ``None`` where none is to come now.

    One that is in the post but has not left holds up the next.
    """
    rows = [
        row for row in receipt.dunning_notices.all() if row.due_on == receipt.due_on
    ]
    posted = [row for row in rows if row.dispatch is not None]
    if any(_is_under_way(row) for row in posted):
        return None
    audience = audience_of(receipt)
    levels = ground.levels_for(audience)
    left = [row for row in posted if not row.is_withdrawn]
    gone = {row.level.step: _left_on(row) for row in left}
    promised = next((row.pay_by for row in left if row.level.step == min(gone)), None)
    turn = next_turn(
        audience,
        [level.in_plan for level in levels],
        due_on=receipt.due_on,
        gone=gone,
        passed=[row.level.step for row in posted if row.is_withdrawn],
        promised=promised,
        terms=ground.terms,
        on=on,
    )
    if turn is None:
        return None
    level = next(one for one in levels if one.step == turn.step)
    goes_on = max(turn.goes_on, on)
    return Planned(
        receipt=receipt,
        level=level,
        goes_on=goes_on,
        claim=claim(receipt, level, ground, gone=gone, promised=promised, on=goes_on),
        address=address_of(receipt.invoice.client),
        notice=next((row for row in rows if row.level_id == level.pk), None),
        dispute=next(iter(receipt.invoice.disputes.all()), None),
        pause=_pause(receipt.invoice.client, on=goes_on),
    )


def _pause(client: Client, *, on: date) -> DunningPause | None:
    """Return why a client is not reminded on a day, ``None`` if it is."""
    pauses = client.dunning_pauses.all()
    return next((pause for pause in pauses if on in pause.window), None)


def _is_under_way(notice: DunningNotice) -> bool:
    dispatch = notice.dispatch
    return dispatch is not None and dispatch.state not in (*LEFT, State.WITHDRAWN)


def _left_on(notice: DunningNotice) -> date:
    """Return the day on which a reminder left, as its carrier accepted it."""
    moment = notice.dispatch.accepted_at if notice.dispatch else None
    if moment is None:
        raise ValueError(f"reminder {notice.pk} did not leave")
    return timezone.localtime(moment).date()
