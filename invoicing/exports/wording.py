"""What the owner reads of exports: periods, and totals that do not agree."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.templatetags.money import eur

from .control import Difference
from .period import Preset

PRESETS = {
    Preset.LAST_QUARTER: gettext_lazy("last quarter"),
    Preset.THIS_QUARTER: gettext_lazy("this quarter"),
    Preset.LAST_MONTH: gettext_lazy("last month"),
    Preset.THIS_YEAR: gettext_lazy("this year"),
    Preset.LAST_YEAR: gettext_lazy("last year"),
}


def difference_in_words(one: Difference) -> str:
    """Return where two sums do not agree, with both."""
    return _(
        "%(what)s %(kind)s does not agree with the documents: "
        "%(found_count)s documents, %(found)s excl. VAT, %(found_vat)s VAT, "
        "against %(count)s documents, %(sum)s excl. VAT, %(vat)s VAT."
    ) % {
        "what": one.what,
        "kind": one.kind,
        "found_count": one.found.documents,
        "found": eur(one.found.base),
        "found_vat": eur(one.found.vat),
        "count": one.invoices.documents,
        "sum": eur(one.invoices.base),
        "vat": eur(one.invoices.vat),
    }
