"""What goes into the books of each issued document: one row per VAT group (EXP-1)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from invoicing.documents.vat import Treatment
from invoicing.wording import TREATMENTS

from .invoice import Invoice


class JournalEntry(models.Model):
    """One VAT group of an issued document as it goes into the books, in EUR.

    Written once, at issue, and sealed with it. ``base`` and ``vat`` are positive, of a
    credit note too; ``base_grid`` and ``vat_grid`` are those of the VAT return (VAT-3),
    empty where there is none. The buyer is as on the document: numbers without blanks
    or dots, ``country`` an ISO 3166 code.
    """

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=gettext_lazy("invoice"),
    )
    position = models.PositiveSmallIntegerField(gettext_lazy("position"))
    description = models.CharField(gettext_lazy("description"), max_length=200)
    treatment = models.CharField(
        gettext_lazy("VAT treatment"), max_length=20, choices=list(TREATMENTS.items())
    )
    vat_rate = models.DecimalField(
        gettext_lazy("VAT (%)"), max_digits=5, decimal_places=2
    )
    base = models.DecimalField(
        gettext_lazy("taxable base"), max_digits=12, decimal_places=2
    )
    vat = models.DecimalField(gettext_lazy("VAT"), max_digits=12, decimal_places=2)
    base_grid = models.CharField(
        gettext_lazy("grid of the base"), max_length=2, blank=True
    )
    vat_grid = models.CharField(
        gettext_lazy("grid of the VAT"), max_length=2, blank=True
    )
    buyer_number = models.CharField(gettext_lazy("client number"), max_length=20)
    enterprise_number = models.CharField(
        gettext_lazy("enterprise number"), max_length=20, blank=True
    )
    vat_number = models.CharField(gettext_lazy("VAT number"), max_length=20, blank=True)
    country = models.CharField(gettext_lazy("country"), max_length=2)

    class Meta:
        ordering = ["invoice", "position"]
        verbose_name = gettext_lazy("journal entry")
        verbose_name_plural = gettext_lazy("journal entries")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_treatment_valid",
                condition=Q(treatment__in=list(Treatment)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_grid_with_its_vat",
                condition=Q(vat=0) | ~Q(vat_grid=""),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_position_once",
                fields=["invoice", "position"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} ({self.position})"
