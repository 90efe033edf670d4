"""A handful of documents of every sort, in the books of the first quarter of 2026."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from invoicing.documents.vat import Treatment
from invoicing.exports.period import Period
from invoicing.models import Channel, Invoice
from invoicing.receipts import recording
from tests.factories import noon
from tests.factories.booked import Group, Sold, book, booked

D = Decimal
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
FORMULA = '=HYPERLINK("http://example.com";"kijk")'


def fill() -> list[Invoice]:
    """Write the documents: paid, in two rates, exempt, in the EU, credited in part."""
    january, march = date(2026, 1, 15), date(2026, 3, 2)
    documents = book(
        [
            Sold(on=january, wallet=D(30)),
            Sold(on=january, groups=(Group(D("10.05")), Group(D(200), D(6)))),
            Sold(
                on=march,
                groups=(Group(D(680), D(0), Treatment.EXEMPT_TRAINING),),
                buyer_name=FORMULA,
                description="-20 % korting",
            ),
            Sold(
                on=march,
                groups=(Group(D(500), D(0), Treatment.REVERSE_CHARGE),),
                country="FR",
                buyer_name="Atelier Éclair SARL",
            ),
            Sold(on=date(2026, 4, 1)),
        ]
    )
    documents.append(
        booked(
            on=date(2026, 3, 31),
            groups=(Group(D(5), D(6)),),
            credits=documents[1],
            fields={"credit_reason": "@te veel"},
        )
    )
    pay(documents[0], Channel.DIRECT, "91.00", date(2026, 2, 1))
    pay(documents[0], Channel.WALLET, "30.00", date(2026, 4, 2))
    pay(documents[1], Channel.DIRECT, "100.00", date(2026, 3, 1))
    return documents


def pay(invoice: Invoice, road: Channel, amount: str, on: date) -> None:
    """Record that money came in on a day."""
    money = recording.Money(road, D(amount), on)
    recording.record(invoice.pk, money, now=noon(on), today=on, by=None)
