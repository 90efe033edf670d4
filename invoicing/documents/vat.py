"""VAT treatments of a line: e-invoice category, exemption code, and what to propose.

Pure; VAT-2 in docs/rules.md. The owner picks the treatment, this module only
proposes, always with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Treatment(StrEnum):
    """How VAT applies to a line. The values are stored."""

    STANDARD = "standard"
    EXEMPT_TRAINING = "exempt_44"
    REVERSE_CHARGE = "reverse_charge"
    SMALL_ENTERPRISE = "small_enterprise"
    OUTSIDE_SCOPE = "outside_scope"


CATEGORY = {
    Treatment.STANDARD: "S",
    Treatment.EXEMPT_TRAINING: "E",
    Treatment.REVERSE_CHARGE: "AE",
    Treatment.SMALL_ENTERPRISE: "E",
    Treatment.OUTSIDE_SCOPE: "O",
}
"""UNCL 5305 category of each treatment, as EN 16931 wants it."""

EXEMPTION_CODE = {
    Treatment.EXEMPT_TRAINING: "VATEX-EU-132-1I",
    Treatment.REVERSE_CHARGE: "VATEX-EU-AE",
    Treatment.OUTSIDE_SCOPE: "VATEX-EU-O",
}
"""VATEX code of each treatment that has one."""

LONGEST_SHORT_COURSE_DAYS = 7


class Why(StrEnum):
    """Why a treatment is proposed; the wording turns it into a sentence."""

    SELLER_SMALL_ENTERPRISE = "seller_small_enterprise"
    BELGIAN_CUSTOMER = "belgian_customer"
    PRIVATE_PERSON = "private_person"
    HELD_IN_BELGIUM = "held_in_belgium"
    EU_BUSINESS = "eu_business"
    OUTSIDE_EU = "outside_eu"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed treatment and the reason for it."""

    treatment: Treatment
    why: Why


def propose(
    *,
    seller_is_small_enterprise: bool,
    buyer_country: str,
    buyer_in_eu: bool,
    buyer_has_vat_number: bool,
    open_course_days_in_belgium: int | None,
) -> Proposal:
    """Return the VAT treatment to propose for a training line (VAT-2).

    ``buyer_country`` is an ISO 3166 code. ``open_course_days_in_belgium`` is the
    number of session days of an open course held in Belgium, ``None`` for any
    other delivery: up to seven days it takes Belgian VAT whoever buys it.
    """
    if seller_is_small_enterprise:
        return Proposal(Treatment.SMALL_ENTERPRISE, Why.SELLER_SMALL_ENTERPRISE)
    if buyer_country == "BE":
        return Proposal(Treatment.STANDARD, Why.BELGIAN_CUSTOMER)
    if not buyer_has_vat_number and buyer_in_eu:
        return Proposal(Treatment.STANDARD, Why.PRIVATE_PERSON)
    if (
        open_course_days_in_belgium is not None
        and open_course_days_in_belgium <= LONGEST_SHORT_COURSE_DAYS
    ):
        return Proposal(Treatment.STANDARD, Why.HELD_IN_BELGIUM)
    if buyer_in_eu:
        return Proposal(Treatment.REVERSE_CHARGE, Why.EU_BUSINESS)
    return Proposal(Treatment.OUTSIDE_SCOPE, Why.OUTSIDE_EU)
