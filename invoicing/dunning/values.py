"""What stands in the places of a payment reminder, as one writes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format

from invoicing.documents.document import Document
from ownyourstory.mail.placeholders import fill
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur, percent

from .costs import Claim
from .levels import Audience
from .texts.sentences import (
    COSTS_NOTE,
    COSTS_TO_COME,
    NO_COSTS_TO_COME,
    NOT_BY_WALLET,
    RATE,
    SUMS,
    WALLET_NOTE,
)

MOST_LINES = 3
"""The lines of an invoice that say well enough what it is for."""


@dataclass(frozen=True, slots=True)
class ToCome:
    """What a consumer may be asked after the free days: a sum (EUR), and a rate."""

    lump_sum: Decimal
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reminder asks and by when; ``to_come`` is ``None`` where no costs are.

    ``wallet_is_over``: what the wallet was to pay is owed directly.
    """

    audience: Audience
    claim: Claim
    due_on: date
    pay_by: date
    to_come: ToCome | None = None
    wallet_is_over: bool = False


def values_of(
    document: Document, asked: Asked, language: str, *, name: str, seller: str
) -> dict[str, str]:
    """Return the values for the letter about an issued invoice, in ``language``.

    ``name`` is whom we write to, ``seller`` the name under which we write.
    """
    lines = [line.description for line in document.lines[:MOST_LINES]]
    with translation.override(language):
        values = {
            "name": name,
            "client": document.buyer.legal_name,
            "number": document.number,
            "issued_on": _day(document.issued_on),
            "about": "; ".join(" ".join(line.split()) for line in lines),
            "iban": document.seller.iban,
            "communication": document.communication,
            "seller": seller,
            "wallet_note": "",
        }
        values |= _amounts(asked, language)
        if document.wallet is not None:
            note = NOT_BY_WALLET if asked.wallet_is_over else WALLET_NOTE
            values["wallet_note"] = note[language]
        values["costs_to_come"] = _to_come(asked.to_come, language)
    return values


def sample(language: str) -> dict[str, str]:
    """Return invented values in ``language``, to show what a text comes to."""
    return _sample(
        Claim(
            open=Decimal(252),
            days_late=21,
            interest_from=date(2026, 4, 2),
            interest=Decimal("1.52"),
            fixed=Decimal(40),
        ),
        language,
    )


def free_sample(language: str) -> dict[str, str]:
    """Return what ``sample`` does, for a reminder without costs."""
    return _sample(Claim(open=Decimal(252), days_late=7), language)


def _sample(claim: Claim, language: str) -> dict[str, str]:
    asked = Asked(Audience.BUSINESS, claim, date(2026, 4, 1), date(2026, 4, 29))
    with translation.override(language):
        return {
            "name": "Anna Voorbeeld",
            "client": "Bakkerij Voorbeeld BV",
            "number": "2026-0042",
            "issued_on": _day(date(2026, 3, 2)),
            "about": "Schrijven voor je zaak",
            "iban": "BE68 5390 0754 7034",
            "communication": "+++202/6000/04214+++",
            "seller": "Own Your Story",
            "wallet_note": "",
            "costs_to_come": _to_come(
                ToCome(Decimal("40.20"), Decimal("10.5")), language
            ),
            **_amounts(asked, language),
        }


def _amounts(asked: Asked, language: str) -> dict[str, str]:
    claim = asked.claim
    values = {
        "due_on": _day(asked.due_on),
        "days_late": str(claim.days_late),
        "open": eur(claim.open),
        "interest": eur(claim.interest),
        "fixed": eur(claim.fixed),
        "total": eur(claim.total),
        "pay_by": _day(asked.pay_by),
        "costs_note": COSTS_NOTE[asked.audience][language] if claim.costs else "",
    }
    shown = {
        "open": claim.costs,
        "interest": claim.interest,
        "fixed": claim.fixed,
        "total": claim.costs,
    }
    sums = [SUMS[language][name] for name, sum_ in shown.items() if sum_ > ZERO]
    told = {**values, "interest_from": _day(claim.interest_from)}
    return values | {"sums": "\n".join(fill(line, told) for line in sums)}


def _to_come(to_come: ToCome | None, language: str) -> str:
    if to_come is None:
        return NO_COSTS_TO_COME[language]
    rate = ""
    if to_come.percent is not None:
        rate = RATE[language].replace("{percent}", percent(to_come.percent))
    values = {"lump_sum": eur(to_come.lump_sum), "rate": rate}
    return fill(COSTS_TO_COME[language], values)


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
