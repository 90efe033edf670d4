"""What an e-invoice needs before and after it is written.

EIN-3 and EIN-4 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from invoicing.einvoice.rules.gate import Report
from invoicing.einvoice.rules.wording import in_words
from invoicing.models import Invoice, Seller

from .problem import Problem


def reach_problems(invoice: Invoice) -> Iterator[Problem]:
    client = invoice.client
    if client.einvoice_ground.is_structured and not client.endpoint:
        yield Problem(
            rule="EIN-3",
            message=_("It is to go over Peppol, but the client has no Peppol id."),
            remedy=_("Fill it in, or say why this client gets no e-invoice."),
            link=reverse("admin:clients_client_change", args=[client.pk]),
        )


def rule_problems(
    report: Report, invoice: Invoice, *, seller: Seller
) -> Iterator[Problem]:
    """Yield each rule that the written e-invoice breaks, with the page to mend it."""
    for finding in report.errors:
        message, remedy = in_words(finding)
        yield Problem(
            rule=finding.rule,
            message=message,
            remedy=remedy,
            link=_page(finding.location, invoice, seller=seller),
        )


def _page(location: str, invoice: Invoice, *, seller: Seller) -> str:
    """Return the page of what an element of the e-invoice is made from."""
    if "AccountingSupplierParty" in location or "PaymentMeans" in location:
        return reverse("admin:invoicing_seller_change", args=[seller.pk])
    if "AccountingCustomerParty" in location:
        return reverse("admin:clients_client_change", args=[invoice.client_id])
    return reverse("admin:invoicing_invoice_change", args=[invoice.pk])
