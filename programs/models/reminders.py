"""When clients are reminded, and each reminder that went out or is held back."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.days import plausible_day
from ownyourstory.history import History
from ownyourstory.outbox.models import Dispatch
from programs.reminding.days import read_days
from programs.timetable import OF_THE_CLIENT, Kind
from programs.wording import DEADLINES, REMINDED_OF

from .enrolments import Enrolment

KINDS = [(kind, DEADLINES[kind]) for kind in OF_THE_CLIENT]


class ReminderPlan(models.Model):
    """How long before a last day the client is reminded: a row for each kind.

    For the payment order (DOS-4) the days are counted from the subsidy, and the first
    of them is the day from which the order counts as forgotten.
    """

    kind = models.CharField(
        gettext_lazy("reminder"),
        max_length=15,
        choices=list(REMINDED_OF.items()),
        unique=True,
        editable=False,
    )
    days = models.CharField(
        gettext_lazy("days"),
        max_length=40,
        help_text=gettext_lazy("Such as 7, 3, 1. At most six, at most 365."),
    )
    is_active = models.BooleanField(gettext_lazy("goes out"), default=True)

    history = History()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("days of a reminder")
        verbose_name_plural = gettext_lazy("days of the reminders")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=list(REMINDED_OF)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_given", condition=~Q(days="")
            ),
        ]

    def __str__(self) -> str:
        return str(REMINDED_OF[Kind(self.kind)])

    def clean(self) -> None:
        """Write the days in their one notation, or say that they are none."""
        super().clean()
        try:
            days = read_days(self.days)
        except ValueError:
            raise ValidationError(
                {"days": _("Type one to six whole numbers up to 365, such as 7, 3, 1.")}
            )
        self.days = ", ".join(map(str, self._in_order(days)))

    @property
    def in_days(self) -> tuple[int, ...]:
        """The days as numbers, in the order in which the reminders go out."""
        return self._in_order(read_days(self.days))

    def _in_order(self, days: tuple[int, ...]) -> tuple[int, ...]:
        return days[::-1] if self.kind == Kind.ORDER else days


class Reminder(models.Model):
    """One reminder that went out, or is held back. Written by ``reminding`` only.

    Once for an enrolment, a kind, its days and its last day: where the training moves
    there is another last day, and the client is told of that one too.
    """

    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        related_name="reminders",
        verbose_name=gettext_lazy("enrolment"),
    )
    kind = models.CharField(gettext_lazy("reminder"), max_length=15, choices=KINDS)
    days = models.PositiveSmallIntegerField(gettext_lazy("days"))
    last_day = models.DateField(gettext_lazy("last day"), validators=[plausible_day])
    dispatch = models.OneToOneField(
        Dispatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("dispatch"),
    )
    held_at = models.DateTimeField(gettext_lazy("held back at"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("held back by"),
    )

    history = History()

    class Meta:
        ordering = ["-pk"]
        verbose_name = gettext_lazy("reminder")
        verbose_name_plural = gettext_lazy("reminders")
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=list(OF_THE_CLIENT)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_held_or_sent",
                condition=Q(dispatch=None) | Q(held_at=None),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_held_has_name",
                condition=Q(held_at=None, held_by=None)
                | Q(held_at__isnull=False, held_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once",
                fields=["enrolment", "kind", "days", "last_day"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {DEADLINES[Kind(self.kind)]}"

    @property
    def is_held(self) -> bool:
        return self.held_at is not None
