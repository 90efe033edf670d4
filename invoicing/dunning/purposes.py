"""What a client is reminded of by mail where money is late, and the places in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from ownyourstory.mail.purposes import Purpose, Text

from .levels import Audience
from .texts import business, consumer
from .values import free_sample, sample

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PLACES = {
    "name": _("the contact person for invoices, else the client"),
    "client": _("the client"),
    "number": _("the number"),
    "issued_on": _("the date"),
    "about": _("what the invoice is for"),
    "due_on": _("the last day to pay"),
    "days_late": _("how many days that is ago"),
    "open": _("what is still open, paid directly to you"),
    "interest": _("the interest; zero where none is claimed"),
    "fixed": _("the fixed costs; zero where none are claimed"),
    "total": _("what is open, with interest and costs"),
    "sums": _("those amounts, each on a line; nothing where no costs are asked"),
    "costs_note": _("a sentence on why costs are asked; nothing where none are"),
    "wallet_note": _(
        "a sentence on what the wallet pays or not; nothing without a wallet"
    ),
    "pay_by": _("by when you ask to be paid now"),
    "iban": _("your account number"),
    "communication": _("the structured communication"),
    "seller": _("your own name"),
}
FREE = {
    "costs_to_come": _("a sentence on which costs follow, or that none do"),
}


def code_of(audience: Audience, step: int) -> str:
    """Return the code of the letter for a step of the reminders."""
    return f"dunning_{audience}_{step}"


def _purpose(
    audience: Audience, step: int, label: StrPromise, standards: Mapping[str, Text]
) -> Purpose:
    is_free = (audience, step) == (Audience.CONSUMER, 1)
    return Purpose(
        code=code_of(audience, step),
        label=label,
        places={**PLACES, **(FREE if is_free else {})},
        standards=standards,
        sample=free_sample if step == 1 else sample,
    )


PURPOSES = [
    _purpose(
        Audience.BUSINESS, 1, _("Payment: first reminder, business"), business.FIRST
    ),
    _purpose(
        Audience.BUSINESS, 2, _("Payment: second reminder, business"), business.SECOND
    ),
    _purpose(
        Audience.BUSINESS, 3, _("Payment: last reminder, business"), business.LAST
    ),
    _purpose(
        Audience.CONSUMER,
        1,
        _("Payment: first reminder, private person"),
        consumer.FIRST,
    ),
    _purpose(
        Audience.CONSUMER,
        2,
        _("Payment: second reminder, private person"),
        business.SECOND,
    ),
    _purpose(
        Audience.CONSUMER,
        3,
        _("Payment: last reminder, private person"),
        business.LAST,
    ),
]
