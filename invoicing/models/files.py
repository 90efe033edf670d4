"""The files of issued documents: rows that point into the archive."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from .invoice import Invoice


class FileKind(models.TextChoices):
    PDF = "pdf", "PDF"
    XML = "xml", "XML"


class StoredFile(models.Model):
    """A file made when the document was issued, kept byte for byte (INV-3).

    The PDF for people and the e-invoice (EIN-1) for their programs.

    ``sha256`` is the name of the bytes in the archive (``ownyourstory.archive``).
    """

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="files",
        verbose_name=gettext_lazy("invoice"),
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=5, choices=FileKind)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField(gettext_lazy("size (bytes)"))

    class Meta:
        ordering = ["kind"]
        verbose_name = gettext_lazy("stored file")
        verbose_name_plural = gettext_lazy("stored files")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_kind",
                fields=["invoice", "kind"],
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=FileKind.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}.{self.kind}"
