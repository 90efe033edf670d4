"""What client, program and registration make of an enrolment, and how it is kept.

The decision itself is pure: ``programs.eligibility``. ELI-1 … ELI-5, PRG-1 … PRG-4 and
REG-6 in docs/rules.md.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from clients.eligibility import client_verdict
from clients.models import Client, Conditions
from clients.verdict import Answer, Reason, Verdict

from .eligibility import pair_verdict, program_verdict
from .models import Course, Registration


def judge(client: Client, course: Course, *, on: date) -> Verdict:
    """Return whether ``client`` may pay ``course`` with the wallet, agreed ``on``."""
    return pair_verdict(
        client=_of_client(client, on=on),
        program=program_verdict(course.program.facts()),
        is_registered=_is_registered(course.first_day),
    )


def _of_client(client: Client, *, on: date) -> Verdict:
    conditions = Conditions.objects.on(on)
    if conditions is None:
        return Verdict((Reason("ELI-1", Answer.UNKNOWN, "conditions_missing"),))
    return client_verdict(client.facts(), conditions=conditions)


def _is_registered(first_day: date | None) -> bool | None:
    """Tell whether a training registration holds on ``first_day``, ``None``: no day."""
    if first_day is None:
        return None
    return Registration.objects.for_training().valid_on(first_day).exists()


def kept(verdict: Verdict, *, on: date) -> dict[str, Any]:
    """Return a verdict of a day as JSON, to be stored with an enrolment."""
    return {
        "on": on.isoformat(),
        "reasons": [
            {"rule": reason.rule, "answer": reason.answer.value, "code": reason.code}
            for reason in verdict.reasons
        ],
    }


def verdict_kept(stored: dict[str, Any]) -> tuple[date, Verdict] | None:
    """Return the day and the verdict that ``kept`` stored; ``None`` for nothing."""
    if not stored:
        return None
    reasons = tuple(
        Reason(one["rule"], Answer(one["answer"]), one["code"])
        for one in stored["reasons"]
    )
    return date.fromisoformat(stored["on"]), Verdict(reasons)
