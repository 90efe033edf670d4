"""What an e-invoice needs before and after it is written.

EIN-3 and EIN-4 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from invoicing.einvoice.rules.finding import Finding
from invoicing.einvoice.rules.gate import Report
from invoicing.einvoice.rules.reader import Unreadable
from invoicing.einvoice.rules.wording import (
    OF_THE_CLIENT,
    OF_THE_SELLER,
    in_words,
    refusal_in_words,
)
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
    """Yield each rule that the written e-invoice breaks, with the page to mend it.

    Once, however many places break it in the same words.
    """
    found = []
    for finding in report.errors:
        message, remedy = in_words(finding)
        found.append(
            Problem(
                rule=finding.rule,
                message=message,
                remedy=remedy,
                link=_page(finding, invoice, seller=seller),
            )
        )
    yield from dict.fromkeys(found)


def size_problem(error: Unreadable, *, seller: Seller) -> Problem:
    """Return why an e-invoice cannot even be read: the PDF inside makes it so large."""
    return Problem(
        rule="EIN-4",
        message=_("The e-invoice cannot be checked. %s") % refusal_in_words(error),
        remedy=_("Its PDF is too large to go inside: choose a smaller logo."),
        link=reverse("admin:invoicing_seller_change", args=[seller.pk]),
    )


def _page(finding: Finding, invoice: Invoice, *, seller: Seller) -> str:
    """Return the page of what the element with the finding is made from."""
    rule, where = finding.rule, finding.location
    of_seller = "AccountingSupplierParty" in where or "PaymentMeans" in where
    if of_seller or rule in OF_THE_SELLER:
        return reverse("admin:invoicing_seller_change", args=[seller.pk])
    if "AccountingCustomerParty" in where or rule in OF_THE_CLIENT:
        return reverse("admin:clients_client_change", args=[invoice.client_id])
    return reverse("admin:invoicing_invoice_change", args=[invoice.pk])
