"""How much of a year's cap a client has used, as far as we know."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from clients.models import Client
from ownyourstory.money import ZERO

from .models import Invoice


def room_used(client: Client, *, year: int) -> Decimal:
    """Return the subsidy of ``year`` that is taken, in EUR (SUB-7).

    That is what the client told of other providers, and the estimates on our own
    issued invoices of that year.
    """
    elsewhere = client.elsewhere_uses.filter(year=year).aggregate(sum=Sum("amount"))
    own = (
        Invoice.objects.issued()
        .filter(client=client, subsidy_year=year, is_cancelled=False)
        .aggregate(sum=Sum("subsidy_estimate"))
    )
    return (elsewhere["sum"] or ZERO) + (own["sum"] or ZERO)
