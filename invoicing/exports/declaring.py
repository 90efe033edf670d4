"""What is declared on lists: read from the books. VAT-3 and VAT-4 in docs/rules.md."""

from __future__ import annotations

from datetime import date

from django.db.models import (
    Case,
    Expression,
    F,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.fields import DecimalField
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from invoicing.documents.document import Kind
from invoicing.documents.grids import CREDITED_EU, EU_SERVICES
from invoicing.documents.vat import Treatment
from invoicing.models import Bookkeeping, Invoice, JournalEntry, Seller
from ownyourstory.money import to_cents

from .eu_services import EuServices, Served, TaxPeriod, eu_services
from .intervat import Declarant
from .listing import ClientListing, Taken, client_listing

COUNTS = Q(treatment__in=[Treatment.STANDARD, Treatment.SMALL_ENTERPRISE]) | Q(
    treatment=Treatment.REVERSE_CHARGE, country="BE"
)
"""What is turnover on the client listing: not what is exempt under art. 44."""


class Incomplete(Exception):
    """Own company lacks what a declaration asks for; the message is for the owner."""


def booked_span() -> tuple[date, date] | None:
    """Return the first and the last day of what was issued, ``None`` for nothing."""
    span = Invoice.objects.issued().aggregate(
        first=Min("issued_on"), last=Max("issued_on")
    )
    return None if span["first"] is None else (span["first"], span["last"])


def listing_of(year: int) -> ClientListing:
    """Return the client listing of a calendar year (VAT-4)."""
    return client_listing(
        taken_in(year),
        year=year,
        listing_from=Bookkeeping.objects.current().listing_from,
    )


def taken_in(year: int) -> list[Taken]:
    """Return what each Belgian VAT number took in a year, one or more rows for each."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    groups = (
        _dated(first, last)
        .filter(COUNTS, vat_number__istartswith="BE")
        .values("vat_number", "invoice__buyer_name")
        .annotate(
            turnover=_net("base"),
            vat_sum=_net("vat"),
            latest_on=Max("invoice__issued_on"),
            corrects=Max(_credits_before(first)),
        )
    )
    return [
        Taken(
            vat_number=group["vat_number"],
            name=group["invoice__buyer_name"],
            turnover=to_cents(group["turnover"]),
            vat=to_cents(group["vat_sum"]),
            latest_on=group["latest_on"],
            corrects_earlier=bool(group["corrects"]),
        )
        for group in groups.iterator()
    ]


def eu_services_of(period: TaxPeriod) -> EuServices:
    """Return the list of EU services of a month or quarter (VAT-3)."""
    corrected = Case(
        When(
            invoice__credits__issued_on__lt=period.first,
            then=F("invoice__credits__issued_on"),
        ),
        default=None,
    )
    groups = (
        _dated(period.first, period.last)
        .filter(base_grid__in=[EU_SERVICES, CREDITED_EU])
        .annotate(corrected=corrected)
        .values("vat_number", "invoice__buyer_name", "country", "corrected")
        .annotate(amount=_net("base"))
    )
    return eu_services(
        (
            Served(
                vat_number=group["vat_number"],
                name=group["invoice__buyer_name"],
                country=group["country"],
                amount=to_cents(group["amount"]),
                credited_on=group["corrected"],
            )
            for group in groups.iterator()
        ),
        period=period,
    )


def declarant() -> Declarant:
    """Return our own company as it declares.

    Raises Incomplete with what is still to be filled in.
    """
    seller = Seller.objects.current()
    needed = {"street", "postal_code", "city", "email"}
    missing = [
        str(field.verbose_name)
        for field in Seller._meta.fields
        if field.name in needed and not getattr(seller, field.name)
    ]
    if missing:
        raise Incomplete(
            _("Intervat asks for more of your own company. Fill in first: %s.")
            % get_text_list(missing, _("and"))
        )
    name, form = seller.legal_name, seller.legal_form
    return Declarant(
        number=seller.enterprise_number,
        name=name if name.endswith(form) else f"{name} {form}",
        street=seller.street,
        postal_code=seller.postal_code,
        city=seller.city,
        country=seller.country.code,
        email=seller.email,
        phone=seller.phone,
    )


def _dated(first: date, last: date) -> QuerySet[JournalEntry]:
    dated = JournalEntry.objects.filter(invoice__issued_on__range=(first, last))
    return dated.order_by()


def _net(field: str) -> Sum:
    """Return the sum of ``field``, less that of the credit notes."""
    amount = DecimalField(max_digits=12, decimal_places=2)
    return Sum(
        Case(
            When(invoice__kind=Kind.CREDIT_NOTE, then=-F(field)),
            default=F(field),
            output_field=amount,
        )
    )


def _credits_before(first: date) -> Expression:
    """Return 1 for what credits an invoice dated before ``first``, else 0."""
    return Case(
        When(invoice__credits__issued_on__lt=first, then=Value(1)), default=Value(0)
    )
