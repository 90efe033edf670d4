"""Rows that hold from one day to another: rates, limits, registrations."""

from __future__ import annotations

from datetime import date
from typing import Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day

from .validity import Window

RowT = TypeVar("RowT", bound="DatedModel")


class DatedQuerySet(models.QuerySet[RowT]):
    """Rows with a window of validity."""

    def valid_on(self, day: date) -> Self:
        """Keep the rows whose window contains ``day`` (see validity.Window)."""
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day
        )

    def overlapping(self, window: Window) -> Self:
        """Keep the rows that share a day with ``window``."""
        rows = self.filter(Q(valid_until=None) | Q(valid_until__gte=window.start))
        return (
            rows if window.until is None else rows.filter(valid_from__lte=window.until)
        )


class DatedModel(models.Model):
    """A fact that holds from ``valid_from`` to ``valid_until``, both included."""

    valid_from = models.DateField(
        gettext_lazy("valid from"), validators=[plausible_day]
    )
    valid_until = models.DateField(
        gettext_lazy("valid until"),
        null=True,
        blank=True,
        validators=[plausible_day],
        help_text=gettext_lazy("This day included. Leave empty while it holds."),
    )

    one_at_a_time: tuple[str, ...] | None = None
    """Fields within which windows may not overlap; ``None`` allows overlap."""

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_window_ordered",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message=gettext_lazy("It ends before it starts."),
            ),
        ]

    @property
    def window(self) -> Window:
        """The days on which the row holds."""
        return Window(self.valid_from, self.valid_until)

    def clean(self) -> None:
        super().clean()
        if self.one_at_a_time is None or not self._window_is_sound():
            return
        same = {field: getattr(self, field) for field in self.one_at_a_time}
        others: DatedQuerySet[Any] = DatedQuerySet(type(self)).filter(**same)
        clash = others.overlapping(self.window).exclude(pk=self.pk).first()
        if clash:
            raise ValidationError(
                {"valid_from": _("This period overlaps with “%s”.") % clash}
            )

    def _window_is_sound(self) -> bool:
        """Tell whether both ends are there and in order: the fields say so if not."""
        return self.valid_from is not None and (
            self.valid_until is None or self.valid_until >= self.valid_from
        )
