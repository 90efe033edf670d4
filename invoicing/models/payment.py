"""Money that came in for an invoice, on one of its two roads."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day

from .invoice import Invoice


class Channel(models.TextChoices):
    """The road on which money comes (PAY-2)."""

    WALLET = "wallet", gettext_lazy("via the wallet")
    DIRECT = "direct", gettext_lazy("directly")


class PaymentQuerySet(models.QuerySet["Payment"]):
    def standing(self) -> Self:
        """Keep the payments that were not taken back."""
        return self.filter(corrected_at=None)


class Payment(models.Model):
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
    recorded_at = models.DateTimeField(gettext_lazy("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("recorded by"),
    )
    corrected_at = models.DateTimeField(
        gettext_lazy("taken back at"), null=True, blank=True
    )
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("taken back by"),
    )
    correction = models.TextField(gettext_lazy("why it was taken back"), blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "pk"]
        verbose_name = gettext_lazy("payment")
        verbose_name_plural = gettext_lazy("payments")
        default_permissions = ("add", "view")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_channel_valid",
                condition=Q(channel__in=Channel.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amount_sound", condition=Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_correction_complete",
                condition=Q(corrected_at=None, correction="")
                | (Q(corrected_at__isnull=False) & ~Q(correction="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.amount}"
