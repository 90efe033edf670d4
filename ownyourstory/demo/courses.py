"""Ten courses: before, around and after today, and past the registration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from simple_history.utils import bulk_create_with_history

from clients.models import Client
from programs.models import Course, Program, Session

from .days import PAST_REGISTRATION, workday
from .rows import once


@dataclass(frozen=True, slots=True)
class Run:
    """A course: its place tells it apart from others of the same program.

    ``days`` are working days from today, or fixed dates; ``only_for`` names the
    client of an in-company course.
    """

    program: str
    place: str
    days: tuple[int | date, ...]
    only_for: str = ""
    capacity: int | None = 12


COURSES = {
    "stories_late": Run("stories", "Stadsfeestzaal, Mechelen", (-47, -46)),
    "stories_past": Run("stories", "De Zolderkamer, Gent", (-35, -34)),
    "leading_past": Run("leading", "Zeedijk 20, Oostende", (-25, -20), "robotics"),
    "advice_past": Run("advice", "Kaai 140, Antwerpen", (-8, -4), "harbour", None),
    "cyber_past": Run("cyber", "Het Atelier, Leuven", (-6,)),
    "abroad_now": Run("abroad", "online", (-1, 3), capacity=20),
    "stories_soon": Run("stories", "Zaal Zuid, Antwerpen", (8, 9)),
    "cyber_soon": Run("cyber", "De Zolderkamer, Gent", (13,)),
    "numbers_soon": Run("numbers", "Burg 3, Brugge", (18, 19)),
    "leading_past_registration": Run(
        "leading", "Zeedijk 20, Oostende (tweede groep)", PAST_REGISTRATION, "robotics"
    ),
}


def put_in_courses(
    programs: Mapping[str, Program], clients: Mapping[str, Client], *, today: date
) -> dict[str, Course]:
    """Return the courses by name of their row, made where they are missing."""
    return {
        name: _course(run, programs, clients, today=today)
        for name, run in COURSES.items()
    }


def _course(
    run: Run,
    programs: Mapping[str, Program],
    clients: Mapping[str, Client],
    *,
    today: date,
) -> Course:
    program = programs[run.program]
    course, is_new = once(
        Course,
        {"program": program, "place": run.place},
        in_company_client=clients[run.only_for] if run.only_for else None,
        capacity=run.capacity,
    )
    if is_new:
        days = [
            workday(today, day) if isinstance(day, int) else day for day in run.days
        ]
        sessions = [
            Session(
                course=course,
                day=day,
                starts_at=time(9, 30),
                ends_at=time(17, 30) if program.hours / len(days) > 4 else time(13),
                hours=program.hours / len(days),
            )
            for day in days
        ]
        bulk_create_with_history(sessions, Session)
    return course
