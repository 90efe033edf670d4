"""How the owner and her accountant keep the books, in one row."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.history import History

ASK = gettext_lazy("An example: ask your accountant which one her program has.")
"""Nobody but the accountant knows her codes."""


class BookkeepingManager(models.Manager["Bookkeeping"]):
    def current(self) -> Bookkeeping:
        """Return the one row there is; a migration made it."""
        return self.get(pk=1)


class Bookkeeping(models.Model):
    """Codes of the accountant's program, and what the owner may let go. One row."""

    journal = models.CharField(
        gettext_lazy("journal of invoices"),
        max_length=10,
        default="VKF",
        help_text=ASK,
    )
    credit_journal = models.CharField(
        gettext_lazy("journal of credit notes"),
        max_length=10,
        default="VKC",
        help_text=ASK,
    )
    receivable_account = models.CharField(
        gettext_lazy("account of the clients"),
        max_length=12,
        default="400000",
        help_text=ASK,
    )
    vat_account = models.CharField(
        gettext_lazy("account of the VAT due"),
        max_length=12,
        default="451000",
        validators=[RegexValidator(r"\A[0-9A-Za-z]+\Z")],
        help_text=gettext_lazy("Written with the VAT in the files for WinBooks."),
    )
    first_month = models.PositiveSmallIntegerField(
        gettext_lazy("first month of the financial year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    most_let_go = models.DecimalField(
        gettext_lazy("most to write off (EUR)"),
        max_digits=6,
        decimal_places=2,
        default=Decimal("1.00"),
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy(
            "Up to this amount you can write off what is a little short or too much."
        ),
    )

    listing_from = models.DecimalField(
        gettext_lazy("client listing above (EUR excl. VAT)"),
        max_digits=8,
        decimal_places=2,
        default=Decimal("250.00"),
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy(
            "Clients who took more than this in a year are on the yearly listing. "
            "The law says 250."
        ),
    )
    wallet_payers = models.TextField(
        gettext_lazy("who pays for the wallet"),
        default="KMO-portefeuille\nVLAIO\nAgentschap Innoveren en Ondernemen",
        blank=True,
        help_text=gettext_lazy(
            "Nobody could find out for certain how the payment names itself: look at "
            "your first statement and write the name here. One name on each line, in "
            "whole words; capitals and accents make no difference. What they pay is "
            "proposed as money of the wallet, never booked by itself."
        ),
    )

    objects = BookkeepingManager()
    history = History()

    class Meta:
        verbose_name = gettext_lazy("bookkeeping")
        verbose_name_plural = gettext_lazy("bookkeeping")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_only_one", condition=Q(pk=1)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_first_month_valid",
                condition=Q(first_month__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_most_let_go_sound",
                condition=Q(most_let_go__gte=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_listing_from_sound",
                condition=Q(listing_from__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
