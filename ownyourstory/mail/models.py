"""The texts that the owner changed."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.history import History

from .placeholders import unknown_places
from .purposes import purposes


class MailText(models.Model):
    """The owner's own text for a purpose in a language; without one: the standard."""

    purpose = models.CharField(gettext_lazy("for"), max_length=40)
    language = models.CharField(
        gettext_lazy("language"), max_length=2, choices=settings.LANGUAGES
    )
    subject = models.CharField(gettext_lazy("subject"), max_length=200)
    body = models.TextField(gettext_lazy("text"))

    history = History()

    class Meta:
        ordering = ["purpose", "language"]
        verbose_name = gettext_lazy("mail text")
        verbose_name_plural = gettext_lazy("mail texts")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once", fields=["purpose", "language"]
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_language_valid",
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
            ),
        ]

    def __str__(self) -> str:
        purpose = purposes().get(self.purpose)
        label = purpose.label if purpose else self.purpose
        return f"{label} ({self.get_language_display()})"

    def clean(self) -> None:
        """Say beside the field which place is not known, or that a line is too many."""
        super().clean()
        self.body = self.body.replace("\r\n", "\n")
        errors = {}
        purpose = purposes().get(self.purpose)
        known = purpose.places if purpose else {}
        for field, text in {"subject": self.subject, "body": self.body}.items():
            if unknown := unknown_places(text, known=known):
                errors[field] = _("Nothing is known to fill in here: %s.") % ", ".join(
                    f"{{{name}}}" for name in unknown
                )
        if len(self.subject.splitlines()) > 1:
            errors["subject"] = _("A subject is one line.")
        if errors:
            raise ValidationError(errors)
