"""The steps of a dossier as they were taken: when, by whom, and what was put right."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from programs.road import NEEDS_REASON, State
from programs.wording import STATES

from .enrolments import Enrolment


class DossierStepQuerySet(models.QuerySet["DossierStep"]):
    def standing(self) -> Self:
        """Keep the steps that were not taken back, in the order of the road."""
        return self.filter(corrected_at=None).order_by("pk")


class DossierStep(models.Model):
    """A step of a dossier (DOS-1). Written by ``programs.lifecycle`` only.

    None is ever deleted: one that was wrong is corrected, with the reason.
    """

    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        related_name="steps",
        verbose_name=gettext_lazy("enrolment"),
    )
    state = models.CharField(
        gettext_lazy("step"), max_length=15, choices=list(STATES.items())
    )
    happened_on = models.DateField(gettext_lazy("on"), validators=[plausible_day])
    reason = models.TextField(gettext_lazy("reason"), blank=True)
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

    objects = DossierStepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("step")
        verbose_name_plural = gettext_lazy("steps")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_valid",
                condition=Q(state__in=list(STATES)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reason_given",
                condition=~Q(state__in=sorted(NEEDS_REASON)) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_correction_complete",
                condition=Q(corrected_at=None, correction="")
                | (Q(corrected_at__isnull=False) & ~Q(correction="")),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_taken_once",
                fields=["enrolment", "state"],
                condition=Q(corrected_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {STATES[State(self.state)]}"
