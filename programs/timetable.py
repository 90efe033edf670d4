"""The timetable of a dossier: each last day, what it comes from and whether it was met.

Pure: the facts come from an enrolment, the numbers of days from the terms of the day
of its application, and today from the caller. DOS-2 to DOS-5, REG-6 and INV-5 in
docs/rules.md. A last day is itself in time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clients.validity import Window

from .deadlines import apply_by, contribution_by, issue_by, wallet_pays_by
from .road import ENDS, ROAD, State


class Kind(StrEnum):
    """What must happen by a day. The values are stored."""

    APPLY = "apply"
    CONTRIBUTE = "contribute"
    ORDER = "order"
    FINISH = "finish"
    REGISTRATION = "registration"
    ISSUE = "issue"


RULES = {
    Kind.APPLY: "DOS-2",
    Kind.CONTRIBUTE: "DOS-3",
    Kind.ORDER: "DOS-4",
    Kind.FINISH: "DOS-5",
    Kind.REGISTRATION: "REG-6",
    Kind.ISSUE: "INV-5",
}

OF_THE_CLIENT = (Kind.APPLY, Kind.CONTRIBUTE, Kind.ORDER, Kind.FINISH)
"""What the client has to do; the rest is ours."""


class Standing(StrEnum):
    """How a last day stands today."""

    DONE = "done"
    COMING = "coming"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each step may take.

    Those of the scheme are of the day of the application, or of today before there is
    one (SUB-3); ``order_within_days`` is our own, counted from the subsidy.
    """

    apply_within_days: int
    contribution_within_days: int
    finish_within_years: int
    order_within_days: int


@dataclass(frozen=True, slots=True)
class DossierDates:
    """What the last days of an enrolment follow from.

    ``first_day`` and ``ends_on`` are of the sessions, ``service_until`` of what is
    invoiced, ``registered_until`` is the last day of our registration for training.
    ``None`` is not known yet.
    """

    uses_wallet: bool = False
    state: State = State.AGREED
    first_day: date | None = None
    ends_on: date | None = None
    applied_on: date | None = None
    subsidised_on: date | None = None
    service_until: date | None = None
    registered_until: date | None = None
    is_invoiced: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day: what must happen by then, and whether it did.

    ``is_out_of_reach`` where it cannot be met as things are planned.
    """

    kind: Kind
    last_day: date
    is_done: bool = False
    is_out_of_reach: bool = False

    @property
    def rule(self) -> str:
        """The id of the rule that it comes from."""
        return RULES[self.kind]

    def days_left(self, on: date) -> int:
        """Return the days from ``on`` to the last day: 0 on that day, then negative."""
        return (self.last_day - on).days

    def standing(self, on: date) -> Standing:
        """Return how it stands on a day."""
        if self.is_done:
            return Standing.DONE
        left = self.days_left(on)
        if left < 0 or self.is_out_of_reach:
            return Standing.OVERDUE
        return Standing.COMING if left else Standing.TODAY


def timetable(dates: DossierDates, *, limits: Limits | None) -> list[Deadline]:
    """Return the deadlines that hold for an enrolment, the first last day first.

    Without ``limits`` the days that the scheme sets are not known. What does not
    apply is left out: a dossier that ended without subsidy only has to be invoiced,
    for refusal changes nothing in what was agreed (DOS-6).
    """
    found = list(_to_invoice(dates))
    if dates.uses_wallet and dates.state not in ENDS:
        found += _of_registration(dates)
        if limits is not None:
            found += _of_scheme(dates, limits)
    return sorted(found, key=lambda deadline: (deadline.last_day, deadline.kind))


def registered_until(windows: Iterable[Window], *, on: date) -> date | None:
    """Return the last day of our registration as it stands on a day (REG-4, REG-6).

    Of the period that began last, and of those that follow it without a day between;
    a day in the past where it ended, and ``None`` where none began or it is open.
    """
    until: date | None = None
    began = False
    for window in sorted(windows, key=lambda window: window.start):
        follows = until is not None and window.start <= until + timedelta(days=1)
        if window.start <= on or follows:
            began, until = True, window.until
        if began and until is None:
            return None
    return until


def _to_invoice(dates: DossierDates) -> Iterator[Deadline]:
    if dates.service_until is not None:
        last_day = issue_by(dates.service_until)
        yield Deadline(Kind.ISSUE, last_day, is_done=dates.is_invoiced)


def _of_registration(dates: DossierDates) -> Iterator[Deadline]:
    """Yield the last day on which a wallet invoice can be issued, until it is."""
    if dates.registered_until is not None and not dates.is_invoiced:
        yield Deadline(Kind.REGISTRATION, dates.registered_until)


def _of_scheme(dates: DossierDates, limits: Limits) -> Iterator[Deadline]:
    applied_on, state = dates.applied_on, dates.state
    if dates.first_day is not None:
        last_day = apply_by(dates.first_day, within_days=limits.apply_within_days)
        yield Deadline(Kind.APPLY, last_day, is_done=applied_on is not None)
    if applied_on is not None:
        within = limits.contribution_within_days
        yield Deadline(
            Kind.CONTRIBUTE,
            contribution_by(applied_on, within_days=within),
            is_done=_has_come_to(State.CONTRIBUTED, state),
        )
        finish = wallet_pays_by(applied_on, years=limits.finish_within_years)
        yield Deadline(
            Kind.FINISH,
            finish,
            is_done=state is State.PAID,
            is_out_of_reach=dates.ends_on is not None and dates.ends_on > finish,
        )
    if dates.subsidised_on is not None:
        yield Deadline(
            Kind.ORDER,
            dates.subsidised_on + timedelta(days=limits.order_within_days),
            is_done=_has_come_to(State.ORDERED, state),
        )


def _has_come_to(step: State, state: State) -> bool:
    """Tell whether ``state`` is ``step`` or further on the road."""
    return ROAD.index(state) >= ROAD.index(step)
