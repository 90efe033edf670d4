"""What stands between a draft and its number: every problem at once.

Each problem names its rule, says what is wrong and what to do, in the active
language, and links to the page where it can be mended. Nothing here writes.
INV-1, INV-2, VAT-2, REG-6 and PRG-1 in docs/rules.md.
"""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.models import Invoice, NumberSeries, Seller

from .books import SELLER_NEEDS, date_problems, seller_problems
from .charges import line_problems, vat_problems
from .einvoice import reach_problems, rule_problems, size_problem
from .problem import Caution, Problem
from .wallet import wallet_problems, warnings

__all__ = [
    "SELLER_NEEDS",
    "Caution",
    "Problem",
    "credit_problems",
    "problems",
    "problems_today",
    "rule_problems",
    "size_problem",
    "warnings",
]


def problems(
    invoice: Invoice, *, seller: Seller, series: NumberSeries, on: date, today: date
) -> list[Problem]:
    """Return all that forbids issuing ``invoice`` on day ``on``; empty: nothing.

    ``today`` is the day on which it is asked: no invoice is dated after it.
    """
    lines = list(invoice.lines.all())
    return [
        *seller_problems(seller),
        *date_problems(series, on=on, today=today),
        *line_problems(invoice, lines, on=on),
        *vat_problems(invoice, lines, seller=seller),
        *wallet_problems(invoice, lines, on=on),
        *reach_problems(invoice),
    ]


def credit_problems(
    note: Invoice, *, seller: Seller, series: NumberSeries, on: date, today: date
) -> list[Problem]:
    """Return all that forbids issuing a credit note on day ``on`` (INV-1, INV-2)."""
    found = [
        *seller_problems(seller),
        *date_problems(series, on=on, today=today),
    ]
    original = note.credits
    if original is not None and original.issued_on and on < original.issued_on:
        found.append(
            Problem(
                rule="INV-4",
                message=_("The invoice itself is dated %s.")
                % date_format(original.issued_on),
                remedy=_("Choose that day or a later one."),
            )
        )
    return found


def problems_today(invoice: Invoice, *, today: date) -> list[Problem]:
    """Return all that forbids issuing ``invoice`` today; empty: nothing."""
    return problems(
        invoice,
        seller=Seller.objects.current(),
        series=NumberSeries.objects.planned(kind=Kind(invoice.kind), year=today.year),
        on=today,
        today=today,
    )
