"""What changed after it was handed over to the accountant (EXP-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from heapq import merge
from itertools import chain
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from invoicing.documents.document import Kind
from invoicing.models import ExportPack, Invoice, Payment, PaymentKind
from ownyourstory.tables import Cell, Column, Table
from programs.road import ENDS, State
from programs.wording import STATES

from . import handed_over
from .handed_over import Before, Handed
from .period import Period
from .revenue import issued_in, net_of_notes
from .settings_changed import settings_changed

RECORDED = {
    PaymentKind.RECEIVED: lambda: _("payment recorded"),
    PaymentKind.REFUNDED: lambda: _("paid back"),
    PaymentKind.LET_GO: lambda: _("written off"),
}

WHILE_IT_WAS_MADE = timedelta(minutes=10)
"""As long as anything may take from its moment until it is stored."""

Row = tuple[Any, ...]


def handed_before(period: Period) -> Before:
    """Return which days the accountant has, now that ``period`` is handed over.

    What was recorded shortly before a pack may have been stored while that was made,
    and not be in it: it is told again, rather once too often than never.
    """
    packs = ExportPack.objects.order_by().values_list("first", "until", "made_at")
    return handed_over.before(
        period,
        [
            Handed(Period(first, until), at - WHILE_IT_WAS_MADE)
            for first, until, at in packs
        ],
    )


def changes(before: Before) -> Table:
    """Return what came to the days that were handed over, in its order.

    Of each day since the accountant has it: new documents, credit notes of a later day
    on its documents, payments and payments taken back, dossiers that ended without
    subsidy; and settings that show in the journal. Days of the period itself that were
    in no pack, while others were, come first: one row for each stretch of them, with
    how many documents there are and what they come to. Nothing where nothing was
    handed over before.
    """
    return Table(
        name="changes",
        title=_("Changed since the last pack"),
        columns=(
            Column(_("at")),
            Column(_("what")),
            Column(_("number")),
            Column(_("client")),
            Column(_("dated"), Cell.DAY),
            Column(_("amount in EUR"), Cell.AMOUNT),
            Column(_("remark")),
        ),
        rows=lambda: _rows(before),
    )


def _rows(before: Before) -> Iterator[Row]:
    """Yield the rows; their moments are those of the clock here, to the minute."""
    handed = before.handed
    dated = merge(
        _documents(handed),
        _recorded(handed),
        _taken_back(handed),
        _ended(handed),
        _ends_taken_back(handed),
        _settings(handed),
        key=lambda row: row[0],
    )
    for at, *rest in chain(_never(before.never), dated if handed else ()):
        yield at and f"{timezone.localtime(at):%Y-%m-%d %H:%M}", *rest


def _never(periods: tuple[Period, ...]) -> Iterator[Row]:
    for period in periods:
        sums = issued_in(period).aggregate(
            count=Count("pk"), gross=net_of_notes("gross")
        )
        if sums["count"]:
            said = ngettext(
                "%(count)s document from %(first)s to %(until)s",
                "%(count)s documents from %(first)s to %(until)s",
                sums["count"],
            ) % {
                "count": sums["count"],
                "first": date_format(period.first),
                "until": date_format(period.until),
            }
            what = _("not handed over before")
            yield None, what, "", "", None, sums["gross"], said


def _documents(handed: tuple[Handed, ...]) -> Iterator[Row]:
    """Yield the documents issued since, and later credit notes on older ones."""
    of_days = _any(
        handed,
        lambda days, since: (
            Q(issued_at__gt=since)
            & (Q(issued_on__range=days) | Q(credits__issued_on__range=days))
        ),
    )
    fields = ("issued_at", "kind", "number", "buyer_name", "issued_on", "gross")
    found = Invoice.objects.issued().filter(of_days).order_by("issued_at", "pk")
    for at, kind, number, buyer, on, gross, why in found.values_list(
        *fields, "credit_reason"
    ).iterator():
        is_note = kind == Kind.CREDIT_NOTE
        what = _("new credit note") if is_note else _("new invoice")
        yield at, what, number, buyer, on, -gross if is_note else gross, why


def _recorded(handed: tuple[Handed, ...]) -> Iterator[Row]:
    for at, kind, *rest in _payments(handed, "recorded_at", "reason"):
        yield at, RECORDED[PaymentKind(kind)](), *rest


def _taken_back(handed: tuple[Handed, ...]) -> Iterator[Row]:
    for at, _kind, *rest in _payments(handed, "corrected_at", "correction"):
        yield at, _("payment taken back"), *rest


def _payments(handed: tuple[Handed, ...], moment: str, why: str) -> Iterator[Row]:
    """Yield the payments of the documents of these days, or dated on them."""
    of_days = _any(
        handed,
        lambda days, since: (
            Q(**{f"{moment}__gt": since})
            & (Q(invoice__issued_on__range=days) | Q(received_on__range=days))
        ),
    )
    fields = ("invoice__number", "invoice__buyer_name", "received_on", "amount")
    found = Payment.objects.filter(of_days).order_by(moment, "pk")
    yield from found.values_list(moment, "kind", *fields, why).iterator()


def _ended(handed: tuple[Handed, ...]) -> Iterator[Row]:
    for at, state, *rest, why in _ends(handed, "recorded_at", "reason"):
        what = _("dossier ended without subsidy")
        yield at, what, *rest, None, f"{STATES[State(state)]}: {why}"


def _ends_taken_back(handed: tuple[Handed, ...]) -> Iterator[Row]:
    for at, _state, *rest, why in _ends(handed, "corrected_at", "correction"):
        yield at, _("end of dossier taken back"), *rest, None, why


def _ends(handed: tuple[Handed, ...], moment: str, why: str) -> Iterator[Row]:
    """Yield the ends of dossiers by which what was owed is owed directly (DOS-6)."""
    step = "enrolment__steps__"
    of_days = _any(
        handed,
        lambda days, since: (
            Q(**{f"{step}{moment}__gt": since}) & Q(issued_on__range=days)
        ),
    )
    found = Invoice.objects.issued().filter(
        of_days, kind=Kind.INVOICE, via_wallet=True, **{f"{step}state__in": ENDS}
    )
    fields = ("number", "buyer_name", f"{step}happened_on", f"{step}{why}")
    yield from (
        found.order_by(f"{step}{moment}", "pk")
        .values_list(f"{step}{moment}", f"{step}state", *fields)
        .iterator()
    )


def _settings(handed: tuple[Handed, ...]) -> Iterator[Row]:
    for at, said in settings_changed(min(one.made_at for one in handed)):
        yield at, _("settings changed"), "", "", None, None, said


def _any(
    handed: tuple[Handed, ...], condition: Callable[[tuple[Any, Any], datetime], Q]
) -> Q:
    """Return what holds for any of these stretches of days, each with its moment."""
    found = Q()
    for one in handed:
        found |= condition(one.period.days, one.made_at)
    return found
