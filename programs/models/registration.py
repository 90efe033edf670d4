"""The provider's registration, one row a period."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.dated import DatedModel, DatedQuerySet
from ownyourstory.days import plausible_day
from ownyourstory.history import History
from programs.registration_number import ZeroForLetter, registration_number


class Pillar(models.TextChoices):
    TRAINING = "training", gettext_lazy("training")
    ADVICE = "advice", gettext_lazy("advice")


LETTER = {Pillar.TRAINING: "DV.O", Pillar.ADVICE: "DV.A"}


class RegistrationQuerySet(DatedQuerySet["Registration"]):
    def for_training(self) -> RegistrationQuerySet:
        """Keep the registrations under which training is eligible (REG-5)."""
        return self.filter(pillar=Pillar.TRAINING)


class Registration(DatedModel):
    """A registered period of the provider (REG-2, REG-4).

    A renewal is a new row. Periods of one number and pillar never overlap: the
    database refuses it (an exclusion constraint or a trigger, by migration).
    """

    number = models.CharField(
        gettext_lazy("registration number"),
        max_length=12,
        help_text=gettext_lazy("DV.O for training (the letter O), then the digits."),
    )
    pillar = models.CharField(
        gettext_lazy("pillar"),
        max_length=10,
        choices=Pillar,
        default=Pillar.TRAINING,
    )
    registered_with = models.CharField(
        gettext_lazy("registered with"), max_length=100, default="VLAIO"
    )
    valid_until = models.DateField(
        gettext_lazy("valid until"),
        validators=[plausible_day],
        help_text=gettext_lazy("This day included."),
    )

    objects = RegistrationQuerySet.as_manager()
    history = History()

    one_at_a_time = ("number", "pillar")

    class Meta(DatedModel.Meta):
        ordering = ["-valid_from"]
        verbose_name = gettext_lazy("registration")
        verbose_name_plural = gettext_lazy("registrations")
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_letter_fits_pillar",
                condition=Q(number__startswith="DV.O", pillar=Pillar.TRAINING)
                | Q(number__startswith="DV.A", pillar=Pillar.ADVICE),
                violation_error_message=gettext_lazy(
                    "DV.O is for training, DV.A for advice."
                ),
            ),
        ]

    def __str__(self) -> str:
        first, last = date_format(self.valid_from), date_format(self.valid_until)
        return f"{self.number} ({first} – {last})"

    def clean(self) -> None:
        """Normalise the number and refuse the zero that should be an O (REG-3)."""
        try:
            self.number = registration_number(self.number)
        except ZeroForLetter as error:
            raise ValidationError(
                {
                    "number": _(
                        "There is a zero after the dot: it must be the letter O "
                        "(of “opleiding”), as in DV.O222378."
                    )
                }
            ) from error
        except ValueError as error:
            raise ValidationError(
                {"number": _("It looks like DV.O222378: DV, a dot, O or A, digits.")}
            ) from error
        super().clean()
