"""What the last inspections of archive and numbers found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy


class InspectionKind(models.TextChoices):
    ARCHIVE = "archive", gettext_lazy("archive")
    NUMBERS = "numbers", gettext_lazy("numbering")


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def latest_of(self, kind: InspectionKind) -> Inspection | None:
        """Return the last inspection of a kind, ``None`` if there was none."""
        return self.filter(kind=kind).order_by("-run_at", "-pk").first()


class Inspection(models.Model):
    """One run of ``verify_archive`` or ``check_numbering`` and what it found."""

    kind = models.CharField(gettext_lazy("kind"), max_length=10, choices=InspectionKind)
    run_at = models.DateTimeField(gettext_lazy("run at"))
    documents = models.PositiveIntegerField(gettext_lazy("documents"))
    findings = models.JSONField(gettext_lazy("findings"), default=list)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["-run_at"]
        verbose_name = gettext_lazy("inspection")
        verbose_name_plural = gettext_lazy("inspections")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=InspectionKind.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.run_at:%Y-%m-%d %H:%M}"

    @property
    def is_clean(self) -> bool:
        """True where nothing was found."""
        return not self.findings
