"""Closed periods of the books."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Max, Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.history import History


class BookClosingQuerySet(models.QuerySet["BookClosing"]):
    def in_force(self) -> Self:
        """Keep the closings that were not undone."""
        return self.filter(reopened_at=None)

    def closed_until(self) -> date | None:
        """Return the last closed day, ``None`` where the books are open."""
        last: date | None = self.in_force().aggregate(last=Max("until"))["last"]
        return last


class BookClosing(models.Model):
    """The books are closed up to a day, that day included (EXP-4)."""

    until = models.DateField(
        gettext_lazy("closed until"),
        validators=[plausible_day],
        help_text=gettext_lazy(
            "This day included: no invoice or credit note can be dated up to it."
        ),
    )
    closed_at = models.DateTimeField(gettext_lazy("closed at"), auto_now_add=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=gettext_lazy("closed by"),
    )
    reopened_at = models.DateTimeField(
        gettext_lazy("reopened at"), null=True, editable=False
    )
    reopened_because = models.CharField(
        gettext_lazy("reason for reopening"), max_length=300, blank=True
    )

    objects = BookClosingQuerySet.as_manager()
    history = History()

    class Meta:
        ordering = ["-until"]
        verbose_name = gettext_lazy("closed period")
        verbose_name_plural = gettext_lazy("closed periods")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_reopened_with_reason",
                condition=Q(reopened_at=None) | ~Q(reopened_because=""),
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.until)
