"""The papers in the file of a dossier: scans, and what was handed out (DOS-9)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from programs.scans import Format

from .courses import Session
from .dossier import DossierQuerySet, Withdrawable
from .enrolments import Enrolment, Participant


class PaperKind(models.TextChoices):
    CONFIRMATION = "confirmation", gettext_lazy("enrolment confirmation")
    ATTENDANCE = "attendance", gettext_lazy("signed attendance list")
    CERTIFICATE = "certificate", gettext_lazy("certificate")
    OTHER = "other", gettext_lazy("other paper")


class Origin(models.TextChoices):
    """Where a paper comes from."""

    SCAN = "scan", gettext_lazy("attached")
    ISSUED = "issued", gettext_lazy("handed out by us")


FORMATS = [(one, one.name) for one in Format]


class DossierPaperQuerySet(DossierQuerySet["DossierPaper"]):
    def standing(self) -> Self:
        """Keep those that count: the withdrawn ones stay in the file as they are."""
        return self.filter(withdrawn_at=None)


class DossierPaper(Withdrawable):
    """A paper of an enrolment, or of a session day for all who come on it.

    ``sha256`` is the name of the bytes in ``ownyourstory.archive``. A certificate
    without participant is one for all of the enrolment. Written by
    ``programs.filing`` only, once.
    """

    kind = models.CharField(gettext_lazy("kind"), max_length=15, choices=PaperKind)
    origin = models.CharField(
        gettext_lazy("origin"), max_length=10, choices=Origin, default=Origin.SCAN
    )
    enrolment = models.ForeignKey(
        Enrolment,
        on_delete=models.CASCADE,
        null=True,
        related_name="papers",
        verbose_name=gettext_lazy("enrolment"),
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=gettext_lazy("session day"),
    )
    participant = models.ForeignKey(
        Participant,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name=gettext_lazy("participant"),
    )
    name = models.CharField(gettext_lazy("name of the file"), max_length=200)
    extension = models.CharField(gettext_lazy("format"), max_length=5, choices=FORMATS)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(gettext_lazy("size (bytes)"))
    filed_at = models.DateTimeField(gettext_lazy("filed at"))
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=gettext_lazy("filed by"),
    )

    objects = DossierPaperQuerySet.as_manager()

    class Meta(Withdrawable.Meta):
        ordering = ["pk"]
        verbose_name = gettext_lazy("paper")
        verbose_name_plural = gettext_lazy("papers")
        default_permissions = ("add", "change", "view")
        constraints = [
            *Withdrawable.Meta.constraints,
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=PaperKind.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_origin_valid",
                condition=Q(origin__in=Origin.values),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_format_valid",
                condition=Q(extension__in=list(Format)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_of_a_dossier_or_a_day",
                condition=Q(enrolment__isnull=False, session=None)
                | Q(session__isnull=False, participant=None)
                & Q(kind__in=[PaperKind.ATTENDANCE, PaperKind.OTHER]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.name}"
