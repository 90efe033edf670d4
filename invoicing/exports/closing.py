"""Closing the books after a pack, and what to look at before (EXP-4, INV-5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from invoicing.models import (
    BankTransaction,
    BookClosing,
    ExportPack,
    Invoice,
    Receipt,
)

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

    Raises NotClosed where ``refusal`` says why.
    """
    if why := refusal(until, today=today):
        raise NotClosed(why)
    return BookClosing.objects.create(until=until, closed_by=by)


@transaction.atomic
def reopen(closing_id: int, *, reason: str, now: datetime) -> BookClosing:
    """Undo a closing, with the reason, and return it.

    Raises NotClosed without a reason, and where it was undone already.
    """
    closing = BookClosing.objects.select_for_update(of=["self"]).get(pk=closing_id)
    if closing.reopened_at is not None:
        raise NotClosed(
            _("It was reopened already, on %s.") % date_format(closing.reopened_at)
        )
    if not reason.strip():
        raise NotClosed(_("Say why: the reason is kept."))
    closing.reopened_at, closing.reopened_because = now, reason.strip()
    closing.save()
    return closing
