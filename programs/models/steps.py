"""The steps of a dossier as they were taken: when, by whom, and what was put right."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.recorded import Recorded
from programs.road import NEEDS_REASON, State
from programs.wording import STATES

from .enrolments import Enrolment


class DossierStepQuerySet(models.QuerySet["DossierStep"]):
    def standing(self) -> Self:
        """Keep the steps that were not taken back, in the order of the road."""
        return self.filter(corrected_at=None).order_by("pk")


class DossierStep(Recorded):
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
    objects = DossierStepQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("step")
        verbose_name_plural = gettext_lazy("steps")
        default_permissions = ("view",)
        constraints = [
            *Recorded.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_state_valid",
                condition=Q(state__in=list(STATES)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reason_given",
                condition=~Q(state__in=sorted(NEEDS_REASON)) | ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_taken_once",
                fields=["enrolment", "state"],
                condition=Q(corrected_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {STATES[State(self.state)]}"
