"""What the values of the invoicing app are called."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from .documents.document import Kind, Unit
from .documents.vat import Treatment, Why

KINDS = {Kind.INVOICE: _("invoice"), Kind.CREDIT_NOTE: _("credit note")}

UNITS = {
    Unit.PERSON: pgettext_lazy("unit", "person"),
    Unit.HOUR: pgettext_lazy("unit", "hour"),
    Unit.DAY: pgettext_lazy("unit", "day"),
    Unit.PIECE: pgettext_lazy("unit", "piece"),
    Unit.LUMP_SUM: pgettext_lazy("unit", "lump sum"),
}


def unit_label(unit: Unit, *, quantity: Decimal) -> str:
    """Return what ``quantity`` counts, in the active language: "2 hours"."""
    count = ceil(quantity)
    return {
        Unit.PERSON: ngettext("person", "persons", count),
        Unit.HOUR: ngettext("hour", "hours", count),
        Unit.DAY: ngettext("day", "days", count),
        Unit.PIECE: ngettext("piece", "pieces", count),
        Unit.LUMP_SUM: ngettext("lump sum", "lump sums", count),
    }[unit]


TREATMENTS = {
    Treatment.STANDARD: _("with VAT"),
    Treatment.EXEMPT_TRAINING: _("exempt: training (art. 44)"),
    Treatment.REVERSE_CHARGE: _("reverse charge (EU business)"),
    Treatment.SMALL_ENTERPRISE: _("exempt: small-enterprise scheme"),
    Treatment.OUTSIDE_SCOPE: _("outside the scope of Belgian VAT"),
}

WHY = {
    Why.SELLER_SMALL_ENTERPRISE: _("you are in the small-enterprise scheme"),
    Why.BELGIAN_CUSTOMER: _("a Belgian client: Belgian VAT"),
    Why.PRIVATE_PERSON: _("no VAT number: Belgian VAT"),
    Why.HELD_IN_BELGIUM: _("an open course of at most 7 days held in Belgium"),
    Why.EU_BUSINESS: _("a business elsewhere in the EU: reverse charge"),
    Why.OUTSIDE_EU: _("a client outside the EU: no Belgian VAT"),
}
