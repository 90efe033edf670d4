"""The terms of the scheme as they are filled in, and as the owner can change them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from clients.size import Size
from programs.models import ExcludedContent, SchemeTerms, SubsidyRate, Theme, ThemeGroup
from tests.factories import MONDAY, SchemeTermsFactory, SubsidyRateFactory

pytestmark = pytest.mark.django_db

FACTS = {
    "SUB-1, the cap": ("cap", 7500),
    "SUB-5, the least a training costs": ("minimum_cost", 100),
    "SUB-6, catering": ("catering_limit", 25),
    "DOS-2, days to apply": ("apply_within_days", 14),
    "DOS-3, days to contribute": ("contribution_within_days", 14),
    "DOS-5, years to finish": ("finish_within_years", 1),
}


@pytest.mark.parametrize(("field", "value"), FACTS.values(), ids=FACTS)
def test_the_terms_are_those_of_the_scheme(field: str, value: int) -> None:
    assert getattr(SchemeTerms.objects.valid_on(MONDAY).get(), field) == value


RATES = {
    "SUB-1, small": (Size.SMALL, ThemeGroup.GENERAL, 30),
    "SUB-1, medium": (Size.MEDIUM, ThemeGroup.GENERAL, 20),
    "SUB-1, large": (Size.LARGE, ThemeGroup.GENERAL, None),
    "size unknown": (Size.UNKNOWN, ThemeGroup.GENERAL, None),
    "SUB-4, small, cybersecurity": (Size.SMALL, ThemeGroup.CYBERSECURITY, 45),
    "SUB-4, medium, cybersecurity": (Size.MEDIUM, ThemeGroup.CYBERSECURITY, 35),
    "SUB-4, small, energy": (Size.SMALL, ThemeGroup.ENERGY, 45),
    "SUB-4, medium, energy": (Size.MEDIUM, ThemeGroup.ENERGY, 35),
}


@pytest.mark.parametrize(("size", "group", "percent"), RATES.values(), ids=RATES)
def test_the_rate_follows_from_size_and_theme_group(
    size: Size, group: str, percent: int | None
) -> None:
    terms = SchemeTerms.objects.valid_on(MONDAY).get()

    assert terms.rate_for(size, group=group) == percent


def test_the_eight_themes_and_the_checklist_are_there() -> None:
    """PRG-2, PRG-3, PRG-4."""
    assert set(Theme.objects.values_list("code", flat=True)) == {
        "bedrijfsstrategie",
        "beroepsspecifieke-competenties",
        "digitalisering",
        "duurzaamheid",
        "financiele-geletterdheid",
        "innovatie",
        "internationalisering",
        "personeelsmanagement",
    }
    assert set(ExcludedContent.objects.values_list("code", flat=True)) == {
        "teambuilding",
        "network-event",
        "study-trip",
        "nlp",
        "mbti",
        "insights",
        "mindfulness",
        "exam-coaching",
        "open-coaching",
    }


def test_a_new_decree_is_a_new_row() -> None:
    """SUB-3: the day decides which terms count."""
    SchemeTerms.objects.update(valid_until=date(2026, 12, 31))
    new = SchemeTermsFactory.create(
        valid_from=date(2027, 1, 1), valid_until=None, cap=Decimal(5000)
    )

    assert SchemeTerms.objects.valid_on(date(2026, 12, 31)).get().cap == 7500
    assert SchemeTerms.objects.valid_on(date(2027, 1, 1)).get() == new


def test_the_database_refuses_terms_that_overlap() -> None:
    with pytest.raises(IntegrityError, match="programs_schemeterms_no_overlap"):
        SchemeTermsFactory.create(valid_from=date(2027, 1, 1), valid_until=None)


def test_a_form_refuses_terms_that_overlap() -> None:
    with pytest.raises(ValidationError) as refused:
        SchemeTermsFactory.build(valid_until=None).full_clean()

    assert list(refused.value.message_dict) == ["valid_from"]


@pytest.mark.parametrize(
    ("fact", "changes"),
    {
        "percent_sound": {"percent": 101},
        "size_valid": {"size": "large"},
        "theme_group_valid": {"theme_group": "other"},
    }.items(),
)
def test_the_database_refuses_a_rate(fact: str, changes: dict[str, object]) -> None:
    rate = SubsidyRateFactory.create()

    with pytest.raises(IntegrityError, match=f"programs_subsidyrate_{fact}"):
        SubsidyRate.objects.filter(pk=rate.pk).update(**changes)


def test_a_size_and_theme_group_has_one_rate() -> None:
    rate = SubsidyRateFactory.create()

    with pytest.raises(IntegrityError, match="theme_group"):
        SubsidyRateFactory.create(terms=rate.terms)
