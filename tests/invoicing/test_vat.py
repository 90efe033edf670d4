"""The VAT treatment to propose, with its reason (VAT-2)."""

from __future__ import annotations

from typing import Any

import pytest

from invoicing.documents.vat import (
    CATEGORY,
    EXEMPTION_CODE,
    Proposal,
    Treatment,
    Why,
    propose,
)
from invoicing.wording import TREATMENTS, WHY

BELGIAN: dict[str, Any] = {
    "seller_is_small_enterprise": False,
    "buyer_country": "BE",
    "buyer_in_eu": True,
    "buyer_has_vat_number": True,
    "open_course_days_in_belgium": 2,
}
DUTCH: dict[str, Any] = {"buyer_country": "NL"}
AMERICAN: dict[str, Any] = {"buyer_country": "US", "buyer_in_eu": False}

CASES: dict[str, tuple[dict[str, Any], Treatment, Why]] = {
    "a Belgian business": ({}, Treatment.STANDARD, Why.BELGIAN_CUSTOMER),
    "a Belgian person": (
        {"buyer_has_vat_number": False},
        Treatment.STANDARD,
        Why.BELGIAN_CUSTOMER,
    ),
    "a Belgian business, in-company": (
        {"open_course_days_in_belgium": None},
        Treatment.STANDARD,
        Why.BELGIAN_CUSTOMER,
    ),
    "a Dutch business, open course here": (
        DUTCH,
        Treatment.STANDARD,
        Why.HELD_IN_BELGIUM,
    ),
    "a Dutch business, open course of seven days": (
        DUTCH | {"open_course_days_in_belgium": 7},
        Treatment.STANDARD,
        Why.HELD_IN_BELGIUM,
    ),
    "a Dutch business, open course of eight days": (
        DUTCH | {"open_course_days_in_belgium": 8},
        Treatment.REVERSE_CHARGE,
        Why.EU_BUSINESS,
    ),
    "a Dutch business, in-company": (
        DUTCH | {"open_course_days_in_belgium": None},
        Treatment.REVERSE_CHARGE,
        Why.EU_BUSINESS,
    ),
    "a Dutch person": (
        DUTCH | {"buyer_has_vat_number": False, "open_course_days_in_belgium": None},
        Treatment.STANDARD,
        Why.PRIVATE_PERSON,
    ),
    "an American business, open course here": (
        AMERICAN,
        Treatment.STANDARD,
        Why.HELD_IN_BELGIUM,
    ),
    "an American business, in-company": (
        AMERICAN | {"open_course_days_in_belgium": None},
        Treatment.OUTSIDE_SCOPE,
        Why.OUTSIDE_EU,
    ),
    "we are a small enterprise": (
        {"seller_is_small_enterprise": True},
        Treatment.SMALL_ENTERPRISE,
        Why.SELLER_SMALL_ENTERPRISE,
    ),
}


@pytest.mark.parametrize(("facts", "treatment", "why"), CASES.values(), ids=CASES)
def test_propose(facts: dict[str, Any], treatment: Treatment, why: Why) -> None:
    assert propose(**(BELGIAN | facts)) == Proposal(treatment, why)


def test_every_reason_is_tested_and_has_its_words() -> None:
    assert {why for _facts, _treatment, why in CASES.values()} == set(Why) == set(WHY)


CODES = {
    Treatment.STANDARD: ("S", None),
    Treatment.EXEMPT_TRAINING: ("E", "VATEX-EU-132-1I"),
    Treatment.REVERSE_CHARGE: ("AE", "VATEX-EU-AE"),
    Treatment.SMALL_ENTERPRISE: ("E", None),
    Treatment.OUTSIDE_SCOPE: ("O", "VATEX-EU-O"),
}


@pytest.mark.parametrize("treatment", list(Treatment))
def test_each_treatment_has_the_codes_of_the_e_invoice_and_its_words(
    treatment: Treatment,
) -> None:
    codes = (CATEGORY[treatment], EXEMPTION_CODE.get(treatment))

    assert codes == CODES[treatment]
    assert treatment in TREATMENTS
