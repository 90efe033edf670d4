"""What late payment may cost, as dated rows, and how the owner reminds of it."""

from __future__ import annotations

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from clients.dated import DatedModel, DatedQuerySet
from invoicing.dunning.costs import Band
from invoicing.dunning.interest import Rate
from ownyourstory.history import History
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur, percent


class LateInterestQuerySet(DatedQuerySet["LateInterest"]):
    def is_known_on(self, day: date) -> bool:
        """Tell whether the rate of a day was filled in."""
        return self.valid_on(day).exists()


class LateInterest(DatedModel):
    """The rate of late interest of a half-year, and the fixed sum (INV-8)."""

    percent = models.DecimalField(
        gettext_lazy("rate (% a year)"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=gettext_lazy(
            "The reference rate of the European Central Bank and 8 points. It is "
            "published anew for each half-year: ask your accountant, or look on the "
            "pages of the FPS Finance."
        ),
    )
    fixed_sum = models.DecimalField(
        gettext_lazy("fixed sum from a business (EUR)"),
        max_digits=7,
        decimal_places=2,
        validators=[MinValueValidator(0)],
        help_text=gettext_lazy("For each invoice that is paid late."),
    )

    objects = LateInterestQuerySet.as_manager()
    history = History()

    one_at_a_time = ()

    class Meta(DatedModel.Meta):
        ordering = ["-valid_from"]
        verbose_name = gettext_lazy("late interest")
        verbose_name_plural = gettext_lazy("late interest")
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_percent_sound",
                condition=Q(percent__gte=0, percent__lte=100),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_fixed_sum_sound",
                condition=Q(fixed_sum__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return percent(self.percent)

    @property
    def rate(self) -> Rate:
        """The rate as the rules know it."""
        return Rate(self.window, self.percent)


class ConsumerLumpSumQuerySet(DatedQuerySet["ConsumerLumpSum"]):
    """Bands, kept by the day on which they hold."""


class ConsumerLumpSum(DatedModel):
    """The most that a consumer can be asked beside interest, for a band of debts."""

    above = models.DecimalField(
        gettext_lazy("for debts above (EUR)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    fixed = models.DecimalField(
        gettext_lazy("fixed (EUR)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    percent = models.DecimalField(
        gettext_lazy("and of what lies above it (%)"),
        max_digits=5,
        decimal_places=2,
        default=ZERO,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    most = models.DecimalField(
        gettext_lazy("at most (EUR)"),
        max_digits=10,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )

    objects = ConsumerLumpSumQuerySet.as_manager()
    history = History()

    one_at_a_time = ("above",)

    class Meta(DatedModel.Meta):
        ordering = ["-valid_from", "above"]
        verbose_name = gettext_lazy("fixed costs for a consumer")
        verbose_name_plural = gettext_lazy("fixed costs for consumers")
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amounts_sound",
                condition=Q(above__gte=0, fixed__gte=0, most__gte=0)
                & Q(percent__gte=0, percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"> {eur(self.above)}"

    @property
    def band(self) -> Band:
        """The band as the rules know it."""
        return Band(self.above, self.fixed, self.percent, self.most)


class DunningSettingsManager(models.Manager["DunningSettings"]):
    def current(self) -> DunningSettings:
        """Return the one row there is; a migration made it."""
        return self.get(pk=1)


class DunningSettings(models.Model):
    """How the owner reminds of money. One row, edited as a page of settings."""

    sends_by_itself = models.BooleanField(
        gettext_lazy("payment reminders go out by themselves"),
        default=False,
        help_text=gettext_lazy(
            "Off: you look at the list and send each of them, or all, yourself."
        ),
    )
    least_days_between = models.PositiveSmallIntegerField(
        gettext_lazy("days between two reminders, at least"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=gettext_lazy("Counted from the day on which the one before left."),
    )
    consumer_days_to_pay = models.PositiveSmallIntegerField(
        gettext_lazy("days for a consumer to pay without costs"),
        default=14,
        validators=[MinValueValidator(14), MaxValueValidator(90)],
        help_text=gettext_lazy(
            "After the first reminder, which is free. The law asks 14 days at least, "
            "counted from the day after the mail."
        ),
    )
    consumer_costs_agreed = models.BooleanField(
        gettext_lazy("our terms name costs for consumers"),
        default=False,
        help_text=gettext_lazy(
            "Only with a clause in your terms, which your clients accepted, may you "
            "ask interest and fixed costs from a consumer. Ask your lawyer whether "
            "yours holds; off: consumers are never asked any costs."
        ),
    )

    objects = DunningSettingsManager()
    history = History()

    class Meta:
        verbose_name = gettext_lazy("terms of the payment reminders")
        verbose_name_plural = gettext_lazy("terms of the payment reminders")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_only_one", condition=Q(pk=1)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_sound",
                condition=Q(
                    least_days_between__range=(1, 90),
                    consumer_days_to_pay__range=(14, 90),
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
