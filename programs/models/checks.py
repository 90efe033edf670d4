"""The provider's check of an application: four questions, each answered (DOS-8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ownyourstory.history import History

from .enrolments import Enrolment


class Question(models.TextChoices):
    """What the scheme wants a provider to look at before it accepts."""

    ENTERPRISE = "enterprise", gettext_lazy("Is it the right enterprise?")
    SERVICE = "service", gettext_lazy("Is it the training that you agreed?")
    ENROLLED = "enrolled", gettext_lazy("Are its participants enrolled?")
    UNRELATED = "unrelated", gettext_lazy("Is the enterprise unrelated to yours?")


class ApplicationCheck(models.Model):
    """The answer to a question about an application. Written by the lifecycle only."""

    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        related_name="checks",
        verbose_name=gettext_lazy("enrolment"),
    )
    question = models.CharField(
        gettext_lazy("question"), max_length=10, choices=Question
    )
    is_right = models.BooleanField(gettext_lazy("yes"))
    reason = models.TextField(gettext_lazy("reason"), blank=True)
    checked_at = models.DateTimeField(gettext_lazy("checked at"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=gettext_lazy("checked by"),
    )

    history = History()

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("check of an application")
        verbose_name_plural = gettext_lazy("checks of applications")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_answered_once",
                fields=["enrolment", "question"],
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_question_valid",
                condition=Q(question__in=Question.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_no_has_reason",
                condition=Q(is_right=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_question_display()}"
