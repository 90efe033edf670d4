"""Invoices as the code makes them, so that no test starts from an impossible one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from invoicing import drafting, lifecycle
from invoicing.models import Invoice, Seller
from programs.models import Enrolment

from .days import FIRST_DAY, LAST_DAY, MONDAY, noon
from .invoicing import DraftFactory, LineFactory
from .programs import EnrolmentFactory, ParticipantFactory, SessionFactory


def complete_seller(**fields: Any) -> Seller:
    """Fill in what the owner has yet to give, with invented data, and return it."""
    seller = Seller.objects.current()
    invented = {
        "street": "Voorbeeldstraat 1",
        "postal_code": "2000",
        "city": "Antwerpen",
        "court": "Antwerpen, afdeling Antwerpen",
        "iban": "BE68539007547034",
        "bic": "TRIOBEBB",
        "bank": "Voorbeeldbank",
        "email": "info@example.com",
        "website": "www.example.com",
    }
    for name, value in (invented | fields).items():
        setattr(seller, name, value)
    seller.full_clean()
    seller.save()
    return seller


def enrolled(
    *,
    days: Iterable[date] = (FIRST_DAY, LAST_DAY),
    participants: Iterable[str] = ("Anna Voorbeeld",),
    **fields: Any,
) -> Enrolment:
    """Return an enrolment that can be invoiced: it has days and somebody who comes.

    ``fields`` are those of ``EnrolmentFactory``, as in ``course__program__price``.
    """
    enrolment = EnrolmentFactory.create(**fields)
    for day in days:
        SessionFactory.create(course=enrolment.course, day=day)
    for name in participants:
        ParticipantFactory.create(enrolment=enrolment, name=name)
    return enrolment


def draft(*, on: date = MONDAY, **fields: Any) -> Invoice:
    """Return the draft invoice of an enrolment; ``fields`` as in ``enrolled``."""
    return drafting.draft_invoice(enrolled(**fields).pk, on=on)


def wallet_draft(*, on: date = MONDAY, **fields: Any) -> Invoice:
    """Return the draft of an enrolment that pays with the KMO-portefeuille."""
    return draft(on=on, uses_wallet=True, **fields)


def ordinary_draft(*, unit_price: Decimal = Decimal(100), **fields: Any) -> Invoice:
    """Return a draft without enrolment, with one line; ``fields`` of the invoice."""
    invoice = DraftFactory.create(**fields)
    LineFactory.create(invoice=invoice, unit_price=unit_price)
    return invoice


def issue(invoice: Invoice, *, on: date = MONDAY, **options: Any) -> Invoice:
    """Issue a draft on the day that it is dated, by a seller that is complete."""
    complete_seller()
    return lifecycle.issue(invoice.pk, on=on, now=noon(on), **options)


def issued(*, on: date = MONDAY, **fields: Any) -> Invoice:
    """Return an issued invoice with one line of EUR 100, without enrolment."""
    return issue(ordinary_draft(**fields), on=on)


def issued_via_wallet(*, on: date = MONDAY, **fields: Any) -> Invoice:
    """Return an issued wallet invoice of EUR 600; ``fields`` as in ``enrolled``."""
    return issue(wallet_draft(on=on, **fields), on=on)
