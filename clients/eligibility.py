"""May this client use the wallet?

Pure; ELI-1 … ELI-5 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .regions import Region
from .size import Size, SizeLimits, enterprise_size
from .verdict import Answer, Reason, Verdict


class LegalForm(StrEnum):
    """Legal forms as the scheme tells them apart. The values are stored."""

    SOLE_TRADER = "sole_trader"
    LIBERAL = "liberal"
    BV = "bv"
    NV = "nv"
    CV = "cv"
    VOF = "vof"
    COMMV = "commv"
    FOREIGN = "foreign"
    VZW = "vzw"
    SHELTERED = "sheltered_vzw"
    PUBLIC = "public"
    ASSOCIATION = "association"
    OTHER = "other"


FORMS_OUT = {LegalForm.VZW, LegalForm.PUBLIC, LegalForm.ASSOCIATION}
"""Legal forms the scheme leaves out; sheltered workshops count since 2025 (ELI-3)."""


@dataclass(frozen=True, slots=True)
class ClientFacts:
    """What is known of a client; ``None`` or empty means not known.

    Amounts in EUR a year, staff in FTE, ``public_share`` a percentage.
    """

    is_private_person: bool
    region: Region
    legal_form: str
    fte: Decimal | None
    turnover: Decimal | None
    balance: Decimal | None
    public_share: Decimal | None
    nace: str
    is_related: bool


@dataclass(frozen=True, slots=True)
class ClientConditions:
    """What the scheme asks of a client on some day.

    ``public_share_limit`` is a percentage that must not be reached;
    ``activities`` holds the NACE codes of the decree as digits, and where it is
    empty nothing can be said about an activity (ELI-4).
    """

    sizes: SizeLimits
    public_share_limit: Decimal
    activities: Collection[str]


def client_verdict(facts: ClientFacts, *, conditions: ClientConditions) -> Verdict:
    """Return whether a client may use the wallet, with every reason."""
    if facts.is_private_person:
        return Verdict((Reason("ELI-1", Answer.NO, "private_person"),))
    return Verdict(
        (
            _region(facts.region),
            *_size(facts, conditions.sizes),
            _legal_form(facts.legal_form),
            _public_share(facts.public_share, conditions.public_share_limit),
            _activity(facts.nace, conditions.activities),
            _related(is_related=facts.is_related),
        )
    )


def _region(region: Region) -> Reason:
    if region is Region.FLANDERS:
        return Reason("ELI-1", Answer.YES, "flanders")
    if region is Region.UNKNOWN:
        return Reason("ELI-1", Answer.UNKNOWN, "region_unknown")
    return Reason("ELI-1", Answer.NO, "not_flanders")


def _size(facts: ClientFacts, limits: SizeLimits) -> Iterator[Reason]:
    size = enterprise_size(
        fte=facts.fte,
        turnover=facts.turnover,
        balance=facts.balance,
        limits=limits,
    )
    if size is Size.UNKNOWN:
        yield Reason("ELI-2", Answer.UNKNOWN, "size_unknown")
    elif size is Size.LARGE:
        yield Reason("ELI-2", Answer.NO, "too_large")
    else:
        yield Reason("ELI-2", Answer.YES, size)
        if facts.turnover is None and facts.balance is None:
            # The staff decides (SUB-1); what is missing is said, not held against her.
            yield Reason("ELI-2", Answer.YES, "amounts_unknown")


def _legal_form(legal_form: str) -> Reason:
    if legal_form in FORMS_OUT:
        return Reason("ELI-3", Answer.NO, "legal_form_out")
    if legal_form in {"", LegalForm.OTHER, LegalForm.FOREIGN}:
        return Reason("ELI-3", Answer.UNKNOWN, "legal_form_unknown")
    return Reason("ELI-3", Answer.YES, "legal_form")


def _public_share(share: Decimal | None, limit: Decimal) -> Reason:
    if share is None:
        return Reason("ELI-3", Answer.UNKNOWN, "public_share_unknown")
    if share >= limit:
        return Reason("ELI-3", Answer.NO, "public_share")
    return Reason("ELI-3", Answer.YES, "private_share")


def _activity(nace: str, activities: Collection[str]) -> Reason:
    digits = nace.replace(".", "")
    if digits.startswith(("01", "02", "03")):
        return Reason("ELI-4", Answer.NO, "agriculture")
    if not digits or not activities:
        return Reason("ELI-4", Answer.UNKNOWN, "activity_unknown")
    if any(digits.startswith(code) for code in activities):
        return Reason("ELI-4", Answer.YES, "activity")
    return Reason("ELI-4", Answer.NO, "activity_out")


def _related(*, is_related: bool) -> Reason:
    if is_related:
        return Reason("ELI-5", Answer.NO, "related")
    return Reason("ELI-5", Answer.YES, "unrelated")
