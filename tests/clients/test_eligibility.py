"""May a client use the wallet: every reason, and what they make together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from clients.eligibility import (
    ClientConditions,
    ClientFacts,
    LegalForm,
    client_verdict,
)
from clients.models import Conditions
from clients.regions import Region
from clients.size import Ceiling, SizeLimits
from clients.verdict import Answer, Reason, Verdict
from clients.wording import LEGAL_FORMS, REASONS
from tests.factories import MONDAY, ActivityFactory, PersonFactory, SmallClientFactory

MILLION = Decimal(1_000_000)
CONDITIONS = ClientConditions(
    sizes=SizeLimits(
        small=Ceiling(Decimal(50), 10 * MILLION, 10 * MILLION),
        medium=Ceiling(Decimal(250), 50 * MILLION, 43 * MILLION),
    ),
    public_share_limit=Decimal(25),
    activities=frozenset({"107", "6201"}),
)
BAKERY = ClientFacts(
    is_private_person=False,
    region=Region.FLANDERS,
    legal_form=LegalForm.BV,
    fte=Decimal(12),
    turnover=MILLION,
    balance=MILLION,
    public_share=Decimal(0),
    nace="10.71",
    is_related=False,
)

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
CASES: dict[str, tuple[dict[str, Any], Reason]] = {
    "Brussels": ({"region": Region.BRUSSELS}, Reason("ELI-1", NO, "not_flanders")),
    "Wallonia": ({"region": Region.WALLONIA}, Reason("ELI-1", NO, "not_flanders")),
    "abroad": ({"region": Region.ABROAD}, Reason("ELI-1", NO, "not_flanders")),
    "no region": (
        {"region": Region.UNKNOWN},
        Reason("ELI-1", UNKNOWN, "region_unknown"),
    ),
    "medium": ({"fte": Decimal(50)}, Reason("ELI-2", YES, "medium")),
    "large": ({"fte": Decimal(250)}, Reason("ELI-2", NO, "too_large")),
    "staff unknown": ({"fte": None}, Reason("ELI-2", UNKNOWN, "size_unknown")),
    "amounts unknown": (
        {"turnover": None, "balance": None},
        Reason("ELI-2", YES, "amounts_unknown"),
    ),
    "non-profit": ({"legal_form": "vzw"}, Reason("ELI-3", NO, "legal_form_out")),
    "public body": ({"legal_form": "public"}, Reason("ELI-3", NO, "legal_form_out")),
    "association": (
        {"legal_form": "association"},
        Reason("ELI-3", NO, "legal_form_out"),
    ),
    "sheltered workshop": (
        {"legal_form": "sheltered_vzw"},
        Reason("ELI-3", YES, "legal_form"),
    ),
    "no legal form": (
        {"legal_form": ""},
        Reason("ELI-3", UNKNOWN, "legal_form_unknown"),
    ),
    "public share below": (
        {"public_share": Decimal("24.99")},
        Reason("ELI-3", YES, "private_share"),
    ),
    "public share at the limit": (
        {"public_share": Decimal(25)},
        Reason("ELI-3", NO, "public_share"),
    ),
    "public share unknown": (
        {"public_share": None},
        Reason("ELI-3", UNKNOWN, "public_share_unknown"),
    ),
    "agriculture": ({"nace": "01.11"}, Reason("ELI-4", NO, "agriculture")),
    "not on the list": ({"nace": "62.02"}, Reason("ELI-4", NO, "activity_out")),
    "no activity": ({"nace": ""}, Reason("ELI-4", UNKNOWN, "activity_unknown")),
    "related": ({"is_related": True}, Reason("ELI-5", NO, "related")),
}


@pytest.mark.parametrize(("facts", "reason"), CASES.values(), ids=CASES)
def test_one_fact_gives_its_reason_and_decides(
    facts: dict[str, Any], reason: Reason
) -> None:
    verdict = client_verdict(replace(BAKERY, **facts), conditions=CONDITIONS)

    assert reason in verdict.reasons
    assert verdict.answer is reason.answer


def test_a_bakery_may_use_the_wallet_and_hears_all_reasons() -> None:
    verdict = client_verdict(BAKERY, conditions=CONDITIONS)

    assert verdict.answer is YES
    assert [reason.code for reason in verdict.reasons] == [
        "flanders",
        "small",
        "legal_form",
        "private_share",
        "activity",
        "unrelated",
    ]


def test_an_empty_list_of_activities_says_nothing() -> None:
    conditions = replace(CONDITIONS, activities=frozenset())

    verdict = client_verdict(BAKERY, conditions=conditions)

    assert verdict.saying(UNKNOWN) == (Reason("ELI-4", UNKNOWN, "activity_unknown"),)


def test_a_private_person_cannot_whatever_else_holds() -> None:
    person = replace(BAKERY, is_private_person=True)

    verdict = client_verdict(person, conditions=CONDITIONS)

    assert verdict == Verdict((Reason("ELI-1", NO, "private_person"),))


ANSWERS = {
    "nothing against it": ([YES, YES], YES),
    "one unknown": ([YES, UNKNOWN], UNKNOWN),
    "one no outweighs an unknown": ([UNKNOWN, NO, YES], NO),
}


@pytest.mark.parametrize(("answers", "verdict"), ANSWERS.values(), ids=ANSWERS)
def test_a_verdict_follows_from_its_reasons(
    answers: list[Answer], verdict: Answer
) -> None:
    reasons = tuple(Reason("ELI-1", answer, "") for answer in answers)

    assert Verdict(reasons).answer is verdict


def test_every_reason_and_legal_form_has_its_words() -> None:
    given = {reason.code for _facts, reason in CASES.values()}

    assert given <= set(REASONS)
    assert set(LEGAL_FORMS) == set(LegalForm)


@pytest.mark.django_db
def test_a_stored_client_is_judged_by_its_own_facts_and_the_stored_conditions() -> None:
    ActivityFactory.create(nace="1071")
    client = SmallClientFactory.create(turnover=MILLION)
    conditions = Conditions.objects.on(MONDAY)
    assert conditions is not None

    client.refresh_from_db()

    assert client_verdict(client.facts(), conditions=conditions).answer is YES
    person = PersonFactory.create()
    assert client_verdict(person.facts(), conditions=conditions).answer is NO
