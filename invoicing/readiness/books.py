"""What our own company and the number series need before anything is issued.

INV-1, INV-2 and EXP-4 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from invoicing.models import BookClosing, Invoice, NumberSeries, Seller

from .problem import Problem

SELLER_NEEDS = (
    "legal_name",
    "legal_form",
    "enterprise_number",
    "street",
    "postal_code",
    "city",
    "court",
    "iban",
    "bic",
    "bank",
    "email",
    "website",
)


def missing_of(seller: Seller) -> list[str]:
    """Return what is blank of our particulars, by name in the active language."""
    return [
        str(field.verbose_name)
        for field in Seller._meta.fields
        if field.name in SELLER_NEEDS and not getattr(seller, field.name)
    ]


def seller_problems(seller: Seller) -> Iterator[Problem]:
    if missing := missing_of(seller):
        yield Problem(
            rule="INV-2",
            message=_("Your own company is not complete: %s.")
            % get_text_list(missing, _("and")),
            remedy=_("Fill it in under Own company."),
            link=reverse("admin:invoicing_seller_change", args=[seller.pk]),
        )


def date_problems(series: NumberSeries, *, on: date, today: date) -> Iterator[Problem]:
    if on > today:
        yield Problem(
            rule="INV-1",
            message=_("The invoice date %s lies in the future.") % date_format(on),
            remedy=_("Choose today or an earlier day."),
        )
    closed = BookClosing.objects.closed_until()
    if closed is not None and on <= closed:
        yield Problem(
            rule="EXP-4",
            message=_("The books are closed up to %s.") % date_format(closed),
            remedy=_("Choose a later date, or reopen the period."),
            link=reverse("admin:invoicing_bookclosing_changelist"),
        )
    last = Invoice.objects.filter(series=series.pk).order_by("-sequence").first()
    if series.pk and last and last.issued_on and last.issued_on > on:
        yield Problem(
            rule="INV-1",
            message=_("Invoice %(number)s is dated %(day)s, after this date.")
            % {"number": last.number, "day": date_format(last.issued_on)},
            remedy=_("Choose that day or a later one: numbers follow dates."),
        )
