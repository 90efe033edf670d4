"""The terms of the scheme: what a decree can change, as dated rows."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.dated import DatedModel, DatedQuerySet
from clients.size import Size
from ownyourstory.history import History
from programs.wording import SUBSIDISED_SIZES


class ThemeGroup(models.TextChoices):
    """Themes that get a rate of their own (SUB-4)."""

    GENERAL = "general", gettext_lazy("general")
    CYBERSECURITY = "cybersecurity", gettext_lazy("cybersecurity")
    ENERGY = "energy", gettext_lazy("energy efficiency")


class SchemeTermsQuerySet(DatedQuerySet["SchemeTerms"]):
    """The terms of the scheme."""


class SchemeTerms(DatedModel):
    """Cap, minimum and terms of the scheme, from one day to another.

    The application date decides which row counts (SUB-3).
    """

    cap = models.DecimalField(
        gettext_lazy("most per enterprise per year (EUR)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    minimum_cost = models.DecimalField(
        gettext_lazy("least cost of a training (EUR excl. VAT)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    apply_within_days = models.PositiveSmallIntegerField(
        gettext_lazy("days to apply"),
        validators=[MaxValueValidator(365)],
        help_text=gettext_lazy(
            "Calendar days after the start of the first session; that day is day 0."
        ),
    )
    contribution_within_days = models.PositiveSmallIntegerField(
        gettext_lazy("days for the own contribution"),
        validators=[MaxValueValidator(365)],
        help_text=gettext_lazy(
            "After the application. Our page says 14, other sources say 30: "
            "14 is the safe side."
        ),
    )
    finish_within_years = models.PositiveSmallIntegerField(
        gettext_lazy("years to finish"),
        default=1,
        validators=[MaxValueValidator(10)],
        help_text=gettext_lazy(
            "The training ends, and the wallet pays, by 31 December so many years "
            "after the year of the application."
        ),
    )
    catering_limit = models.DecimalField(
        gettext_lazy("catering inside the price (EUR per person per day)"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(25),
        validators=[MinValueValidator(0)],
    )

    objects = SchemeTermsQuerySet.as_manager()
    history = History()

    one_at_a_time = ()

    class Meta(DatedModel.Meta):
        ordering = ["-valid_from"]
        verbose_name = gettext_lazy("terms of the scheme")
        verbose_name_plural = gettext_lazy("terms of the scheme")

    def __str__(self) -> str:
        return _("terms from %s") % date_format(self.valid_from)

    def rate_for(self, size: Size, *, group: str) -> Decimal | None:
        """Return the rate (30 means 30 %) for a size and theme group; ``None``: none.

        Reads ``self.rates``: prefetch it where many are asked.
        """
        for rate in self.rates.all():
            if (rate.size, rate.theme_group) == (size, group):
                return rate.percent
        return None


class SubsidyRate(models.Model):
    """The share the agency pays, by size and theme group (SUB-1, SUB-4)."""

    terms = models.ForeignKey(
        SchemeTerms,
        on_delete=models.CASCADE,
        related_name="rates",
        verbose_name=gettext_lazy("terms of the scheme"),
    )
    size = models.CharField(
        gettext_lazy("size"), max_length=10, choices=list(SUBSIDISED_SIZES.items())
    )
    theme_group = models.CharField(
        gettext_lazy("theme group"),
        max_length=15,
        choices=ThemeGroup,
        default=ThemeGroup.GENERAL,
    )
    percent = models.DecimalField(
        gettext_lazy("rate (%)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )

    history = History()

    class Meta:
        ordering = ["theme_group", "-percent"]
        verbose_name = gettext_lazy("subsidy rate")
        verbose_name_plural = gettext_lazy("subsidy rates")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_size_and_group",
                fields=["terms", "size", "theme_group"],
                violation_error_message=gettext_lazy(
                    "There is a rate for this size and theme group already."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_percent_sound",
                condition=Q(percent__gte=0, percent__lte=100),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_size_valid",
                condition=Q(size__in=list(SUBSIDISED_SIZES)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_theme_group_valid",
                condition=Q(theme_group__in=ThemeGroup.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_size_display()}: {self.percent} %"
