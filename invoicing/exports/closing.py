"""Closing the books after a pack, and what to look at before (EXP-4, INV-5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.utils import get_history_manager_for_model

from invoicing.models import (
    BankTransaction,
    BookClosing,
    ExportPack,
    Invoice,
    NumberSeries,
    Receipt,
)

from .period import Preset, period_of

MOST = 10
"""Drafts that are named."""


class NotClosed(Exception):
    """The books are not closed, or opened, so; the message is for the owner."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What closing up to a day would leave behind.

    ``drafts`` are of services up to that day: once it is closed they are dated later
    (INV-5). ``astray`` are the receipts on which too much came, ``unbooked``
    what came in at the bank and nobody booked or set aside.
    """

    until: date
    pack: ExportPack | None
    draft_count: int
    drafts: list[Invoice]
    astray: int
    unbooked: int


def proposed(today: date) -> date:
    """Return the day to propose: the last one of the last quarter."""
    return period_of(Preset.LAST_QUARTER, today=today).until


def refusal(until: date, *, today: date) -> str:
    """Return why the books cannot be closed up to ``until``, "" where they can."""
    if until >= today:
        return _("Only days that are over are closed.")
    closed = BookClosing.objects.closed_until()
    if closed is not None and until <= closed:
        return _("The books are closed up to %s already.") % date_format(closed)
    return ""


def outlook(until: date) -> Outlook:
    """Return what to look at before the books are closed up to ``until``."""
    drafts = Invoice.objects.drafts().filter(service_until__lte=until)
    astray = Receipt.objects.filter(invoice__issued_on__lte=until, open__lt=0)
    return Outlook(
        until=until,
        pack=ExportPack.objects.filter(until=until).first(),
        draft_count=drafts.count(),
        drafts=list(
            drafts.select_related("client").order_by("service_until", "pk")[:MOST]
        ),
        astray=astray.count(),
        unbooked=BankTransaction.objects.to_look_at()
        .filter(booked_on__lte=until, amount__gt=0)
        .count(),
    )


@transaction.atomic
def close(until: date, *, today: date, by: User | None) -> BookClosing:
    """Close the books up to ``until``, that day included, and return the closing.

    Waits for who is issuing: they hold their series until they are done, and look at
    the closings after they took it. Raises NotClosed where ``refusal`` says why.
    """
    NumberSeries.objects.lock_all(year=until.year)
    if why := refusal(until, today=today):
        raise NotClosed(why)
    return BookClosing.objects.create(until=until, closed_by=by)


@transaction.atomic
def reopen(
    closing_id: int, *, reason: str, now: datetime, by: User | None
) -> BookClosing:
    """Undo a closing, with the reason, and return it; its history keeps who did.

    Raises NotClosed without a reason, where it was undone already, and where a later
    one is in force: it would stay closed.
    """
    closing = BookClosing.objects.select_for_update(of=["self"]).get(pk=closing_id)
    if closing.reopened_at is not None:
        raise NotClosed(
            _("It was reopened already, on %s.") % date_format(closing.reopened_at)
        )
    if not reason.strip():
        raise NotClosed(_("Say why: the reason is kept."))
    if later := _later(closing):
        raise NotClosed(
            _("The books are closed up to %(day)s: reopen that of %(day)s first.")
            % {"day": later}
        )
    closing.reopened_at, closing.reopened_because = now, reason.strip()
    setattr(closing, "_history_user", by)  # noqa: B010 – the library's name
    closing.save()
    return closing


def reopened_by(closing: BookClosing) -> User | None:
    """Return who undid a closing, ``None`` where nobody did, or a command."""
    records = get_history_manager_for_model(BookClosing)
    undone = records.filter(id=closing.pk, reopened_at__isnull=False)
    first = undone.select_related("history_user").order_by("history_id").first()
    who: User | None = first and first.history_user
    return who


def _later(closing: BookClosing) -> BookClosing | None:
    """Return the last closing in force that reaches as far, or further."""
    further = Q(until__gt=closing.until) | Q(until=closing.until, pk__gt=closing.pk)
    return BookClosing.objects.in_force().filter(further).order_by("until", "pk").last()
