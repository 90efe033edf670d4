"""Documents in the books for buyers with numbers of the test's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from clients.models import Client
from invoicing.documents.document import Kind
from invoicing.documents.grids import grids
from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, JournalEntry
from ownyourstory.money import ZERO, percent_of
from tests.factories.booked import RATE_GRIDS, booked

D = Decimal


def sold(
    net: str | Decimal = "1000",
    *,
    on: date = date(2026, 3, 2),
    to: str = "BE0824677865",
    name: str = "Bakkerij Gent BV",
    country: str = "BE",
    treatment: Treatment = Treatment.STANDARD,
    rate: int = 21,
    note_for: Invoice | None = None,
    client: Client | None = None,
    **fields: Any,
) -> Invoice:
    """Return a document of ``net`` EUR for the buyer with the VAT number ``to``."""
    base = D(net)
    vat = percent_of(base, D(rate)) if treatment is Treatment.STANDARD else ZERO
    amounts = {"net": base, "vat": vat, "gross": base + vat}
    invoice = booked(
        on=on,
        groups=(),
        credits=note_for,
        client=client,
        buyer_name=name,
        country=country,
        fields=amounts | {"direct_amount": base + vat} | fields,
    )
    found = grids(
        treatment,
        rate_grid=RATE_GRIDS.get(D(rate), ""),
        country=country,
        kind=Kind(invoice.kind),
    )
    JournalEntry.objects.create(
        invoice=invoice,
        position=1,
        description="Opleiding",
        treatment=treatment,
        vat_rate=rate if treatment is Treatment.STANDARD else 0,
        base=base,
        vat=vat,
        base_grid=found.base,
        vat_grid=found.vat,
        buyer_number=invoice.client.number,
        vat_number=to,
        country=country,
    )
    return invoice


def credited(
    invoice: Invoice, net: str | Decimal, *, on: date, **fields: Any
) -> Invoice:
    """Return a credit note of ``net`` EUR for what was sold."""
    entry = invoice.entries.get()
    return sold(
        net,
        on=on,
        to=entry.vat_number,
        name=invoice.buyer_name,
        country=entry.country,
        treatment=Treatment(entry.treatment),
        client=invoice.client,
        note_for=invoice,
        **fields,
    )
