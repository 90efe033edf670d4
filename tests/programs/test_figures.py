"""What dossiers bring, what clients used of the cap, and how courses fill up."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from programs.figures import Filling, Room, brought, filling, rooms
from programs.models import Course, DossierStep, Enrolment, SchemeTerms
from programs.road import ENDS, State
from programs.room import room_used
from tests.factories import (
    MONDAY,
    CourseFactory,
    ElsewhereUseFactory,
    EnrolmentFactory,
    ParticipantFactory,
    SessionFactory,
    SmallClientFactory,
    noon,
)
from tests.programs.test_road import ROOM

pytestmark = pytest.mark.django_db

D = Decimal
TODAY = date(2026, 11, 25)


def dossier(
    estimate: int | None, granted: int | None = None, **fields: Any
) -> Enrolment:
    """Return an enrolment by wallet, applied for unless ``fields`` say otherwise."""
    values: dict[str, Any] = {
        "uses_wallet": True,
        "applied_on": MONDAY,
        "state": State.APPLIED,
        "granted_subsidy": granted,
    }
    if estimate is not None:
        values |= {
            "subsidy_estimate": estimate,
            "subsidy_base": 10_000,
            "subsidy_rate": 30,
            "subsidy_year": 2026,
        }
    return EnrolmentFactory.create(**values | fields)


def test_what_was_granted_stands_apart_from_what_is_estimated(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """SUB-2."""
    dossier(300, 250)
    dossier(40, 0)
    dossier(20)
    dossier(6, state=State.AGREED, applied_on=None)
    dossier(None)

    with django_assert_num_queries(1):
        found = brought(year=2026)

    assert [found.granted, found.asked, found.to_ask] == [250, 20, 6]
    assert (found.granted_count, found.asked_count, found.to_ask_count) == (2, 2, 1)
    assert [found.estimated, found.total, found.count] == [26, 276, 5]


YEARS = {
    "the year of the cap": (300, {"subsidy_year": 2026}, 300),
    "the year before": (300, {"subsidy_year": 2025}, 0),
    "granted, applied on 1 January": (None, {"applied_on": date(2026, 1, 1)}, 250),
    "granted, applied on 31 December": (None, {"applied_on": date(2026, 12, 31)}, 250),
    "granted, applied a day earlier": (None, {"applied_on": date(2025, 12, 31)}, 0),
    "granted, applied a day later": (None, {"applied_on": date(2027, 1, 1)}, 0),
}


@pytest.mark.parametrize(("estimate", "fields", "total"), YEARS.values(), ids=YEARS)
def test_the_year_is_that_of_the_application(
    estimate: int | None, fields: dict[str, Any], total: int
) -> None:
    """SUB-3."""
    dossier(estimate, None if estimate else 250, **fields)

    assert brought(year=2026).total == total


@pytest.mark.parametrize("state", ENDS)
def test_what_ended_without_subsidy_brings_none(state: State) -> None:
    dossier(300, state=state)

    assert brought(year=2026).count == 0


def test_without_dossiers_nothing_was_brought() -> None:
    EnrolmentFactory.create()

    found = brought(year=2026)

    assert [found.total, found.count] == [0, 0]


def ended(enrolment: Enrolment, on: date) -> None:
    DossierStep.objects.create(
        enrolment=enrolment,
        state=enrolment.state,
        happened_on=on,
        reason="Ziek",
        recorded_at=noon(on),
    )


@pytest.mark.parametrize(
    ("state", "applied", "ended_on", "takes"), ROOM.values(), ids=ROOM
)
def test_room_is_used_as_the_road_says(
    state: State, applied: date | None, ended_on: date | None, takes: bool
) -> None:
    """SUB-3: by the same table as ``road.takes_room``, with the same sum."""
    one = dossier(300, state=state, applied_on=applied)
    if ended_on:
        ended(one, ended_on)

    used = [room.used for room in rooms(on=TODAY, most=8)]

    assert used == ([300] if takes else [])
    assert room_used(one.client, year=2026) == sum(used)


def test_an_end_that_was_taken_back_does_not_count() -> None:
    """SUB-3: the end that stands lies within the year, and gives its room back."""
    one = dossier(300, state=State.STOPPED)
    ended(one, date(2027, 1, 1))
    wrong = one.steps.get()
    wrong.corrected_at = noon(date(2027, 1, 2))
    wrong.correction = "Fout"
    wrong.save()
    ended(one, date(2026, 12, 31))

    assert rooms(on=TODAY, most=8) == []
    assert room_used(one.client, year=2026) == 0


def of(client: Client) -> Room:
    return next(one for one in rooms(on=TODAY, most=8) if one.client_id == client.pk)


def test_all_that_a_client_used_is_counted_once(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    """SUB-7: granted before estimated, told use elsewhere with it."""
    client = SmallClientFactory.create(trade_name="De Korenaar")
    dossier(300, 250, client=client)
    dossier(40, client=client)
    dossier(9000, client=client, subsidy_year=2025)
    EnrolmentFactory.create(client=client)
    ElsewhereUseFactory.create(client=client, amount=1000)
    ElsewhereUseFactory.create(client=client, amount=5000, year=2025)

    with django_assert_num_queries(2):
        found = of(client)

    assert (found.name, found.used, found.left) == ("De Korenaar", D(1290), D(6210))
    assert room_used(client, year=2026) == 1290


def test_use_elsewhere_alone_is_room_too() -> None:
    """SUB-7."""
    assert of(ElsewhereUseFactory.create(amount=1000).client).used == 1000


FULL = {
    "room enough": ("6749.99", False, False),
    "nine tenths": ("6750", True, False),
    "a cent left": ("7499.99", True, False),
    "all of it": ("7500", True, True),
    "more than there is": ("8000", True, True),
}


@pytest.mark.parametrize(("used", "almost", "full"), FULL.values(), ids=FULL)
def test_it_warns_when_little_is_left(used: str, almost: bool, full: bool) -> None:
    """SUB-1."""
    found = of(ElsewhereUseFactory.create(amount=D(used)).client)

    assert (found.is_almost_full, found.is_full) == (almost, full)
    assert found.left == max(7500 - D(used), 0)


def test_those_that_used_most_come_first_and_the_others_are_left_out() -> None:
    for amount in (100, 3000, 200, 0):
        ElsewhereUseFactory.create(amount=amount)

    assert [one.used for one in rooms(on=TODAY, most=2)] == [3000, 200]
    assert [one.used for one in rooms(on=TODAY, most=8)] == [3000, 200, 100]


def test_without_terms_there_is_no_cap_to_use() -> None:
    ElsewhereUseFactory.create()
    SchemeTerms.objects.all().delete()

    assert rooms(on=TODAY, most=8) == []


def test_a_course_counts_its_people_and_its_enrolments(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    course = CourseFactory.create(capacity=12)
    for days in (0, 7):
        SessionFactory.create(course=course, day=TODAY + timedelta(days=days))
    first, _without_people = EnrolmentFactory.create_batch(2, course=course)
    ParticipantFactory.create_batch(3, enrolment=first)
    SessionFactory.create(day=TODAY - timedelta(days=1))
    SessionFactory.create(day=TODAY + timedelta(days=61))

    with django_assert_num_queries(1):
        (found,) = filling(first=TODAY, last=TODAY + timedelta(days=60), most=8)

    assert (found.course, found.people, found.enrolments) == (course, 3, 2)
    assert (found.starts_on, found.places) == (TODAY, 12)


PLACES = {
    "places left": (3, False, False),
    "the last place is taken": (2, True, False),
    "more than there are": (1, True, True),
    "no place at all": (0, True, True),
    "nobody wrote it down": (None, False, False),
}


@pytest.mark.parametrize(("places", "full", "too_full"), PLACES.values(), ids=PLACES)
def test_a_course_is_full_when_its_places_are_taken(
    places: int | None, full: bool, too_full: bool
) -> None:
    found = Filling(Course(capacity=places), TODAY, people=2, enrolments=1)

    assert (found.is_full, found.is_too_full) == (full, too_full)
