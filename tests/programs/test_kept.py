"""The database itself keeps a dossier for its years, by any road (DOS-9, INV-7)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from invoicing.inspecting import archive_findings
from invoicing.models import Seller
from programs import guards
from programs.models import (
    ApplicationCheck,
    Attendance,
    Course,
    DossierPaper,
    DossierStep,
    Enrolment,
    Participant,
    Session,
)
from programs.retention import kept_until, years_after
from tests.factories import (
    AGREED,
    FIRST_DAY,
    AttendanceFactory,
    EnrolmentFactory,
    PaperFactory,
    SessionFactory,
    SignedFactory,
    draft,
    enrolled,
    issue,
    issued_via_wallet,
    noon,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

REFUSED = f"{guards.REFUSAL}|FOREIGN KEY|foreign key"


def run(statement: str) -> None:
    """Run one statement, and check keys as a commit would."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        connection.check_constraints()


def filled(enrolment: Enrolment) -> Enrolment:
    """Put a signature, a typed attendance, papers and a check into a dossier."""
    ApplicationCheck.objects.create(
        enrolment=enrolment,
        question="enterprise",
        is_right=True,
        checked_at=noon(AGREED),
    )
    [first, *_more] = enrolment.course.sessions.all()
    people = list(enrolment.participants.all())
    SignedFactory.create(participant=people[0], session=first)
    for later in enrolment.course.sessions.exclude(pk=first.pk):
        AttendanceFactory.create(participant=people[0], session=later)
    PaperFactory.create(enrolment=enrolment)
    PaperFactory.create(enrolment=None, session=first, kind="attendance")
    return enrolment


def a_step(enrolment: Enrolment) -> None:
    Enrolment.objects.filter(pk=enrolment.pk).update(uses_wallet=True)
    DossierStep.objects.create(
        enrolment=enrolment,
        state="applied",
        happened_on=AGREED,
        recorded_at=noon(AGREED),
    )


def invoiced_by_wallet() -> Enrolment:
    invoice = issued_via_wallet()
    assert invoice.enrolment
    return filled(invoice.enrolment)


def invoiced() -> Enrolment:
    invoice = issue(draft())
    assert invoice.enrolment
    return filled(invoice.enrolment)


def applied() -> Enrolment:
    enrolment = filled(enrolled())
    a_step(enrolment)
    return enrolment


UNDER_WAY = [invoiced_by_wallet, invoiced, applied]


TABLES: list[type[Model]] = [
    Enrolment,
    Course,
    Session,
    Participant,
    Attendance,
    DossierPaper,
    DossierStep,
    ApplicationCheck,
]


def contents() -> list[list[dict[str, Any]]]:
    """Return every row of every table that holds dossiers."""
    return [list(model._default_manager.order_by("pk").values()) for model in TABLES]


DELETES = {table: f"DELETE FROM {table}" for table in guards.GUARDED}  # noqa: S608 – our own names
OF_ANY = {
    table: statement
    for table, statement in DELETES.items()
    if table != "programs_dossierstep"  # an invoice can come before any step
}
MOVES = {
    "a participant to another enrolment": (
        "UPDATE programs_participant SET enrolment_id = "
        "(SELECT MAX(id) FROM programs_enrolment)"
    ),
    "who was there to another day": (
        "UPDATE programs_attendance SET session_id = "
        "(SELECT MIN(id) FROM programs_session) WHERE signed_at IS NULL"
    ),
    "a day to another course": (
        "UPDATE programs_session SET course_id = (SELECT MAX(id) FROM programs_course)"
    ),
}


@pytest.mark.parametrize("statement", OF_ANY.values(), ids=OF_ANY)
@pytest.mark.parametrize("begin", UNDER_WAY)
def test_the_database_itself_refuses_to_delete(
    begin: Callable[[], Enrolment], statement: str
) -> None:
    begin()
    before = contents()

    with pytest.raises(DatabaseError, match=REFUSED):
        run(statement)

    assert contents() == before


def test_each_delete_is_refused_by_its_own_guard() -> None:
    """Not only by a key that points to the row."""
    applied()

    for table, statement in DELETES.items():
        with (
            pytest.raises(DatabaseError, match=guards.REFUSAL),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
        assert guards.kept_rows(connection.vendor, table)


@pytest.mark.parametrize("statement", MOVES.values(), ids=MOVES)
def test_nothing_is_moved_out_of_it(statement: str) -> None:
    applied()
    EnrolmentFactory.create()

    with pytest.raises(DatabaseError, match=guards.REFUSAL):
        run(statement)


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite knows no TRUNCATE"
)
def test_no_table_is_emptied() -> None:
    for table in guards.GUARDED:
        with pytest.raises(DatabaseError, match=guards.REFUSAL):
            run(f"TRUNCATE {table} CASCADE")


FROZEN = {
    "the bytes of a paper": "UPDATE programs_dossierpaper SET sha256 = 'x'",
    "the kind of a paper": "UPDATE programs_dossierpaper SET kind = 'other'",
    "the time of a signature": (
        "UPDATE programs_attendance SET signed_at = '2026-01-01 10:00:00+00' "
        "WHERE signed_at IS NOT NULL"
    ),
    "who signed": (
        "UPDATE programs_attendance SET signature = 'x' WHERE signed_at IS NOT NULL"
    ),
    "that it was signed": (
        "UPDATE programs_attendance SET signed_at = NULL, signature = '', "
        "source = 'typed' WHERE signed_at IS NOT NULL"
    ),
}


@pytest.mark.parametrize("statement", FROZEN.values(), ids=FROZEN)
def test_papers_and_signatures_stay_as_they_came_in(statement: str) -> None:
    """Also before the dossier is under way: evidence is not rewritten."""
    filled(enrolled())

    with pytest.raises(DatabaseError, match=guards.REFUSAL):
        run(statement)


