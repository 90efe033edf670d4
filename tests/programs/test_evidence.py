"""What the file of a dossier must hold (DOS-9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from programs.evidence import (
    Day,
    Facts,
    Gap,
    Lamp,
    Person,
    Piece,
    Presence,
    Standing,
    completeness,
    lamp,
)

FIRST, LAST = date(2026, 3, 12), date(2026, 3, 19)
INVOICE_BY = date(2026, 4, 15)
LATER = date(2026, 5, 1)
KEYS = {FIRST: 11, LAST: 12}
ANNA, BART = Person(1, "Anna", has_certificate=True), Person(2, "Bart", True)


def came(person: int, day: date, *, signed: bool = True) -> Presence:
    return Presence(person, KEYS[day], is_present=True, is_signed=signed)


def absent(person: int, day: date) -> Presence:
    return Presence(person, KEYS[day], is_present=False, is_signed=False)


COMPLETE = Facts(
    today=LATER,
    is_training=True,
    days=(Day(11, FIRST), Day(12, LAST)),
    people=(ANNA, BART),
    presences=tuple(came(one, day) for one in (1, 2) for day in (FIRST, LAST)),
    has_confirmation=True,
    has_invoice=True,
    invoice_by=INVOICE_BY,
    is_paid=True,
)
NOTHING = replace(
    COMPLETE,
    people=(Person(1, "Anna"), Person(2, "Bart")),
    presences=(),
    has_confirmation=False,
    has_invoice=False,
    is_paid=False,
)


def standings(facts: Facts) -> dict[Piece, Standing]:
    return {found.piece: found.standing for found in completeness(facts)}


def gaps(facts: Facts, piece: Piece) -> tuple[Gap, ...]:
    return next(found.gaps for found in completeness(facts) if found.piece is piece)


def test_a_complete_file_has_every_piece() -> None:
    found = completeness(COMPLETE)

    assert [one.piece for one in found] == list(Piece)
    assert all(one.is_there and not one.gaps for one in found)
    assert lamp(found) is Lamp.GREEN


def test_an_empty_one_lacks_every_piece_but_the_money_is_no_fault_of_hers() -> None:
    assert standings(NOTHING) == {
        Piece.CONFIRMATION: Standing.MISSING,
        Piece.ATTENDANCE: Standing.MISSING,
        Piece.CERTIFICATE: Standing.MISSING,
        Piece.INVOICE: Standing.MISSING,
        Piece.PAYMENT: Standing.LATER,
    }
    assert lamp(completeness(NOTHING)) is Lamp.RED


DUE = [
    (Piece.CONFIRMATION, FIRST),
    (Piece.ATTENDANCE, FIRST),
    (Piece.CERTIFICATE, LAST),
    (Piece.INVOICE, INVOICE_BY),
]


@pytest.mark.parametrize(("piece", "last_day"), DUE)
def test_a_piece_is_missing_from_the_day_after(piece: Piece, last_day: date) -> None:
    on_it = replace(NOTHING, today=last_day)
    after = replace(NOTHING, today=date.fromordinal(last_day.toordinal() + 1))

    assert standings(on_it)[piece] is Standing.LATER
    assert standings(after)[piece] is Standing.MISSING


def test_before_it_starts_nothing_is_missing() -> None:
    found = completeness(replace(NOTHING, today=FIRST))

    assert lamp(found) is Lamp.AMBER
    assert all(one.gaps for one in found)


ATTENDANCE = [
    (
        "a day that nobody filled in",
        replace(COMPLETE, presences=(came(1, FIRST), came(2, FIRST))),
        (Gap("not_recorded", LAST, ("Anna", "Bart")),),
    ),
    (
        "one who was forgotten",
        replace(COMPLETE, presences=COMPLETE.presences[:3]),
        (Gap("not_recorded", LAST, ("Bart",)),),
    ),
    (
        "one who did not sign",
        replace(
            COMPLETE, presences=(*COMPLETE.presences[:3], came(2, LAST, signed=False))
        ),
        (Gap("not_signed", LAST, ("Bart",)),),
    ),
    (
        "the signed list was attached",
        replace(
            COMPLETE,
            days=(Day(11, FIRST), Day(12, LAST, has_list=True)),
            presences=(*COMPLETE.presences[:3], came(2, LAST, signed=False)),
        ),
        (),
    ),
    (
        "the list alone does not say who came",
        replace(
            COMPLETE,
            days=(Day(11, FIRST), Day(12, LAST, has_list=True)),
            presences=COMPLETE.presences[:3],
        ),
        (Gap("not_recorded", LAST, ("Bart",)),),
    ),
    (
        "who was absent has nothing to sign",
        replace(COMPLETE, presences=(*COMPLETE.presences[:3], absent(2, LAST))),
        (),
    ),
    (
        "a day still to come is not told beside one that went by",
        replace(COMPLETE, presences=(), today=LAST),
        (Gap("not_recorded", FIRST, ("Anna", "Bart")),),
    ),
    (
        "all is in order so far",
        replace(COMPLETE, presences=(came(1, FIRST), came(2, FIRST)), today=LAST),
        (Gap("not_recorded", LAST, ("Anna", "Bart")),),
    ),
]


@pytest.mark.parametrize(
    ("facts", "missing"),
    [row[1:] for row in ATTENDANCE],
    ids=[r[0] for r in ATTENDANCE],
)
def test_attendance_is_asked_of_each_person_each_day(
    facts: Facts, missing: tuple[Gap, ...]
) -> None:
    assert gaps(facts, Piece.ATTENDANCE) == missing


def test_without_days_or_people_it_is_too_early_to_say() -> None:
    no_days = replace(NOTHING, days=(), invoice_by=None)
    nobody = replace(NOTHING, people=())

    assert gaps(no_days, Piece.ATTENDANCE) == (Gap("no_days"),)
    assert gaps(nobody, Piece.ATTENDANCE) == (Gap("nobody"),)
    assert gaps(nobody, Piece.CERTIFICATE) == (Gap("nobody"),)
    assert lamp(completeness(no_days)) is Lamp.AMBER


def test_a_certificate_is_asked_for_each_person_who_came() -> None:
    bart = Person(2, "Bart")
    lacking = replace(COMPLETE, people=(ANNA, bart))
    never_came = replace(
        lacking,
        presences=(*COMPLETE.presences[:2], absent(2, FIRST), absent(2, LAST)),
    )
    came_once = replace(
        lacking,
        presences=(*COMPLETE.presences[:2], came(2, FIRST), absent(2, LAST)),
    )
    half_known = replace(lacking, presences=(*COMPLETE.presences[:2], absent(2, FIRST)))

    wanted = (Gap("no_certificate", names=("Bart",)),)
    assert gaps(lacking, Piece.CERTIFICATE) == wanted
    assert gaps(came_once, Piece.CERTIFICATE) == wanted
    assert gaps(half_known, Piece.CERTIFICATE) == wanted
    assert gaps(never_came, Piece.CERTIFICATE) == ()


def test_what_is_not_paid_yet_is_no_fault_of_the_file() -> None:
    unpaid = replace(COMPLETE, is_paid=False)

    assert gaps(unpaid, Piece.PAYMENT) == (Gap("not_paid"),)
    assert lamp(completeness(unpaid)) is Lamp.AMBER


def test_of_advice_no_attendance_and_no_certificates_are_asked() -> None:
    assert list(standings(replace(NOTHING, is_training=False))) == [
        Piece.CONFIRMATION,
        Piece.INVOICE,
        Piece.PAYMENT,
    ]


def test_two_sessions_on_one_day_are_two() -> None:
    twice = replace(
        COMPLETE,
        days=(Day(11, FIRST), Day(12, FIRST)),
        presences=(came(1, FIRST), came(2, FIRST)),
    )

    assert gaps(twice, Piece.ATTENDANCE) == (
        Gap("not_recorded", FIRST, ("Anna", "Bart")),
    )
