"""Accounts and VAT codes of the accountant's program, one row for each sort of sale."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.history import History

NO_GRID = "none"
"""What stands in no grid of the VAT return."""

A_CODE = RegexValidator(
    r"\A[0-9A-Za-z._/-]+\Z", gettext_lazy("Letters, digits and . - / _ only.")
)


class Sale(models.TextChoices):
    """The sorts of sale: by the grid of the base on an invoice (VAT-3)."""

    HIGH = "03", gettext_lazy("21 % (grid 03)")
    MIDDLE = "02", gettext_lazy("12 % (grid 02)")
    LOW = "01", gettext_lazy("6 % (grid 01)")
    EXEMPT = "00", gettext_lazy("exempt (grid 00)")
    EU_SERVICES = "44", gettext_lazy("services in the EU (grid 44)")
    REVERSE_CHARGE = "45", gettext_lazy("reverse charge in Belgium (grid 45)")
    OUTSIDE_EU = "47", gettext_lazy("outside the EU (grid 47)")
    NONE = NO_GRID, gettext_lazy("in no grid")


class LedgerCode(models.Model):
    """How the accountant's program knows one sort of sale (EXP-2).

    ``sale`` is the grid in which the base stands on an invoice. A migration made the
    rows: none is added or taken away.
    """

    sale = models.CharField(
        gettext_lazy("sale"),
        max_length=4,
        choices=Sale,
        unique=True,
        editable=False,
    )
    revenue_account = models.CharField(
        gettext_lazy("account of the revenue"),
        max_length=12,
        default="700000",
        validators=[A_CODE],
        help_text=gettext_lazy("Your accountant tells you which."),
    )
    vat_code = models.CharField(
        gettext_lazy("VAT code"),
        max_length=12,
        blank=True,
        validators=[A_CODE],
        help_text=gettext_lazy("As the program of your accountant knows it."),
    )
    credit_vat_code = models.CharField(
        gettext_lazy("VAT code of credit notes"),
        max_length=12,
        blank=True,
        validators=[A_CODE],
        help_text=gettext_lazy("Leave empty where it is the same."),
    )

    history = History()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("account and VAT code")
        verbose_name_plural = gettext_lazy("accounts and VAT codes")
        default_permissions = ("change", "view")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sale_valid",
                condition=Q(sale__in=Sale.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_account",
                condition=~Q(revenue_account=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_sale_display())
