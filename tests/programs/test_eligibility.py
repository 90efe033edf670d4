"""May a program be paid with the wallet: PRG-1 … PRG-4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clients.verdict import Answer, Reason, Verdict
from programs.eligibility import Delivery, Kind, ProgramFacts, program_verdict
from programs.models import ExcludedContent, Program
from programs.wording import REASONS
from tests.factories import AdviceFactory, ChecklistAnswerFactory, ProgramFactory

TRAINING = ProgramFacts(
    kind=Kind.TRAINING,
    has_theme=True,
    delivery=Delivery.OPEN,
    excluded_contents=(False, False),
)
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN

CASES: dict[str, tuple[dict[str, Any], Reason]] = {
    "in-company": ({"delivery": Delivery.IN_COMPANY}, Reason("PRG-3", YES, "guided")),
    "live online": ({"delivery": Delivery.LIVE_ONLINE}, Reason("PRG-3", YES, "guided")),
    "self-paced": (
        {"delivery": Delivery.SELF_PACED},
        Reason("PRG-3", NO, "self_paced"),
    ),
    "no theme": ({"has_theme": False}, Reason("PRG-2", UNKNOWN, "theme_missing")),
    "an excluded content": (
        {"excluded_contents": (False, True)},
        Reason("PRG-3", NO, "content_excluded"),
    ),
    "excluded, and a question open": (
        {"excluded_contents": (None, True)},
        Reason("PRG-3", NO, "content_excluded"),
    ),
    "a question open": (
        {"excluded_contents": (False, None)},
        Reason("PRG-3", UNKNOWN, "checklist_open"),
    ),
}


@pytest.mark.parametrize(("facts", "reason"), CASES.values(), ids=CASES)
def test_one_fact_gives_its_reason_and_decides(
    facts: dict[str, Any], reason: Reason
) -> None:
    verdict = program_verdict(replace(TRAINING, **facts))

    assert reason in verdict.reasons
    assert verdict.answer is reason.answer
    assert reason.code in REASONS


def test_an_open_training_in_a_theme_is_eligible() -> None:
    assert program_verdict(TRAINING).answer is YES


@pytest.mark.parametrize("delivery", list(Delivery))
def test_advice_never_is_whatever_else_holds(delivery: Delivery) -> None:
    """PRG-1."""
    advice = replace(TRAINING, kind=Kind.ADVICE, delivery=delivery)

    assert program_verdict(advice) == Verdict((Reason("PRG-1", NO, "advice"),))


@pytest.mark.django_db
def test_a_stored_program_is_unknown_until_its_checklist_is_answered() -> None:
    """PRG-3, PRG-4."""
    program = ProgramFactory.create()
    *most, last = ExcludedContent.objects.all()
    for content in most:
        ChecklistAnswerFactory.create(program=program, content=content)
    assert _answer(program) is UNKNOWN

    answer = ChecklistAnswerFactory.create(program=program, content=last)
    assert _answer(program) is YES

    answer.applies = True
    answer.save()
    assert _answer(program) is NO


@pytest.mark.django_db
def test_a_caller_may_give_the_questions() -> None:
    program = ProgramFactory.create()
    answer = ChecklistAnswerFactory.create(program=program)

    facts = program.facts(questions=[answer.content_id, 0])

    assert facts.excluded_contents == (False, None)


@pytest.mark.django_db
def test_stored_advice_is_not_eligible() -> None:
    """PRG-1."""
    assert _answer(AdviceFactory.create()) is NO


def _answer(program: Program) -> Answer:
    return program_verdict(Program.objects.get(pk=program.pk).facts()).answer
