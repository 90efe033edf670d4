"""Reminders for money: which there are, and which went out."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoicing.dunning.levels import Audience, Level
from invoicing.wording import AUDIENCES, REMINDERS
from ownyourstory.history import History
from ownyourstory.outbox.models import Dispatch, State

from .receipt import Receipt

FREE_STEP = 1
"""The reminder that costs a consumer nothing, whatever was agreed."""


class DunningLevel(models.Model):
    """A reminder in the row for businesses or for consumers: the ``step``-th."""

    audience = models.CharField(
        gettext_lazy("for"),
        max_length=10,
        choices=list(AUDIENCES.items()),
        editable=False,
    )
    step = models.PositiveSmallIntegerField(
        gettext_lazy("reminder"), choices=list(REMINDERS.items()), editable=False
    )
    days = models.PositiveSmallIntegerField(
        gettext_lazy("days"),
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    is_active = models.BooleanField(gettext_lazy("goes out"), default=True)
    charges_costs = models.BooleanField(
        gettext_lazy("claims interest and fixed costs"), default=False
    )

    history = History()

    class Meta:
        ordering = ["audience", "step"]
        verbose_name = gettext_lazy("step of the payment reminders")
        verbose_name_plural = gettext_lazy("steps of the payment reminders")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_audience_valid",
                condition=Q(audience__in=list(AUDIENCES)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_step_valid",
                condition=Q(step__in=list(REMINDERS)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_sound",
                condition=Q(days__range=(1, 365)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_first_is_free",
                condition=~Q(
                    audience=Audience.CONSUMER, step=FREE_STEP, charges_costs=True
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["audience", "step"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({AUDIENCES[Audience(self.audience)]})"

    def clean(self) -> None:
        """Repeat what the database refuses, and keep the days in their order."""
        super().clean()
        if self._is_free and self.charges_costs:
            raise ValidationError(
                {"charges_costs": _("The first reminder is free for a consumer.")}
            )
        if self.audience != Audience.BUSINESS or not self.days:
            return
        others = DunningLevel.objects.filter(audience=self.audience)
        if others.filter(step__lt=self.step, days__gte=self.days).exists():
            raise ValidationError({"days": _("Later than the reminder before it.")})
        if others.filter(step__gt=self.step, days__lte=self.days).exists():
            raise ValidationError({"days": _("Earlier than the reminder after it.")})

    @property
    def name(self) -> str:
        """Which reminder it is, without saying for whom."""
        return str(REMINDERS[self.step])

    @property
    def in_plan(self) -> Level:
        """The level as the rules know it."""
        return Level(self.step, self.days)

    @property
    def _is_free(self) -> bool:
        return self.audience == Audience.CONSUMER and self.step == FREE_STEP


class DunningNotice(models.Model):
    """One reminder that went out, or is held back. Written by ``dunning`` only.

    Once for a receipt, a level and a last day to pay: what a wallet no longer pays is
    owed directly by another day, and reminded of from the beginning. The amounts (EUR)
    are those of the letter: nothing of them is booked.
    """

    receipt = models.ForeignKey(
        Receipt,
        on_delete=models.PROTECT,
        related_name="dunning_notices",
        verbose_name=gettext_lazy("expected receipt"),
    )
    level = models.ForeignKey(
        DunningLevel,
        on_delete=models.PROTECT,
        related_name="notices",
        verbose_name=gettext_lazy("reminder"),
    )
    due_on = models.DateField(gettext_lazy("due on"), editable=False)
    claimed = models.DecimalField(
        gettext_lazy("open"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    interest = models.DecimalField(
        gettext_lazy("interest"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    fixed_sum = models.DecimalField(
        gettext_lazy("fixed costs"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
    )
    pay_by = models.DateField(
        gettext_lazy("asked to be paid by"), null=True, editable=False
    )
    dispatch = models.OneToOneField(
        Dispatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("dispatch"),
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("sent by"),
    )
    held_at = models.DateTimeField(gettext_lazy("held back at"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("held back by"),
    )

    history = History()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("payment reminder")
        verbose_name_plural = gettext_lazy("payment reminders")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_held_or_sent",
                condition=Q(dispatch=None) | Q(held_at=None),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_held_has_name",
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_sent_has_amounts",
                condition=Q(dispatch=None)
                | Q(
                    claimed__gt=0,
                    interest__gte=0,
                    fixed_sum__gte=0,
                    pay_by__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["receipt", "level", "due_on"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receipt.invoice}: {self.level.name}"

    @property
    def is_held(self) -> bool:
        return self.held_at is not None

    @property
    def costs(self) -> Decimal | None:
        """What was asked beside the open amount, ``None`` while nothing was."""
        if self.interest is None or self.fixed_sum is None:
            return None
        return self.interest + self.fixed_sum

    @property
    def is_withdrawn(self) -> bool:
        """True where she took it back before it left."""
        return self.dispatch is not None and self.dispatch.state == State.WITHDRAWN
