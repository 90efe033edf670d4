"""The VAT rates there are, as dated rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.dated import DatedModel, DatedQuerySet
from ownyourstory.history import History


class VatRateQuerySet(DatedQuerySet["VatRate"]):
    def standard_on(self, day: date) -> Decimal:
        """Return the percentage to propose on ``day``.

        Raises ValidationError if the owner has marked no rate for that day.
        """
        rate = self.valid_on(day).filter(is_standard=True).first()
        if rate is None:
            raise ValidationError(
                _("No VAT rate is marked as proposed for %s: see Settings.")
                % date_format(day)
            )
        return rate.percent

    def grids_on(self, day: date) -> dict[Decimal, str]:
        """Return the grid of each percentage in force on ``day`` (VAT-3)."""
        return dict(self.valid_on(day).values_list("percent", "grid"))


class VatRate(DatedModel):
    """A rate at which VAT is charged, from one day to another (VAT-2)."""

    percent = models.DecimalField(
        gettext_lazy("rate (%)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    grid = models.CharField(
        gettext_lazy("grid of the VAT return"),
        max_length=2,
        choices=[(grid, grid) for grid in ("01", "02", "03")],
        default="03",
        help_text=gettext_lazy("01 for 6 %, 02 for 12 %, 03 for 21 %."),
    )
    is_standard = models.BooleanField(
        gettext_lazy("proposed for new lines"), default=False
    )

    objects = VatRateQuerySet.as_manager()
    history = History()

    one_at_a_time = ("percent",)

    class Meta(DatedModel.Meta):
        ordering = ["-percent", "-valid_from"]
        verbose_name = gettext_lazy("VAT rate")
        verbose_name_plural = gettext_lazy("VAT rates")
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_percent_sound",
                condition=Q(percent__gt=0, percent__lte=100),
                violation_error_message=gettext_lazy(
                    "A rate lies above 0 and is at most 100."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.percent.normalize():f} %"
