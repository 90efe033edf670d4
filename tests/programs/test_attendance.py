"""Who was there, a person a day: typed by the office, or signed on a screen (DOS-9)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse

from ownyourstory import archive
from programs import attendance
from programs.attendance import AttendanceError, Mark
from programs.models import Attendance, Course, Participant, Session
from programs.scans import SIGNATURE_BYTES
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    AttendanceFactory,
    OwnerFactory,
    ParticipantFactory,
    SessionFactory,
    SignedFactory,
    enrolled,
    noon,
)
from tests.pictures import data_url, picture

pytestmark = pytest.mark.django_db

SIX = Decimal(6)


@pytest.fixture(autouse=True)
def _after_the_course() -> Iterator[None]:
    with time_machine.travel(noon(LAST_DAY + timedelta(days=1)), tick=False):
        yield


@pytest.fixture
def course() -> Course:
    """Return a course of two days with Anna and Bart of one client."""
    course: Course = enrolled(participants=("Anna", "Bart")).course
    return course


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def days(course: Course) -> tuple[Session, Session]:
    first, last = course.sessions.all()
    return first, last


def people(course: Course) -> tuple[Participant, Participant]:
    anna, bart = Participant.objects.filter(enrolment__course=course)
    return anna, bart


def grid(course: Course) -> str:
    return reverse("admin:programs_course_attendance", args=[course.pk])


def presence(person: Participant, day: Session) -> str:
    return f"presence-{person.pk}-{day.pk}"


def hours(person: Participant, day: Session) -> str:
    return f"hours-{person.pk}-{day.pk}"


def recorded(course: Course) -> list[tuple[str, int, bool, Decimal]]:
    rows = Attendance.objects.standing().filter(session__course=course)
    return [
        (row.participant.name, row.session.day.day, row.is_present, row.hours)
        for row in rows.order_by("participant__name", "session__day")
    ]


# Typed


def test_what_is_filled_in_is_kept_and_the_rest_stays_open(
    owner: Browser, course: Course
) -> None:
    first, last = days(course)
    anna, bart = people(course)

    answer = owner.post(
        grid(course),
        {
            presence(anna, first): "present",
            presence(anna, last): "absent",
            presence(bart, first): "present",
            hours(bart, first): "3,5",
        },
    )

    assert answer.status_code == 302
    assert recorded(course) == [
        ("Anna", 12, True, Decimal(6)),
        ("Anna", 19, False, Decimal(0)),
        ("Bart", 12, True, Decimal("3.5")),
    ]
    by = {row.recorded_by for row in Attendance.objects.all()}
    assert [str(user) for user in by] == [str(OwnerFactory._meta.model.objects.get())]


def test_one_button_fills_a_day_and_leaves_what_was_said(
    owner: Browser, course: Course
) -> None:
    first, last = days(course)
    anna, _bart = people(course)

    owner.post(
        grid(course), {presence(anna, first): "absent", "all_present": str(first.pk)}
    )

    assert recorded(course) == [
        ("Anna", 12, False, Decimal(0)),
        ("Bart", 12, True, Decimal(6)),
    ]
    assert last.attendances.count() == 0


def test_a_mistake_is_told_beside_its_day_and_nothing_is_lost(
    owner: Browser, course: Course
) -> None:
    first, last = days(course)
    anna, bart = people(course)

    page = owner.post(
        grid(course),
        {
            presence(anna, first): "present",
            hours(anna, first): "9",
            presence(bart, last): "absent",
            hours(bart, first): "2",
        },
    )

    assert page.status_code == 200
    form = page.context["form"]
    assert form.errors == {
        hours(anna, first): ["That day has 6 hours."],
        hours(bart, first): ["Tick present too, or leave this empty."],
    }
    assert form[hours(anna, first)].value() == "9"
    assert form[presence(bart, last)].value() == "absent"
    assert recorded(course) == []


def test_junk_changes_nothing(owner: Browser, course: Course) -> None:
    first, _last = days(course)
    anna, _bart = people(course)

    for junk in ["abc", "-1", "1e99", "\x00", "9" * 40]:
        answer = owner.post(
            grid(course),
            {
                presence(anna, first): junk,
                hours(anna, first): junk,
                "all_present": junk,
            },
        )
        assert answer.status_code == 200

    assert recorded(course) == []


def test_what_was_kept_shows_again(owner: Browser, course: Course) -> None:
    first, last = days(course)
    anna, bart = people(course)
    AttendanceFactory.create(participant=anna, session=first, hours=Decimal(2))
    AttendanceFactory.create(participant=anna, session=last)
    AttendanceFactory.create(participant=bart, session=first, is_present=False, hours=0)

    form = owner.get(grid(course)).context["form"]

    assert form[presence(anna, first)].value() == "present"
    assert form[hours(anna, first)].value() == Decimal(2)
    assert form[hours(anna, last)].value() is None
    assert form[presence(bart, first)].value() == "absent"
    assert form[presence(bart, last)].value() is None


def test_a_day_to_come_is_not_asked(owner: Browser, course: Course) -> None:
    first, last = days(course)
    with time_machine.travel(noon(FIRST_DAY), tick=False):
        form = owner.get(grid(course)).context["form"]

    assert form.open_in(first)
    assert not form.open_in(last)


def test_keeping_the_same_again_writes_no_history(course: Course) -> None:
    first, _last = days(course)
    anna, _bart = people(course)
    mark = Mark(anna, first, SIX)

    assert attendance.record([mark], now=noon(FIRST_DAY), by=None) == 1
    assert attendance.record([mark], now=noon(LAST_DAY), by=None) == 0

    assert Attendance.history.count() == 1


def test_nobody_is_there_on_a_day_to_come(english: None, course: Course) -> None:
    _first, last = days(course)
    anna, _bart = people(course)

    with pytest.raises(AttendanceError, match="still to come"):
        attendance.record([Mark(anna, last, SIX)], now=noon(FIRST_DAY), by=None)
    with pytest.raises(AttendanceError, match="still to come"):
        attendance.sign(anna, last, signature=picture(), now=noon(FIRST_DAY), by=None)

    assert not Attendance.objects.exists()


def test_nor_somebody_of_another_course(course: Course) -> None:
    anna, _bart = people(course)
    other = SessionFactory.create()

    with pytest.raises(ValueError, match="not enrolled"):
        attendance.record([Mark(anna, other, SIX)], now=noon(LAST_DAY), by=None)


# Signed


def sign_page(course: Course, person: Participant, day: Session) -> str:
    return reverse("admin:programs_course_sign", args=[course.pk, day.pk, person.pk])


def test_a_participant_signs(owner: Browser, course: Course) -> None:
    first, _last = days(course)
    anna, _bart = people(course)

    answer = owner.post(
        sign_page(course, anna, first), {"signature": data_url(picture())}
    )

    assert answer.status_code == 302
    row = Attendance.objects.get()
    assert (row.participant, row.session, row.hours) == (anna, first, SIX)
    assert (row.is_present, row.is_signed, row.source) == (True, True, "signed")
    assert row.signed_at == noon(LAST_DAY + timedelta(days=1))
    assert archive.read(row.signature).startswith(b"\x89PNG")
    page = owner.get(reverse("admin:programs_course_day", args=[course.pk, first.pk]))
    assert "signed at 12:00" in page.content.decode()


SENT = {
    "nothing": ("", "Nothing is drawn yet: sign in the box."),
    "nothing drawn": (
        data_url(picture(drawn=False)),
        "Nothing is drawn yet: sign in the box.",
    ),
    "a JPEG": (data_url(picture("JPEG")), "This is no drawing: draw it anew."),
    "no data": ("data:image/png;base64,%%%", "This is no drawing: draw it anew."),
    "another kind": (
        "data:text/html;base64,PHNjcmlwdD4=",
        "This is no drawing: draw it anew.",
    ),
    "too much": (
        data_url(b"\x89PNG\r\n\x1a\n" + b"0" * (SIGNATURE_BYTES + 100)),
        "This drawing is too large: draw it anew.",
    ),
    "too large": (
        data_url(picture(size=(4000, 10))),
        "This drawing is too large: draw it anew.",
    ),
}


@pytest.mark.parametrize(("sent", "said"), SENT.values(), ids=SENT)
def test_what_is_no_signature_is_not_kept(
    owner: Browser, course: Course, sent: str, said: str
) -> None:
    first, _last = days(course)
    anna, _bart = people(course)

    page = owner.post(sign_page(course, anna, first), {"signature": sent})

    assert page.status_code == 200
    assert said in page.content.decode()
    assert not Attendance.objects.exists()


def test_who_cannot_draw_is_ticked_as_present(owner: Browser, course: Course) -> None:
    first, _last = days(course)
    anna, _bart = people(course)

    owner.post(sign_page(course, anna, first), {"signature": "", "present": "1"})

    assert recorded(course) == [("Anna", 12, True, Decimal(6))]
    assert not Attendance.objects.get().is_signed


def test_signing_keeps_the_hours_that_were_typed(course: Course) -> None:
    first, _last = days(course)
    anna, _bart = people(course)
    AttendanceFactory.create(participant=anna, session=first, hours=Decimal(3))

    attendance.sign(anna, first, signature=picture(), now=noon(LAST_DAY), by=None)

    assert recorded(course) == [("Anna", 12, True, Decimal(3))]


def test_a_signature_stands(owner: Browser, english: None, course: Course) -> None:
    """Neither signed again nor typed over; the office can only withdraw it."""
    first, _last = days(course)
    anna, _bart = people(course)
    attendance.sign(anna, first, signature=picture(), now=noon(FIRST_DAY), by=None)

    with pytest.raises(AttendanceError, match="signed already"):
        attendance.sign(anna, first, signature=picture(), now=noon(LAST_DAY), by=None)
    owner.post(grid(course), {presence(anna, first): "absent"})
    attendance.record([Mark(anna, first, Decimal(0))], now=noon(LAST_DAY), by=None)
    again = owner.post(
        sign_page(course, anna, first), {"signature": data_url(picture())}
    )

    assert again.status_code == 302
    row = Attendance.objects.get()
    assert (row.is_present, row.signed_at) == (True, noon(FIRST_DAY))


def test_a_signature_is_withdrawn_with_a_reason_and_given_anew(
    owner: Browser, course: Course
) -> None:
    first, _last = days(course)
    anna, _bart = people(course)
    attendance.sign(anna, first, signature=picture(), now=noon(FIRST_DAY), by=None)
    [wrong] = Attendance.objects.all()
    page = reverse("admin:programs_course_withdraw", args=[course.pk, wrong.pk])

    assert owner.post(page, {"because": ""}).status_code == 200
    assert owner.post(page, {"because": "Bart signed here"}).status_code == 302
    attendance.sign(anna, first, signature=picture(), now=noon(LAST_DAY), by=None)

    wrong.refresh_from_db()
    assert (wrong.counts, wrong.withdrawn_because) == (False, "Bart signed here")
    assert [row.signed_at for row in Attendance.objects.standing()] == [noon(LAST_DAY)]
    assert owner.post(page, {"because": "again"}).status_code == 404


def test_the_signature_is_handed_back_and_a_damaged_one_is_named(
    owner: Browser, course: Course
) -> None:
    first, _last = days(course)
    anna, bart = people(course)
    good = attendance.sign(
        anna, first, signature=picture(), now=noon(FIRST_DAY), by=None
    )
    bad = SignedFactory.create(participant=bart, session=first)

    def image(row: Attendance) -> Any:
        name = "admin:programs_course_signature"
        return owner.get(reverse(name, args=[course.pk, row.pk]), follow=True)

    assert image(good).content == picture()
    assert image(good)["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "This signature is damaged" in image(bad).content.decode()


# The pages


def test_the_pages_ask_the_same_of_the_database_however_many_come(
    owner: Browser, course: Course, django_assert_max_num_queries: Any
) -> None:
    first, _last = days(course)
    for _ in range(8):
        ParticipantFactory.create(enrolment=course.enrolments.get())

    with django_assert_max_num_queries(8):
        assert owner.get(grid(course)).status_code == 200
    with django_assert_max_num_queries(8):
        day = reverse("admin:programs_course_day", args=[course.pk, first.pk])
        assert owner.get(day).status_code == 200


def test_a_course_without_days_or_people_says_what_is_missing(owner: Browser) -> None:
    course = enrolled(days=(), participants=()).course

    assert "as soon as there are both" in owner.get(grid(course)).content.decode()


def addresses(course: Course) -> list[str]:
    first, _last = days(course)
    anna, _bart = people(course)
    row = SignedFactory.create(participant=anna, session=first)
    return [
        grid(course),
        reverse("admin:programs_course_day", args=[course.pk, first.pk]),
        sign_page(course, anna, first),
        reverse("admin:programs_course_signature", args=[course.pk, row.pk]),
        reverse("admin:programs_course_withdraw", args=[course.pk, row.pk]),
        reverse("admin:programs_course_attach", args=[course.pk, first.pk]),
    ]


@pytest.mark.parametrize(
    "permissions",
    [["view_course"], ["change_attendance", "view_attendance", "add_dossierpaper"]],
)
def test_each_page_wants_both_to_see_the_course_and_to_record(
    client: Browser, course: Course, permissions: list[str]
) -> None:
    user = OwnerFactory.create(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)

    for address in addresses(course):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"present": "1"}).status_code == 403, address


def test_somebody_unknown_is_sent_to_log_in(client: Browser, course: Course) -> None:
    for address in addresses(course):
        assert client.get(address).status_code == 302


def test_somebody_of_another_course_cannot_sign_here(
    owner: Browser, course: Course
) -> None:
    first, _last = days(course)
    stranger = ParticipantFactory.create()

    for person, day in [
        (stranger, first),
        (people(course)[0], SessionFactory.create()),
    ]:
        assert owner.get(sign_page(course, person, day)).status_code == 404
