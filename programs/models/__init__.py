"""Registration, terms of the scheme, programs, courses and enrolments."""

from .attendance import Attendance, AttendanceSource
from .catalogue import ChecklistAnswer, ExcludedContent, PriceBasis, Program, Theme
from .courses import Course, Session
from .enrolments import Enrolment, Extra, ExtraKind, Participant
from .papers import DossierPaper, Origin, PaperKind
from .registration import Pillar, Registration
from .steps import DossierStep
from .terms import SchemeTerms, SubsidyRate, ThemeGroup

__all__ = [
    "Attendance",
    "AttendanceSource",
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
    "Registration",
    "SchemeTerms",
    "Session",
    "SubsidyRate",
    "Theme",
    "ThemeGroup",
]
