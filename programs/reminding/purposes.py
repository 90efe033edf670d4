"""What clients are reminded of by mail, and what the texts of it may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ownyourstory.mail.placeholders import fill
from ownyourstory.mail.purposes import Purpose, Text
from programs.timetable import Kind

from .texts import APPLY, CONTRIBUTE, FINISH, ORDER, OUR_INVOICE

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

ALWAYS = {
    "name": _("the contact person for invoices, else the client"),
    "client": _("the client"),
    "training": _("the title of the training"),
    "last_day": _("the last day"),
    "seller": _("your own name"),
}
APPLIED = {"applied_on": _("the day of the application")}
INVOICED = {
    "our_invoice": _(
        "a sentence with the number of your invoice; nothing while there is none"
    )
}
SUBSIDISED = {"subsidised_on": _("the day on which the subsidy was added")}

CODES = {
    Kind.APPLY: "remind_apply",
    Kind.CONTRIBUTE: "remind_contribute",
    Kind.ORDER: "remind_order",
    Kind.FINISH: "remind_finish",
}


def sample(language: str) -> dict[str, str]:
    """Return invented values in ``language``, to show what a text comes to."""
    with translation.override(language):
        return {
            "name": "Anna Voorbeeld",
            "client": "Bakkerij Voorbeeld BV",
            "training": "Schrijven voor je zaak",
            "last_day": day(date(2026, 3, 26)),
            "seller": "Own Your Story",
            "applied_on": day(date(2026, 3, 2)),
            "subsidised_on": day(date(2026, 3, 9)),
            "our_invoice": our_invoice("2026-0042", language),
        }


def day(given: date | None) -> str:
    """Return a day as one writes it in a letter; empty for none."""
    return date_format(given, "j F Y") if given else ""


def our_invoice(number: str, language: str) -> str:
    """Return the sentence that names our invoice; empty for no number (DOS-4)."""
    return fill(OUR_INVOICE[language], {"invoice": number}) if number else ""


def _purpose(
    kind: Kind,
    label: StrPromise,
    standards: Mapping[str, Text],
    places: Mapping[str, StrPromise],
) -> Purpose:
    return Purpose(
        code=CODES[kind],
        label=label,
        places={**ALWAYS, **places},
        standards=standards,
        sample=sample,
    )


PURPOSES = [
    _purpose(Kind.APPLY, _("Reminder: apply for the subsidy"), APPLY, {}),
    _purpose(
        Kind.CONTRIBUTE,
        _("Reminder: pay in the own contribution"),
        CONTRIBUTE,
        APPLIED,
    ),
    _purpose(
        Kind.ORDER,
        _("Reminder: order the payment"),
        ORDER,
        {**SUBSIDISED, **INVOICED},
    ),
    _purpose(Kind.FINISH, _("Reminder: the wallet pays until"), FINISH, {**INVOICED}),
]
