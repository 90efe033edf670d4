"""Who was there: one row a person a session day (DOS-9)."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.history import History

from .courses import Session
from .dossier import DossierQuerySet, Withdrawable
from .enrolments import Participant


class AttendanceSource(models.TextChoices):
    """How it is known."""

    TYPED = "typed", gettext_lazy("typed in")
    SIGNED = "signed", gettext_lazy("signed on the screen")


class AttendanceQuerySet(DossierQuerySet["Attendance"]):
    def standing(self) -> Self:
        """Keep those that count: the withdrawn ones stay, but say nothing."""
        return self.filter(withdrawn_at=None)


class Attendance(Withdrawable):
    """Whether a participant was there on a session day, and for how many hours.

    ``signature`` is the name of the drawn signature in ``ownyourstory.archive``.
    Written by ``programs.attendance`` only. No row: nothing is known yet.
    """

    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name=gettext_lazy("participant"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.CASCADE,
        related_name="attendances",
        verbose_name=gettext_lazy("session"),
    )
    is_present = models.BooleanField(gettext_lazy("present"))
    hours = models.DecimalField(
        gettext_lazy("hours"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0))],
    )
    source = models.CharField(
        gettext_lazy("how it is known"),
        max_length=10,
        choices=AttendanceSource,
        default=AttendanceSource.TYPED,
    )
    recorded_at = models.DateTimeField(gettext_lazy("recorded at"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("recorded by"),
    )
    signed_at = models.DateTimeField(gettext_lazy("signed at"), null=True)
    signature = models.CharField(
        gettext_lazy("signature (SHA-256)"), max_length=64, blank=True
    )

    objects = AttendanceQuerySet.as_manager()
    history = History()

    class Meta(Withdrawable.Meta):
        ordering = ["session__day", "participant__name"]
        verbose_name = gettext_lazy("attendance")
        verbose_name_plural = gettext_lazy("attendances")
        default_permissions = ("view", "change")
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_hours_of_who_was_there",
                condition=Q(is_present=True, hours__gt=0)
                | Q(is_present=False, hours=0),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_signed_in_full",
                condition=Q(source=AttendanceSource.TYPED, signed_at=None, signature="")
                | (
                    Q(
                        source=AttendanceSource.SIGNED,
                        is_present=True,
                        signed_at__isnull=False,
                    )
                    & ~Q(signature="")
                ),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_a_day",
                fields=["participant", "session"],
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant} · {self.session}"

    @property
    def is_signed(self) -> bool:
        """True where the participant signed on the screen."""
        return self.signed_at is not None
