"""Money that came in for an invoice, on one of its two roads."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.recorded import Recorded

from .invoice import Invoice


class Channel(models.TextChoices):
    """The road on which money comes (PAY-2)."""

    WALLET = "wallet", gettext_lazy("via the wallet")
    DIRECT = "direct", gettext_lazy("directly")


class PaymentQuerySet(models.QuerySet["Payment"]):
    def standing(self) -> Self:
        """Keep the payments that were not taken back."""
        return self.filter(corrected_at=None)


class Payment(Recorded):
    """An amount (EUR) that came in. Written by ``invoicing.receiving`` only.

    None is ever deleted: one that was wrong is taken back, with the reason.
    """

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="payments",
        verbose_name=gettext_lazy("invoice"),
    )
    channel = models.CharField(gettext_lazy("came"), max_length=10, choices=Channel)
    amount = models.DecimalField(
        gettext_lazy("amount (EUR)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    received_on = models.DateField(
        gettext_lazy("received on"), validators=[plausible_day]
    )
    objects = PaymentQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["received_on", "pk"]
        verbose_name = gettext_lazy("payment")
        verbose_name_plural = gettext_lazy("payments")
        default_permissions = ("add", "view")
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_channel_valid",
                condition=Q(channel__in=Channel.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amount_sound", condition=Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.amount}"
