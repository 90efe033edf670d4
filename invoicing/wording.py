"""What the values of the invoicing app are called."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, npgettext_lazy

from .documents.document import Kind, Unit
from .documents.refund import Cause, WalletState
from .documents.vat import Treatment, Why
from .dunning.levels import Audience

KINDS = {Kind.INVOICE: _("invoice"), Kind.CREDIT_NOTE: _("credit note")}

AUDIENCES = {
    Audience.BUSINESS: _("businesses"),
    Audience.CONSUMER: _("private persons"),
}

REMINDERS = {
    1: _("first reminder"),
    2: _("second reminder"),
    3: _("last reminder"),
}
"""The steps of the payment reminders."""

UNITS = {
    Unit.PERSON: npgettext_lazy("unit", "person", "persons", 1),
    Unit.HOUR: npgettext_lazy("unit", "hour", "hours", 1),
    Unit.DAY: npgettext_lazy("unit", "day", "days", 1),
    Unit.PIECE: npgettext_lazy("unit", "piece", "pieces", 1),
    Unit.LUMP_SUM: npgettext_lazy("unit", "lump sum", "lump sums", 1),
}


def unit_label(unit: Unit, *, quantity: Decimal) -> str:
    """Return what ``quantity`` counts, in the active language: "2 hours"."""
    count = ceil(quantity)
    return {
        Unit.PERSON: npgettext("unit", "person", "persons", count),
        Unit.HOUR: npgettext("unit", "hour", "hours", count),
        Unit.DAY: npgettext("unit", "day", "days", count),
        Unit.PIECE: npgettext("unit", "piece", "pieces", count),
        Unit.LUMP_SUM: npgettext("unit", "lump sum", "lump sums", count),
    }[unit]


TREATMENTS = {
    Treatment.STANDARD: _("with VAT"),
    Treatment.EXEMPT_TRAINING: _("exempt: training (art. 44)"),
    Treatment.REVERSE_CHARGE: _("reverse charge (EU business)"),
    Treatment.SMALL_ENTERPRISE: _("exempt: small-enterprise scheme"),
    Treatment.OUTSIDE_SCOPE: _("outside the scope of Belgian VAT"),
}

CAUSES = {
    Cause.CORRECTION: _("nobody: the invoice was wrong"),
    Cause.PROVIDER: _("we cancel the training"),
    Cause.CLIENT: _("the client withdraws"),
}

WALLET_STATES = {
    WalletState.NOTHING: _("nothing yet"),
    WalletState.PART: _("a part"),
    WalletState.ALL: _("all of it"),
}

WHY = {
    Why.SELLER_SMALL_ENTERPRISE: _("you are in the small-enterprise scheme"),
    Why.BELGIAN_CUSTOMER: _("a Belgian client: Belgian VAT"),
    Why.PRIVATE_PERSON: _("no VAT number: Belgian VAT"),
    Why.HELD_IN_BELGIUM: _("an open course of at most 7 days held in Belgium"),
    Why.EU_BUSINESS: _("a business elsewhere in the EU: reverse charge"),
    Why.OUTSIDE_EU: _("a client outside the EU: no Belgian VAT"),
}
