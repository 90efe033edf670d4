"""What the scheme asks of a client, as rows the owner edits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.dated import DatedModel, DatedQuerySet
from clients.eligibility import ClientConditions
from clients.size import Ceiling, SizeLimits
from ownyourstory.history import History

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _staff(label: StrPromise) -> models.DecimalField[Any, Decimal]:
    return models.DecimalField(label, max_digits=8, decimal_places=2)


def _euros(label: StrPromise) -> models.DecimalField[Any, Decimal]:
    return models.DecimalField(label, max_digits=14, decimal_places=2)


class ConditionsQuerySet(DatedQuerySet["Conditions"]):
    def on(self, day: date) -> ClientConditions | None:
        """Return what the scheme asks of a client on ``day``; ``None``: no row."""
        row = self.valid_on(day).first()
        if row is None:
            return None
        codes = Activity.objects.values_list("nace", flat=True)
        return row.as_conditions(activities=frozenset(codes))


class Conditions(DatedModel):
    """What the scheme asks of a client, from one day to another (ELI-2, ELI-3)."""

    small_staff = _staff(gettext_lazy("small: fewer than (FTE)"))
    small_turnover = _euros(gettext_lazy("small: turnover at most (EUR)"))
    small_balance = _euros(gettext_lazy("small: balance total at most (EUR)"))
    medium_staff = _staff(gettext_lazy("medium: fewer than (FTE)"))
    medium_turnover = _euros(gettext_lazy("medium: turnover at most (EUR)"))
    medium_balance = _euros(gettext_lazy("medium: balance total at most (EUR)"))
    public_share_limit = models.DecimalField(
        gettext_lazy("public participation below (%)"), max_digits=5, decimal_places=2
    )

    objects = ConditionsQuerySet.as_manager()
    history = History()

    one_at_a_time = ()

    class Meta(DatedModel.Meta):
        ordering = ["-valid_from"]
        verbose_name = gettext_lazy("conditions for clients")
        verbose_name_plural = gettext_lazy("conditions for clients")

    def __str__(self) -> str:
        return _("conditions from %s") % date_format(self.valid_from)

    def as_conditions(self, *, activities: frozenset[str]) -> ClientConditions:
        """Return the row as the value the rules work with."""
        return ClientConditions(
            sizes=SizeLimits(
                small=Ceiling(
                    self.small_staff, self.small_turnover, self.small_balance
                ),
                medium=Ceiling(
                    self.medium_staff, self.medium_turnover, self.medium_balance
                ),
            ),
            public_share_limit=self.public_share_limit,
            activities=activities,
        )


class Activity(models.Model):
    """A main activity on the decree's list (ELI-4); no rows: nothing is known."""

    nace = models.CharField(
        gettext_lazy("NACE code"),
        max_length=7,
        unique=True,
        validators=[RegexValidator(r"^\d{2,7}$", gettext_lazy("Digits only."))],
        help_text=gettext_lazy("Digits only; a shorter code takes in all below it."),
    )
    label = models.CharField(gettext_lazy("activity"), max_length=200, blank=True)

    history = History()

    class Meta:
        ordering = ["nace"]
        verbose_name = gettext_lazy("eligible activity")
        verbose_name_plural = gettext_lazy("eligible activities")

    def __str__(self) -> str:
        return f"{self.nace} {self.label}".strip()
