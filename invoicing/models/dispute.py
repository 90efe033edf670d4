"""Why nobody is reminded: an invoice that is disputed, a client that is spared."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from clients.dated import DatedModel
from clients.models import Client
from ownyourstory.days import plausible_day
from ownyourstory.history import History

from .invoice import Invoice


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def standing(self) -> Self:
        """Keep the disputes that did not end."""
        return self.filter(ended_on=None)


class Dispute(models.Model):
    """A client contests an invoice: no reminder goes out until it has ended."""

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="disputes",
        verbose_name=gettext_lazy("invoice"),
    )
    since = models.DateField(gettext_lazy("disputed since"), validators=[plausible_day])
    reason = models.TextField(gettext_lazy("what is disputed"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("noted by"),
    )
    ended_on = models.DateField(
        gettext_lazy("ended on"), null=True, blank=True, validators=[plausible_day]
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("ended by"),
    )
    outcome = models.TextField(gettext_lazy("how it ended"), blank=True)

    objects = DisputeQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = gettext_lazy("dispute")
        verbose_name_plural = gettext_lazy("disputes")
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_has_reason", condition=~Q(reason="")
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_end_complete",
                condition=Q(ended_on=None, outcome="")
                | (Q(ended_on__gte=F("since")) & ~Q(outcome="")),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_at_a_time",
                fields=["invoice"],
                condition=Q(ended_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.reason}"


class DunningPause(DatedModel):
    """Days on which a client gets no payment reminders at all, and why."""

    client = models.ForeignKey(
        Client,
        on_delete=models.CASCADE,
        related_name="dunning_pauses",
        verbose_name=gettext_lazy("client"),
    )
    reason = models.CharField(gettext_lazy("reason"), max_length=300)

    history = History()

    one_at_a_time = ("client",)

    class Meta(DatedModel.Meta):
        ordering = ["-valid_from", "-pk"]
        verbose_name = gettext_lazy("client without payment reminders")
        verbose_name_plural = gettext_lazy("clients without payment reminders")

    def __str__(self) -> str:
        return str(self.client)
