"""What the file of a dossier must hold, and what of it is still missing.

Pure; the clock is an argument. DOS-9 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Piece(StrEnum):
    """What an inspector asks for, in the order of the road."""

    CONFIRMATION = "confirmation"
    ATTENDANCE = "attendance"
    CERTIFICATE = "certificate"
    INVOICE = "invoice"
    PAYMENT = "payment"


class Standing(StrEnum):
    """How it is with one piece."""

    THERE = "there"
    LATER = "later"
    MISSING = "missing"


class Lamp(StrEnum):
    """How it is with the whole file."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Day:
    """A session: its key and day, and whether its signed list was attached."""

    key: int
    day: date
    has_list: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """What was recorded of one person at one session, both by their keys."""

    person: int
    session: int
    is_present: bool
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A participant, and whether a certificate of theirs is in the file."""

    key: int
    name: str
    has_certificate: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a dossier.

    ``invoice_by`` is the last day to issue (INV-5). Of advice neither attendance nor
    certificates are asked.
    """

    today: date
    is_training: bool
    days: Sequence[Day]
    people: Sequence[Person]
    presences: Sequence[Presence]
    has_confirmation: bool
    has_invoice: bool
    invoice_by: date | None
    is_paid: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing: a code, the day and the people it is about."""

    code: str
    day: date | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of the file, how it stands, and what is missing of it."""

    piece: Piece
    standing: Standing
    gaps: tuple[Gap, ...] = ()

    @property
    def is_there(self) -> bool:
        """True where nothing of it is missing."""
        return self.standing is Standing.THERE


def completeness(facts: Facts) -> list[Finding]:
    """Return how each piece of a dossier stands (DOS-9).

    Missing is what should be there by now; what is due later is no fault yet. The
    same is asked of an assignment without subsidy.
    """
    found = [_confirmation(facts)]
    if facts.is_training:
        found += [_attendance(facts), _certificates(facts)]
    return [*found, _invoice(facts), _payment(facts)]


def lamp(findings: Sequence[Finding]) -> Lamp:
    """Return red where a piece is missing, green where all are there, else amber."""
    standings = {finding.standing for finding in findings}
    if Standing.MISSING in standings:
        return Lamp.RED
    return Lamp.GREEN if standings == {Standing.THERE} else Lamp.AMBER


def _confirmation(facts: Facts) -> Finding:
    """The confirmation comes before the training starts."""
    if facts.has_confirmation:
        return Finding(Piece.CONFIRMATION, Standing.THERE)
    first = min((day.day for day in facts.days), default=None)
    return _not_there(
        Piece.CONFIRMATION, [Gap("no_confirmation")], is_due=_is_past(first, facts)
    )


def _attendance(facts: Facts) -> Finding:
    """Each person is recorded on each day; whoever came has signed."""
    if not facts.days:
        return Finding(Piece.ATTENDANCE, Standing.LATER, (Gap("no_days"),))
    if not facts.people:
        return Finding(Piece.ATTENDANCE, Standing.LATER, (Gap("nobody"),))
    gaps = [gap for day in facts.days for gap in _day_gaps(day, facts)]
    is_due = any(_is_past(gap.day, facts) for gap in gaps)
    if is_due:  # the days to come are no news beside those that went by
        gaps = [gap for gap in gaps if _is_past(gap.day, facts)]
    return _not_there(Piece.ATTENDANCE, gaps, is_due=is_due)


def _day_gaps(day: Day, facts: Facts) -> Iterator[Gap]:
    """Yield who was not recorded on ``day``, then who came without signing."""
    recorded = {one.person: one for one in facts.presences if one.session == day.key}
    absent = tuple(one.name for one in facts.people if one.key not in recorded)
    if absent:
        yield Gap("not_recorded", day.day, absent)
    if day.has_list:
        return
    unsigned = tuple(
        one.name
        for one in facts.people
        if one.key in recorded
        and recorded[one.key].is_present
        and not recorded[one.key].is_signed
    )
    if unsigned:
        yield Gap("not_signed", day.day, unsigned)


def _certificates(facts: Facts) -> Finding:
    """A certificate for each person, but for whoever never came."""
    if not facts.people:
        return Finding(Piece.CERTIFICATE, Standing.LATER, (Gap("nobody"),))
    lacking = tuple(
        one.name
        for one in facts.people
        if not one.has_certificate and not _never_came(one, facts)
    )
    last = max((day.day for day in facts.days), default=None)
    gaps = [Gap("no_certificate", names=lacking)] if lacking else []
    return _not_there(Piece.CERTIFICATE, gaps, is_due=_is_past(last, facts))


def _never_came(person: Person, facts: Facts) -> bool:
    """Tell whether ``person`` was recorded as absent on every day."""
    days = {day.key for day in facts.days}
    own = [one for one in facts.presences if one.person == person.key]
    return (
        bool(days)
        and {one.session for one in own} >= days
        and not any(one.is_present for one in own)
    )


def _invoice(facts: Facts) -> Finding:
    """An invoice that was issued and stands."""
    gaps = [] if facts.has_invoice else [Gap("no_invoice")]
    return _not_there(Piece.INVOICE, gaps, is_due=_is_past(facts.invoice_by, facts))


def _payment(facts: Facts) -> Finding:
    """The money: reminding of it is another matter than keeping the file."""
    gaps = [] if facts.is_paid else [Gap("not_paid")]
    return _not_there(Piece.PAYMENT, gaps, is_due=False)


def _not_there(piece: Piece, gaps: Sequence[Gap], *, is_due: bool) -> Finding:
    if not gaps:
        return Finding(piece, Standing.THERE)
    return Finding(piece, Standing.MISSING if is_due else Standing.LATER, tuple(gaps))


def _is_past(day: date | None, facts: Facts) -> bool:
    return day is not None and day < facts.today