def test_what_was_withdrawn_stays_withdrawn() -> None:
    filled(enrolled())
    run(
        "UPDATE programs_dossierpaper SET withdrawn_at = '2026-04-01 10:00:00+00', "
        "withdrawn_because = 'of another client'"
    )

    with pytest.raises(DatabaseError, match=guards.REFUSAL):
        run(
            "UPDATE programs_dossierpaper SET withdrawn_at = NULL, "
            "withdrawn_because = ''"
        )


def test_what_was_typed_can_be_put_right() -> None:
    enrolment = applied()
    [typed] = Attendance.objects.filter(signed_at=None)

    typed.is_present, typed.hours = False, 0
    typed.save()

    assert not enrolment.participants.get().attendances.get(pk=typed.pk).is_present


def test_a_dossier_that_did_not_begin_can_go() -> None:
    enrolment = filled(enrolled())

    enrolment.delete()

    assert not Enrolment.objects.exists()
    assert not Attendance.objects.exists()


# How long


def utc_today() -> date:
    """Return today as the databases have it."""
    return datetime.now(tz=UTC).date()


def started(day: date) -> Enrolment:
    """Return a dossier under way whose training began on ``day``, long ago."""
    enrolment = EnrolmentFactory.create()
    SessionFactory.create(course=enrolment.course, day=day)
    a_step(enrolment)
    return enrolment


def test_it_is_kept_ten_years_and_then_it_can_go() -> None:
    """To the day: see ``test_the_database_counts_the_same_days``."""
    ten_years_ago = years_after(utc_today(), years=-10)
    kept = started(ten_years_ago + timedelta(days=2))
    free = started(ten_years_ago - timedelta(days=2))

    assert list(Enrolment.objects.all().kept()) == [kept]
    with pytest.raises(DatabaseError, match=guards.REFUSAL):
        run(f"DELETE FROM programs_dossierstep WHERE enrolment_id = {kept.pk}")  # noqa: S608 – our own names
    free.delete()
    assert Enrolment.objects.get() == kept


def test_the_years_are_those_of_the_setting() -> None:
    enrolment = started(years_after(utc_today(), years=-11))
    assert not enrolment.is_kept

    seller = Seller.objects.current()
    seller.dossier_retention_years = 12
    seller.save()

    assert enrolment.is_kept
    with pytest.raises(DatabaseError, match=guards.REFUSAL):
        run("DELETE FROM programs_dossierstep")


def test_without_a_day_it_is_kept_until_there_is_one() -> None:
    enrolment = EnrolmentFactory.create()
    a_step(enrolment)

    assert enrolment.is_kept


EDGES = [
    (date(2016, 3, 12), 10, date(2026, 3, 12)),
    (date(2016, 2, 29), 10, date(2026, 2, 28)),
    (date(2016, 2, 29), 12, date(2028, 2, 29)),
    (date(2016, 12, 31), 10, date(2026, 12, 31)),
]


@pytest.mark.parametrize(("first", "years", "until"), EDGES)
def test_the_last_day_of_it(first: date, years: int, until: date) -> None:
    assert kept_until(first, years=years) == until


@pytest.mark.parametrize(("first", "years", "until"), EDGES)
def test_the_database_counts_the_same_days(
    first: date, years: int, until: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolment = started(first)
    Seller.objects.update(dossier_retention_years=years)

    for today, is_kept in [(until, True), (following(until), False)]:
        monkeypatch.setitem(
            guards._TODAY,
            connection.vendor,
            f"CAST('{today}' AS date)"
            if connection.vendor == "postgresql"
            else f"'{today}'",
        )
        assert enrolment.is_kept is is_kept


def following(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


# The guards are there


def test_every_guard_is_in_place() -> None:
    assert guards.missing(connection) == []


def test_a_guard_that_is_gone_is_named(english: None) -> None:
    name = "programs_participant_guard_delete"
    on_table = " ON programs_participant" if connection.vendor == "postgresql" else ""

    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")

    assert f"The database lacks the guard {name}: run migrate." in archive_findings()


# Facts of a row

IMPOSSIBLE: dict[str, Callable[[], Any]] = {
    "there for no time": lambda: AttendanceFactory.create(hours=0),
    "absent for an hour": lambda: AttendanceFactory.create(is_present=False),
    "signed without signature": lambda: SignedFactory.create(signature=""),
    "signed at no time": lambda: SignedFactory.create(signed_at=None),
    "signed but absent": lambda: SignedFactory.create(is_present=False, hours=0),
    "twice on one day": lambda: AttendanceFactory.create(
        participant=(one := AttendanceFactory.create()).participant,
        session=one.session,
    ),
    "withdrawn without reason": lambda: PaperFactory.create(
        withdrawn_at=timezone.now()
    ),
    "a paper of nothing": lambda: PaperFactory.create(enrolment=None),
    "a certificate of a day": lambda: PaperFactory.create(
        session=SessionFactory.create(), kind="certificate"
    ),
    "a paper that is none": lambda: PaperFactory.create(kind="x"),
    "a program for a paper": lambda: PaperFactory.create(extension="exe"),
}


@pytest.mark.parametrize("make", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_database_refuses(make: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make()


def test_a_withdrawn_signature_makes_room_for_another() -> None:
    signed = SignedFactory.create()
    signed.withdrawn_at = noon(FIRST_DAY)
    signed.withdrawn_because = "somebody else signed"
    signed.save()

    SignedFactory.create(participant=signed.participant, session=signed.session)

    assert Attendance.objects.standing().count() == 1
