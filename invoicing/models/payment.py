"""Money that came in for an invoice, went back, or was let go, on one of two roads."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.recorded import Recorded

from .bank import BankTransaction
from .invoice import Invoice
from .receipt import Channel


class PaymentKind(models.TextChoices):
    """What happened with the money."""

    RECEIVED = "received", gettext_lazy("received")
    REFUNDED = "refunded", gettext_lazy("paid back")
    LET_GO = "let_go", gettext_lazy("written off")


class PaymentQuerySet(models.QuerySet["Payment"]):
    def standing(self) -> Self:
        """Keep the payments that were not taken back."""
        return self.filter(corrected_at=None)


class Payment(Recorded):
    """An amount (EUR) that came in, went back or was let go.

    Written by ``receipts.recording`` only. None is ever deleted: one that was wrong is
    taken back, with the reason. ``amount`` is above zero; of what was let go it is
    below zero where we keep a little that came too much. ``transaction`` is the line
    of the bank file it was booked from, where it was (PAY-3).
    """

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="payments",
        verbose_name=gettext_lazy("invoice"),
    )
    kind = models.CharField(
        gettext_lazy("kind"),
        max_length=10,
        choices=PaymentKind,
        default=PaymentKind.RECEIVED,
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
    reason = models.CharField(gettext_lazy("reason"), max_length=300, blank=True)
    transaction = models.ForeignKey(
        BankTransaction,
        on_delete=models.PROTECT,
        related_name="payments",
        null=True,
        blank=True,
        editable=False,
        verbose_name=gettext_lazy("bank transaction"),
    )

    objects = PaymentQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["received_on", "pk"]
        verbose_name = gettext_lazy("payment")
        verbose_name_plural = gettext_lazy("payments")
        default_permissions = ("add", "view")
        indexes = [models.Index(fields=["received_on"], name="payment_by_date")]
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_channel_valid",
                condition=Q(channel__in=Channel.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=PaymentKind.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amount_sound",
                condition=Q(amount__gt=0) | Q(kind=PaymentKind.LET_GO, amount__lt=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_let_go_with_reason",
                condition=~Q(kind=PaymentKind.LET_GO) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_let_go_is_no_bank_money",
                condition=~Q(kind=PaymentKind.LET_GO) | Q(transaction=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.amount}"
