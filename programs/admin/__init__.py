"""Admin pages of the programs app: layout and permissions, no rules."""

from . import catalogue, courses, enrolments, registration, terms

__all__ = ["catalogue", "courses", "enrolments", "registration", "terms"]
