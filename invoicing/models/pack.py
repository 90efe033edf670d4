"""The packs that were handed to the accountant."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy


class ExportPackQuerySet(models.QuerySet["ExportPack"]):
    def touching(self, first: date, until: date) -> Self:
        """Keep the packs of a period that has a day in common with this one."""
        return self.filter(first__lte=until, until__gte=first)


class ExportPack(models.Model):
    """A pack of a period, made whole and handed over (EXP-1).

    Written once, when the ZIP was complete and its control totals agreed; the ZIP is
    not kept: the same period unchanged gives the same bytes, and so the same
    ``sha256``. ``base``, ``vat`` and ``gross`` are EUR, net of credit notes.
    """

    first = models.DateField(gettext_lazy("from"), editable=False)
    until = models.DateField(gettext_lazy("up to and including"), editable=False)
    made_at = models.DateTimeField(gettext_lazy("made at"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=gettext_lazy("made by"),
    )
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    size = models.PositiveBigIntegerField(gettext_lazy("size (bytes)"), editable=False)
    documents = models.PositiveIntegerField(gettext_lazy("documents"), editable=False)
    base = models.DecimalField(
        gettext_lazy("excl. VAT"), max_digits=14, decimal_places=2, editable=False
    )
    vat = models.DecimalField(
        gettext_lazy("VAT"), max_digits=14, decimal_places=2, editable=False
    )
    gross = models.DecimalField(
        gettext_lazy("incl. VAT"), max_digits=14, decimal_places=2, editable=False
    )

    objects = ExportPackQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = gettext_lazy("pack for the accountant")
        verbose_name_plural = gettext_lazy("packs for the accountant")
        default_permissions = ("view",)
        permissions = [("export_books", "Can export the books for the accountant")]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_period_ordered",
                condition=Q(until__gte=F("first")),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amounts_add_up",
                condition=Q(gross=Round(F("base") + F("vat"), precision=2)),
            ),
        ]

    def __str__(self) -> str:
        return f"{date_format(self.first)} – {date_format(self.until)}"
