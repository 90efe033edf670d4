"""Lists of participants: who a row is about, and that nobody is lost or doubled."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ownyourstory.importing.outcome import Fate, Outcome
from ownyourstory.importing.refusal import Unreadable
from programs import lifecycle
from programs.importing import ParticipantResource
from programs.models import Enrolment, Participant
from tests.factories import (
    MONDAY,
    EnrolmentFactory,
    ParticipantFactory,
    enrolled,
    issued_via_wallet,
    noon,
)
from tests.importing.lists import csv_of, workbook_of

pytestmark = pytest.mark.django_db

HEADER = ["Naam", "E-mail", "Functie"]


@pytest.fixture
def enrolment() -> Enrolment:
    made: Enrolment = EnrolmentFactory.create()
    return made


def tried(enrolment: Enrolment, *rows: list[Any], make: Any = csv_of) -> Outcome:
    return ParticipantResource(enrolment=enrolment).try_out(make([HEADER, *rows]))


def brought(enrolment: Enrolment, *rows: list[Any], make: Any = csv_of) -> list[Fate]:
    """Import ``rows`` as a user does who confirms what is shown; return their fates."""
    file = make([HEADER, *rows])
    shown = tried(enrolment, *rows, make=make)
    resource = ParticipantResource(enrolment=enrolment)
    outcome = resource.bring_in(file, shown=shown.digest)
    assert outcome is not None, shown.lines
    return [line.fate for line in outcome.lines]


def people(enrolment: Enrolment) -> list[tuple[str, str, str]]:
    return list(enrolment.participants.values_list("name", "email", "role"))


def message(outcome: Outcome) -> str:
    """Return what is wrong with the only wrong row."""
    (line,) = (line for line in outcome.lines if line.fate == Fate.WRONG)
    (mistake,) = line.mistakes
    return f"{line.number} {mistake.label}: {mistake.message}"


@pytest.mark.parametrize("make", [csv_of, workbook_of])
def test_a_list_of_twelve_people_is_brought_in(enrolment: Enrolment, make: Any) -> None:
    rows = [[f"Anna {n:02}", f"anna{n}@a.example", "bediende"] for n in range(12)]

    assert brought(enrolment, *rows, make=make) == [Fate.NEW] * 12
    assert people(enrolment)[0] == ("Anna 00", "anna0@a.example", "employee")
    assert Participant.history.count() == 12

    assert brought(enrolment, *rows, make=make) == [Fate.SAME] * 12
    assert len(people(enrolment)) == 12


ROLES = {
    "zaakvoerder": "entrepreneur",
    "Werknemer": "employee",
    "travailleur salarié": "employee",
    "helper": "helper",
    "": "employee",
}


@pytest.mark.parametrize(("typed", "role"), ROLES.items(), ids=ROLES)
def test_a_role_is_read_as_people_write(
    enrolment: Enrolment, typed: str, role: str
) -> None:
    brought(enrolment, ["Els", "", typed])

    assert people(enrolment) == [("Els", "", role)]


# Who a row is about


def test_somebody_is_known_by_name(enrolment: Enrolment) -> None:
    ParticipantFactory.create(enrolment=enrolment, name="Els Maes", role="helper")

    assert brought(enrolment, ["ELS  MAES", "els@a.example", ""]) == [Fate.CHANGED]
    assert people(enrolment) == [("ELS MAES", "els@a.example", "helper")]


def test_a_name_that_was_corrected_is_known_by_its_e_mail(enrolment: Enrolment) -> None:
    ParticipantFactory.create(
        enrolment=enrolment, name="Els Mas", email="els@a.example"
    )

    assert brought(enrolment, ["Els Maes", "Els@a.example", ""]) == [Fate.CHANGED]
    assert [name for name, _email, _role in people(enrolment)] == ["Els Maes"]


def test_people_who_share_a_mailbox_stay_several(enrolment: Enrolment) -> None:
    rows = [["Els", "info@a.example", ""], ["Jan", "info@a.example", ""]]

    assert brought(enrolment, *rows) == [Fate.NEW, Fate.NEW]
    assert brought(enrolment, *rows) == [Fate.SAME, Fate.SAME]
    assert brought(enrolment, ["Piet", "info@a.example", ""]) == [Fate.NEW]
    assert len(people(enrolment)) == 3


def test_two_people_of_one_name_have_each_their_e_mail(enrolment: Enrolment) -> None:
    rows = [["Jan Maes", "jan1@a.example", ""], ["Jan Maes", "jan2@a.example", ""]]

    assert brought(enrolment, *rows) == [Fate.NEW, Fate.NEW]
    assert brought(enrolment, *rows) == [Fate.SAME, Fate.SAME]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("order", [1, -1])
def test_a_name_that_is_there_twice_is_refused(
    enrolment: Enrolment, order: int
) -> None:
    rows = [["Jan Maes", "jan@a.example", ""], ["jan maes", "", ""]][::order]

    assert "Naam: Another row has this name" in message(tried(enrolment, *rows))


@pytest.mark.usefixtures("english")
def test_a_name_that_two_participants_have_is_refused(enrolment: Enrolment) -> None:
    ParticipantFactory.create_batch(2, enrolment=enrolment, name="Jan Maes")

    assert "2 Naam: Several people" in message(tried(enrolment, ["Jan Maes", "", ""]))


def test_the_people_of_another_enrolment_are_others(enrolment: Enrolment) -> None:
    other = ParticipantFactory.create(name="Els", email="els@a.example")

    assert brought(enrolment, ["Els", "els@b.example", ""]) == [Fate.NEW]
    other.refresh_from_db()
    assert other.email == "els@a.example"


# What is refused, what is kept

WRONG = {
    "nobody": (["", "els@a.example", ""], "2 Naam: This field cannot be blank."),
    "an e-mail that is none": (["Els", "els", ""], "2 E-mail: Enter a valid email"),
    "a role that is none": (
        ["Els", "", "clown"],
        "2 Functie: Write one of these: entrepreneur, employee, helper.",
    ),
}


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(("row", "text"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_and_nobody_comes(
    enrolment: Enrolment, row: list[str], text: str
) -> None:
    rows = [row, ["Jan", "", ""]]
    outcome = tried(enrolment, *rows)

    assert text in message(outcome)
    file = csv_of([HEADER, *rows])
    resource = ParticipantResource(enrolment=enrolment)
    assert resource.bring_in(file, shown=outcome.digest) is None
    assert not people(enrolment)


def test_a_kept_dossier_only_grows() -> None:
    """DOS-9."""
    enrolment = issued_via_wallet().enrolment
    assert enrolment is not None
    before = people(enrolment)

    assert brought(enrolment, ["Iemand Nieuw", "", ""]) == [Fate.NEW]

    assert set(before) < set(people(enrolment))


def test_what_the_dossier_takes_of_the_cap_follows() -> None:
    """SUB-7: the price counts for each participant."""
    enrolment = enrolled(uses_wallet=True)
    lifecycle.reserve(enrolment.pk, on=MONDAY)
    enrolment.refresh_from_db()
    before = enrolment.subsidy_base
    assert before

    tried(enrolment, ["Iemand Nieuw", "", ""])
    enrolment.refresh_from_db()
    assert enrolment.subsidy_base == before

    with time_machine.travel(noon(MONDAY)):
        brought(enrolment, ["Iemand Nieuw", "", ""])
    enrolment.refresh_from_db()
    assert enrolment.subsidy_base == before * 2


CELL = st.sampled_from(["", "Els", "els", "a@a.example", "b@a.example", "helper"]) | (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
)


class TestAnyCells(TestCase):
    @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5))
    def test_any_cells_come_whole_or_not_at_all(self, rows: Any) -> None:
        enrolment = EnrolmentFactory.create()
        ParticipantFactory.create(enrolment=enrolment, name="Els", email="a@a.example")
        before, file = people(enrolment), csv_of([HEADER, *rows])
        try:
            outcome = ParticipantResource(enrolment=enrolment).try_out(file)
        except Unreadable:
            return
        assert people(enrolment) == before

        resource = ParticipantResource(enrolment=enrolment)
        done = resource.bring_in(file, shown=outcome.digest)

        assert (done is not None) == outcome.is_right
        if done is None:
            assert people(enrolment) == before
        else:
            again = ParticipantResource(enrolment=enrolment).try_out(file)
            assert not again.does_something
