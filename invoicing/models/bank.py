"""Bank files that came in, and what each says happened on the account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum, Value
from django.db.models.functions import Abs, Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from ownyourstory.money import ZERO
from ownyourstory.recorded import Recorded
from ownyourstory.templatetags.money import eur


class BankSource(models.TextChoices):
    """In which format the bank wrote a file."""

    CODA = "coda", "CODA"
    CAMT = "camt", "camt.053"


class BankFile(models.Model):
    """A file of the bank, kept once it was looked at and booked (PAY-3)."""

    name = models.CharField(gettext_lazy("file"), max_length=200)
    source = models.CharField(gettext_lazy("format"), max_length=10, choices=BankSource)
    sha256 = models.CharField("SHA-256", max_length=64)
    account = models.CharField(gettext_lazy("account"), max_length=34)
    first_on = models.DateField(gettext_lazy("first day"), null=True, editable=False)
    last_on = models.DateField(gettext_lazy("last day"), null=True, editable=False)
    seen = models.PositiveIntegerField(gettext_lazy("seen before"), default=0)
    added_at = models.DateTimeField(gettext_lazy("brought in at"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("brought in by"),
    )

    class Meta:
        ordering = ["-added_at", "-pk"]
        verbose_name = gettext_lazy("bank file")
        verbose_name_plural = gettext_lazy("bank files")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_source_valid",
                condition=Q(source__in=BankSource.values),
            ),
        ]

    def __str__(self) -> str:
        return self.name


def used() -> Any:
    """Return what the standing payments of a transaction come to, to annotate with."""
    standing = Q(payments__corrected_at=None)
    return Coalesce(
        Sum("payments__amount", filter=standing),
        Value(Decimal(0)),
        output_field=models.DecimalField(max_digits=12, decimal_places=2),
    )


class BankTransactionQuerySet(models.QuerySet["BankTransaction"]):
    def with_used(self) -> Self:
        """Annotate ``used``: what was booked of it (EUR, above zero)."""
        return self.annotate(used=used())

    def with_aside(self) -> Self:
        """Annotate ``is_aside``: she set it aside."""
        standing = SetAside.objects.filter(
            transaction=OuterRef("pk"), corrected_at=None
        )
        return self.annotate(is_aside=Exists(standing))

    def to_look_at(self) -> Self:
        """Keep those not booked in full and not set aside."""
        rows = self.with_used().with_aside().filter(is_aside=False)
        return rows.annotate(size=Abs("amount")).filter(used__lt=F("size"))


class BankTransaction(models.Model):
    """One movement of the account: below zero where money went out (EUR).

    What became of it follows from its payments and from ``SetAside``; nobody types it.
    ``identity`` is what makes it this one: the same movement comes in once (PAY-3).
    """

    file = models.ForeignKey(
        BankFile,
        on_delete=models.PROTECT,
        related_name="transactions",
        verbose_name=gettext_lazy("bank file"),
    )
    statement = models.CharField(gettext_lazy("statement"), max_length=40, blank=True)
    line = models.PositiveIntegerField(gettext_lazy("line"), default=0)
    account = models.CharField(gettext_lazy("account"), max_length=34)
    booked_on = models.DateField(gettext_lazy("booked on"), editable=False)
    valued_on = models.DateField(gettext_lazy("value day"), editable=False)
    amount = models.DecimalField(
        gettext_lazy("amount (EUR)"), max_digits=12, decimal_places=2
    )
    name = models.CharField(gettext_lazy("counterparty"), max_length=140, blank=True)
    iban = models.CharField(gettext_lazy("their account"), max_length=34, blank=True)
    communication = models.CharField(
        gettext_lazy("structured communication"), max_length=12, blank=True
    )
    text = models.TextField(gettext_lazy("text"), blank=True)
    reference = models.CharField(
        gettext_lazy("reference of the bank"), max_length=80, blank=True
    )
    is_reversal = models.BooleanField(gettext_lazy("reversal"), default=False)
    core = models.CharField(max_length=64, editable=False)
    ordinal = models.PositiveIntegerField(
        editable=False, validators=[MinValueValidator(0)]
    )

    objects = BankTransactionQuerySet.as_manager()

    class Meta:
        ordering = ["booked_on", "pk"]
        verbose_name = gettext_lazy("bank transaction")
        verbose_name_plural = gettext_lazy("bank transactions")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["account", "booked_on"], name="bank_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amount_moves", condition=~Q(amount=0)
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["core", "ordinal"]
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{date_format(self.booked_on, 'SHORT_DATE_FORMAT')} · {eur(self.amount)}"
        )

    @property
    def rest(self) -> Decimal:
        """What of it is not booked yet, above zero. Annotate ``used`` for lists."""
        booked = getattr(self, "used", None)
        if booked is None:
            standing = self.payments.filter(corrected_at=None)
            booked = standing.aggregate(sum=Sum("amount"))["sum"] or ZERO
        return abs(self.amount) - booked


class SetAside(Recorded):
    """She set a transaction aside: it is for no invoice. Brought back, it stays."""

    transaction = models.ForeignKey(
        BankTransaction,
        on_delete=models.PROTECT,
        related_name="asides",
        verbose_name=gettext_lazy("bank transaction"),
    )
    reason = models.CharField(gettext_lazy("reason"), max_length=300)

    class Meta(Recorded.Meta):
        verbose_name = gettext_lazy("transaction set aside")
        verbose_name_plural = gettext_lazy("transactions set aside")
        default_permissions = ()
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_reason", condition=~Q(reason="")
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["transaction"],
                condition=Q(corrected_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
