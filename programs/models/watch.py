"""Which warnings of the registration watch went out (REG-4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from ownyourstory.outbox.models import Dispatch


class RegistrationWarning(models.Model):
    """A mail to ourselves that the registration ends: once an end and a warning.

    Written once, by ``programs.watching``. A renewal has another end.
    """

    ends_on = models.DateField(gettext_lazy("last day"), editable=False)
    months = models.PositiveSmallIntegerField(gettext_lazy("months before the end"))
    dispatch = models.OneToOneField(
        Dispatch,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=gettext_lazy("dispatch"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("warning of the registration watch")
        verbose_name_plural = gettext_lazy("warnings of the registration watch")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["ends_on", "months"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ends_on:%Y-%m-%d}: {self.months}"
