"""Registration, terms of the scheme, programs, courses and enrolments."""

from .catalogue import ChecklistAnswer, ExcludedContent, PriceBasis, Program, Theme
from .checks import ApplicationCheck, Question
from .courses import Course, Session
from .enrolments import Enrolment, Extra, ExtraKind, Participant
from .registration import Pillar, Registration
from .steps import DossierStep
from .terms import SchemeTerms, SubsidyRate, ThemeGroup

__all__ = [
    "ApplicationCheck",
    "ChecklistAnswer",
    "Course",
    "DossierStep",
    "Enrolment",
    "ExcludedContent",
    "Extra",
    "ExtraKind",
    "Participant",
    "Pillar",
    "PriceBasis",
    "Program",
    "Question",
    "Registration",
    "SchemeTerms",
    "Session",
    "SubsidyRate",
    "Theme",
    "ThemeGroup",
]
