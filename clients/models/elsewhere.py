"""What a client used of the year's cap with other providers."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.history import History

from .client import Client


class ElsewhereUse(models.Model):
    """Subsidy a client says it got elsewhere in a calendar year, in EUR (SUB-7)."""

    client = models.ForeignKey(
        Client,
        on_delete=models.CASCADE,
        related_name="elsewhere_uses",
        verbose_name=gettext_lazy("client"),
    )
    year = models.PositiveSmallIntegerField(
        gettext_lazy("calendar year"),
        validators=[MinValueValidator(2000), MaxValueValidator(9999)],
    )
    amount = models.DecimalField(
        gettext_lazy("subsidy used elsewhere (EUR)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    told_on = models.DateField(gettext_lazy("told on"), validators=[plausible_day])

    history = History()

    class Meta:
        ordering = ["-year"]
        verbose_name = gettext_lazy("subsidy used elsewhere")
        verbose_name_plural = gettext_lazy("subsidy used elsewhere")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_a_year",
                fields=["client", "year"],
                violation_error_message=gettext_lazy(
                    "There is an amount for this year already: change that one."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amount_sound",
                condition=Q(amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"
