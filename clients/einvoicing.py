"""Whether an invoice to a client is the structured one, and why.

Pure. EIN-1 in docs/rules.md: between Belgian VAT-liable businesses the e-invoice is
the legal invoice. The owner may say that a client is an exception, and which.
"""

from __future__ import annotations

from enum import StrEnum


class Exemption(StrEnum):
    """Why a client is not invoiced as the law has it. The values are stored."""

    BANKRUPT = "bankrupt"
    FLAT_RATE = "flat_rate"
    OTHER_FORMAT = "other_format"
    NOT_REACHABLE = "not_reachable"
    ASKS_FOR_IT = "asks_for_it"


class Ground(StrEnum):
    """What decides how a client is invoiced; the wording makes a sentence of it."""

    VAT_LIABLE = "vat_liable"
    PRIVATE_PERSON = "private_person"
    ABROAD = "abroad"
    ONLY_EXEMPT = "only_exempt"
    NOT_LIABLE = "not_liable"
    BANKRUPT = "bankrupt"
    FLAT_RATE = "flat_rate"
    OTHER_FORMAT = "other_format"
    NOT_REACHABLE = "not_reachable"
    ASKS_FOR_IT = "asks_for_it"

    @property
    def is_structured(self) -> bool:
        """True where the invoice goes over Peppol and the PDF is a copy of it."""
        return self in {Ground.VAT_LIABLE, Ground.ASKS_FOR_IT}


def ground_for(
    *,
    is_person: bool,
    country: str,
    is_vat_liable: bool,
    only_exempt: bool,
    exemption: str,
) -> Ground:
    """Return the ground on which a client gets an e-invoice, or gets none (EIN-1).

    ``country`` is an ISO 3166 code, ``exemption`` an ``Exemption`` or empty. Who is
    not bound to it gets one by asking for it; a private person never does.
    """
    if is_person:
        return Ground.PRIVATE_PERSON
    if exemption == Exemption.ASKS_FOR_IT:
        return Ground.ASKS_FOR_IT
    if country != "BE":
        return Ground.ABROAD
    if only_exempt:
        return Ground.ONLY_EXEMPT
    if not is_vat_liable:
        return Ground.NOT_LIABLE
    return Ground(exemption) if exemption else Ground.VAT_LIABLE
