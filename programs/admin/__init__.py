"""Admin pages of the programs app: layout and permissions, no rules."""

from . import calendar, catalogue, courses, enrolments, registration, reminders, terms

__all__ = [
    "calendar",
    "catalogue",
    "courses",
    "enrolments",
    "registration",
    "reminders",
    "terms",
]
