"""What stands in the places of a mail: numbers, days and amounts as one writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.formats import date_format

from invoicing.documents.document import Credited, Document, WalletPart
from invoicing.documents.totals import Totals
from ownyourstory.mail.placeholders import fill
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur

from .texts.wallet_invoice import DIRECT_PAYMENT, NOTHING_DIRECT

SAMPLES = {
    "nl": {
        "training": "Schrijven voor je zaak",
        "reason": "Eén deelnemer kon niet komen.",
    },
    "fr": {
        "training": "Écrire pour son entreprise",
        "reason": "Une personne n’a pas pu venir.",
    },
    "en": {
        "training": "Writing for your business",
        "reason": "One participant could not come.",
    },
}
"""What the owner would have written herself in the samples, by language."""


def values_of(document: Document, language: str, *, seller: str) -> dict[str, str]:
    """Return the values for a mail about an issued document, written in ``language``.

    ``seller`` is the name under which we write.
    """
    with translation.override(language):
        values = {
            "name": document.buyer.attention or document.buyer.legal_name,
            "client": document.buyer.legal_name,
            "number": document.number,
            "issued_on": _day(document.issued_on),
            "service": _period(document.service_from, document.service_until),
            "net": eur(document.totals.net),
            "vat": eur(document.totals.vat),
            "gross": eur(document.totals.gross),
            "due_on": _day(document.due_on),
            "iban": document.seller.iban,
            "communication": document.communication,
            "seller": seller,
        }
        if document.wallet is not None:
            values |= _of_the_wallet(document.wallet)
            values |= _in_two_parts(document.totals, values, language)
        if document.credits is not None:
            values |= _of_the_credit(document.credits)
    return values


def sample(language: str) -> dict[str, str]:
    """Return invented values in ``language``, to show what a text comes to."""
    with translation.override(language):
        values = {
            "name": "Anna Voorbeeld",
            "client": "Bakkerij Voorbeeld BV",
            "number": "2026-0042",
            "issued_on": _day(date(2026, 3, 2)),
            "service": _period(date(2026, 3, 12), date(2026, 3, 19)),
            "net": eur(Decimal(1200)),
            "vat": eur(Decimal(252)),
            "gross": eur(Decimal(1452)),
            "due_on": _day(date(2026, 4, 1)),
            "iban": "BE68 5390 0754 7034",
            "communication": "+++202/6000/04214+++",
            "seller": "Own Your Story",
            "wallet": eur(Decimal(1200)),
            "direct": eur(Decimal(252)),
            "apply_by": _day(date(2026, 3, 26)),
            "pay_by": _day(date(2027, 12, 31)),
            "original": "2026-0041",
            "original_on": _day(date(2026, 2, 27)),
            "refund": "",
            **SAMPLES[language],
        }
        return values | {"direct_payment": fill(DIRECT_PAYMENT[language], values)}


def _of_the_wallet(wallet: WalletPart) -> dict[str, str]:
    return {
        "training": wallet.training_title,
        "apply_by": _day(wallet.apply_by),
        "pay_by": _day(wallet.pay_by),
    }


def _in_two_parts(
    totals: Totals, values: Mapping[str, str], language: str
) -> dict[str, str]:
    """Return both amounts, with a sentence on the one that is transferred (INV-6)."""
    amounts = {"wallet": eur(totals.wallet), "direct": eur(totals.direct)}
    sentences = DIRECT_PAYMENT if totals.direct > ZERO else NOTHING_DIRECT
    payment = fill(sentences[language], {**values, **amounts})
    return {**amounts, "direct_payment": payment}


def _of_the_credit(credited: Credited) -> dict[str, str]:
    return {
        "original": credited.number,
        "original_on": _day(credited.issued_on),
        "reason": credited.reason,
        "refund": credited.refund,
    }


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _period(first: date, last: date) -> str:
    return _day(first) if first == last else f"{_day(first)} – {_day(last)}"
