"""How much of a year's cap a client has used, as far as we know."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from clients.models import Client
from ownyourstory.money import ZERO, to_cents

from .documents.document import Kind
from .models import Invoice


def room_used(client: Client, *, year: int) -> Decimal:
    """Return the subsidy of ``year`` that is taken, in EUR (SUB-7).

    That is what the client told of other providers, and the estimates on our own
    issued invoices of that year, each as far as its wallet part was not credited.
    """
    elsewhere = client.elsewhere_uses.filter(year=year).aggregate(sum=Sum("amount"))
    own = (
        Invoice.objects.issued()
        .filter(kind=Kind.INVOICE, client=client, subsidy_year=year)
        .annotate(credited=Sum("credit_notes__wallet_amount"))
        .values_list("subsidy_estimate", "wallet_amount", "credited")
    )
    used: Decimal = elsewhere["sum"] or ZERO
    for estimate, wallet, credited in own:
        if estimate and wallet:
            used += to_cents(estimate * (wallet - (credited or ZERO)) / wallet)
    return used
