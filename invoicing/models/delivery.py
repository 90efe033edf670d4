"""How an issued document went, or is to go, to its client."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.outbox.models import Dispatch, State

from .invoice import Invoice

UNDER_WAY = [State.WAITING, State.SENDING, State.ACCEPTED, State.DELIVERED]


class Means(models.TextChoices):
    ACCESS_POINT = "access_point", gettext_lazy("over Peppol, by the access point")
    MAIL = "mail", gettext_lazy("by mail")
    DOWNLOAD = "download", gettext_lazy("by myself: I download and hand over")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def to_hand_over(self) -> Self:
        """Keep what waits for the owner: nothing else brings, or brought, its document.

        What she took back out of the outgoing post waits for her again. A mail does
        not bring an e-invoice, only the copy of it (EIN-1).
        """
        counts = ~Q(means=Means.MAIL) | Q(
            invoice__record__document__is_structured=False
        )
        is_on_its_way = Q(dispatch__state__in=UNDER_WAY)
        brought = Delivery.objects.filter(
            counts,
            is_on_its_way | Q(handed_over_on__isnull=False),
            invoice=OuterRef("invoice"),
        )
        is_hers = Q(means=Means.DOWNLOAD, handed_over_on=None)
        is_back = Q(dispatch__state=State.WITHDRAWN)
        return self.filter(~Exists(brought), is_hers | counts & is_back)


class Delivery(models.Model):
    """One road of an issued document to its client.

    What the program brings itself has a row in the outbox; what the owner uploads or
    hands over herself has the day on which she says that she did (EIN-1).
    """

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="deliveries",
        verbose_name=gettext_lazy("invoice"),
    )
    means = models.CharField(gettext_lazy("how"), max_length=15, choices=Means)
    dispatch = models.OneToOneField(
        Dispatch,
        on_delete=models.PROTECT,
        related_name="delivery",
        null=True,
        verbose_name=gettext_lazy("dispatch"),
    )
    handed_over_on = models.DateField(
        gettext_lazy("handed over on"), null=True, validators=[plausible_day]
    )
    handed_over_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=gettext_lazy("handed over by"),
    )
    created_at = models.DateTimeField(gettext_lazy("created at"), auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("delivery")
        verbose_name_plural = gettext_lazy("deliveries")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_means_valid",
                condition=Q(means__in=Means.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_by_post_or_by_hand",
                condition=Q(means=Means.DOWNLOAD, dispatch=None)
                | (
                    ~Q(means=Means.DOWNLOAD)
                    & Q(dispatch__isnull=False, handed_over_on=None)
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["invoice", "means"],
                condition=~Q(means=Means.MAIL),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.get_means_display()}"
