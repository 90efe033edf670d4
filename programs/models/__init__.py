"""Registration, terms of the scheme, programs, courses and enrolments."""

from .attendance import Attendance, AttendanceSource
from .calendar import CalendarFeed
from .catalogue import ChecklistAnswer, ExcludedContent, PriceBasis, Program, Theme
from .checks import ApplicationCheck, Question
from .courses import Course, Session
from .enrolments import Enrolment, Extra, ExtraKind, Participant
from .papers import DossierPaper, Origin, PaperKind
from .registration import Pillar, Registration
from .reminders import Reminder, ReminderPlan
from .steps import DossierStep
from .terms import SchemeTerms, SubsidyRate, ThemeGroup
from .watch import RegistrationWarning

__all__ = [
    "ApplicationCheck",
    "Attendance",
    "AttendanceSource",
    "CalendarFeed",
    "ChecklistAnswer",
    "Course",
    "DossierPaper",
    "DossierStep",
    "Enrolment",
    "ExcludedContent",
    "Extra",
    "ExtraKind",
    "Origin",
    "PaperKind",
    "Participant",
    "Pillar",
    "PriceBasis",
    "Program",
    "Question",
    "Registration",
    "RegistrationWarning",
    "Reminder",
    "ReminderPlan",
    "SchemeTerms",
    "Session",
    "SubsidyRate",
    "Theme",
    "ThemeGroup",
]
