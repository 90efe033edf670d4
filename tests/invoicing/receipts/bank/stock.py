"""Issued invoices as bare rows: many at once, without a document each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clients.models import Client
from invoicing.documents.reference import structured_communication
from invoicing.models import Invoice, InvoiceStatus, NumberSeries
from invoicing.receipts.keeping import refresh_all
from programs.models import Course, Enrolment
from programs.road import State
from tests.factories import (
    AGREED,
    MONDAY,
    ClientFactory,
    CourseFactory,
    NumberSeriesFactory,
    noon,
)

D = Decimal


@dataclass(frozen=True)
class Wanted:
    """An invoice to make: what it asks on each road (EUR), for whom."""

    direct: str = "121.00"
    wallet: str = "0.00"
    buyer: str = "Bakkerij Janssens BV"
    application: str = ""


def stock(wanted: Iterable[Wanted], *, due_on: date = MONDAY) -> list[Invoice]:
    """Return an issued invoice, with its receipts, for each that is wanted."""
    every = list(wanted)
    series = NumberSeries.objects.filter(year=2026, kind="invoice").first()
    series = series or NumberSeriesFactory.create()
    client = ClientFactory.create()
    start = Invoice.objects.issued().count() + 1
    enrolments = iter(_enrolments(every, client))
    made = Invoice.objects.bulk_create(
        [
            _invoice(
                one,
                sequence=start + at,
                series=series,
                client=client,
                enrolment=next(enrolments) if D(one.wallet) else None,
            )
            for at, one in enumerate(every)
        ]
    )
    refresh_all(made)
    return made


def _invoice(
    wanted: Wanted,
    *,
    sequence: int,
    series: NumberSeries,
    client: Client,
    enrolment: Enrolment | None,
) -> Invoice:
    direct, wallet = D(wanted.direct), D(wanted.wallet)
    gross = direct + wallet
    pay_by = f"{MONDAY + timedelta(days=120)}"
    return Invoice(
        status=InvoiceStatus.ISSUED,
        client=client,
        enrolment=enrolment,
        via_wallet=bool(wallet),
        service_from=MONDAY,
        service_until=MONDAY,
        number=f"2026-{sequence:04d}",
        series=series,
        sequence=sequence,
        issued_on=MONDAY,
        due_on=MONDAY + timedelta(days=30),
        issued_at=noon(MONDAY),
        language="nl",
        buyer_name=wanted.buyer,
        communication=structured_communication(year=2026, sequence=sequence),
        net=gross,
        vat=D(0),
        gross=gross,
        wallet_amount=wallet,
        direct_amount=direct,
        record={"document": {"wallet": {"pay_by": pay_by} if wallet else None}},
    )


def _enrolments(wanted: list[Wanted], client: Client) -> list[Enrolment]:
    via_wallet = [one for one in wanted if D(one.wallet)]
    if not via_wallet:
        return []
    course: Course = CourseFactory.create()
    return Enrolment.objects.bulk_create(
        [
            Enrolment(
                client=client,
                course=course,
                agreed_on=AGREED,
                unit_price=D(600),
                price_basis=course.program.price_basis,
                uses_wallet=True,
                application_number=one.application,
                applied_on=AGREED,
                state=State.ORDERED,
            )
            for one in via_wallet
        ]
    )


def digits(invoice: Invoice) -> str:
    """Return the structured communication of an invoice as twelve digits."""
    return "".join(filter(str.isdigit, invoice.communication))
