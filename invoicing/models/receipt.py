"""The one or two receipts that an invoice expects, as the payments make them."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy

from invoicing.receipts.standing import Due, State, state
from ownyourstory.money import ZERO

from .invoice import Invoice


class Channel(models.TextChoices):
    """The road on which money comes (PAY-2)."""

    WALLET = "wallet", gettext_lazy("via the wallet")
    DIRECT = "direct", gettext_lazy("directly")


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def to_come(self) -> Self:
        """Keep those on which something is still to come."""
        return self.filter(open__gt=0)

    def direct(self) -> Self:
        """Keep what is paid directly: the only part that is dunned (PAY-2)."""
        return self.filter(channel=Channel.DIRECT)


class Receipt(models.Model):
    """What an invoice expects on one road, and what came of it, in EUR (PAY-2).

    Nobody types it: ``receipts.keeping`` works it out from the invoice, its credit
    notes, its dossier and the payments, in the transaction that changes one of
    those. ``received`` is less what was paid back; ``let_go`` was written off, below
    zero where a little too much was kept; ``open`` is what is still to come, below
    zero where too much came.
    """

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="receipts",
        verbose_name=gettext_lazy("invoice"),
    )
    channel = models.CharField(gettext_lazy("comes"), max_length=10, choices=Channel)
    expected = models.DecimalField(
        gettext_lazy("expected"), max_digits=12, decimal_places=2
    )
    received = models.DecimalField(
        gettext_lazy("received"), max_digits=12, decimal_places=2, default=ZERO
    )
    let_go = models.DecimalField(
        gettext_lazy("written off"), max_digits=12, decimal_places=2, default=ZERO
    )
    open = models.DecimalField(gettext_lazy("open"), max_digits=12, decimal_places=2)
    due_on = models.DateField(gettext_lazy("due on"), editable=False)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = gettext_lazy("expected receipt")
        verbose_name_plural = gettext_lazy("expected receipts")
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["channel", "due_on"],
                condition=~Q(open=0),
                name="receipt_not_settled",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_channel_valid",
                condition=Q(channel__in=Channel.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_adds_up",
                condition=Q(
                    open=Round(F("expected") - F("received") - F("let_go"), precision=2)
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_road",
                fields=["invoice", "channel"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.get_channel_display()}"

    @property
    def state(self) -> State:
        """How it stands, as the amounts say."""
        return state(expected=self.expected, settled=self.received + self.let_go)

    @property
    def due(self) -> Due:
        """What it brings, as the rules know it."""
        return Due(
            expected=self.expected,
            open=self.open,
            came=self.received,
            due_on=self.due_on,
        )

    @property
    def is_settled(self) -> bool:
        """True where nothing is to come any more."""
        return self.open <= ZERO

    @property
    def surplus(self) -> Decimal:
        """What came too much, zero where nothing did."""
        return max(-self.open, ZERO)
