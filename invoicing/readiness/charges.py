"""What the lines of an invoice need, and the VAT on them.

VAT-1 and VAT-2 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, InvoiceLine, Seller, VatRate
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur, percent

from .problem import Problem

MOST = Decimal("999999999.99")
"""What a transfer can carry (EUR, PAY-4); with its VAT it still fits its columns."""


def line_problems(
    invoice: Invoice, lines: list[InvoiceLine], *, on: date
) -> Iterator[Problem]:
    page = reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    if not lines:
        yield Problem(
            rule="INV-2",
            message=_("There is no line on it."),
            remedy=_("Add what you charge for."),
            link=page,
        )
    total = sum((line.priced().net for line in lines), ZERO)
    if total > MOST:
        yield Problem(
            rule="VAT-1",
            message=_("It comes to more than %s.") % eur(MOST),
            remedy=_("Check the quantities and the prices."),
            link=page,
        )
    if invoice.discount and invoice.discount > total:
        yield Problem(
            rule="VAT-1",
            message=_("The discount is more than the lines come to."),
            remedy=_("Lower the discount."),
            link=page,
        )
    known = set(VatRate.objects.valid_on(on).values_list("percent", flat=True))
    for line in lines:
        if line.priced().net < 0:
            yield Problem(
                rule="VAT-1",
                message=_("Line “%s” comes out below zero.") % _short(line),
                remedy=_("Lower its discount."),
                link=page,
            )
        if line.treatment == Treatment.STANDARD and line.vat_rate not in known:
            yield Problem(
                rule="VAT-2",
                message=_("Line “%(line)s” has %(rate)s VAT: no rate of that day.")
                % {"line": _short(line), "rate": percent(line.vat_rate)},
                remedy=_("Choose another rate, or add it under VAT rates."),
                link=page,
            )


def vat_problems(
    invoice: Invoice, lines: list[InvoiceLine], *, seller: Seller
) -> Iterator[Problem]:
    page = reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    used = {Treatment(line.treatment) for line in lines}
    if Treatment.REVERSE_CHARGE in used and not invoice.client.foreign_vat_number:
        yield Problem(
            rule="VAT-2",
            message=_("Reverse charge needs the VAT number of a business abroad."),
            remedy=_("Fill in the client's VAT number, or charge VAT."),
            link=reverse("admin:clients_client_change", args=[invoice.client_id]),
        )
    if {Treatment.EXEMPT_TRAINING, Treatment.SMALL_ENTERPRISE} <= used:
        yield Problem(
            rule="VAT-2",
            message=_("Two grounds for exemption on one invoice."),
            remedy=_("Make two invoices, one for each ground."),
            link=page,
        )
    if Treatment.OUTSIDE_SCOPE in used and len(used) > 1:
        yield Problem(
            rule="VAT-2",
            message=_("Lines outside the scope of VAT stand beside others."),
            remedy=_("Put them on an invoice of their own."),
            link=page,
        )
    is_small = Treatment.SMALL_ENTERPRISE in used
    if lines and is_small != seller.is_small_enterprise:
        yield Problem(
            rule="VAT-2",
            message=_("The lines and your own VAT scheme do not agree."),
            remedy=_(
                "The small-enterprise scheme goes for all you sell or for nothing: "
                "check the lines and Own company."
            ),
            link=page,
        )


def _short(line: InvoiceLine) -> str:
    return line.description.splitlines()[0][:60] if line.description else "…"
