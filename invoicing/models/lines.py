"""The lines of an invoice."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoicing.documents.document import Unit
from invoicing.documents.totals import PricedLine
from invoicing.documents.vat import Treatment
from invoicing.wording import TREATMENTS, UNITS, WHY
from ownyourstory.history import History
from ownyourstory.money import ZERO

from .invoice import Invoice


class InvoiceLine(models.Model):
    """A line of an invoice. Its amounts follow VAT-1; ``net`` is fixed at issue."""

    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=gettext_lazy("invoice"),
    )
    credits = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="credited_by",
        null=True,
        editable=False,
        verbose_name=gettext_lazy("credits line"),
    )
    position = models.PositiveSmallIntegerField(gettext_lazy("position"), default=0)
    description = models.TextField(gettext_lazy("description"))
    quantity = models.DecimalField(
        gettext_lazy("quantity"), max_digits=12, decimal_places=4, default=Decimal(1)
    )
    unit = models.CharField(
        gettext_lazy("unit"),
        max_length=3,
        choices=list(UNITS.items()),
        default=Unit.LUMP_SUM,
    )
    unit_price = models.DecimalField(
        gettext_lazy("unit price"),
        max_digits=14,
        decimal_places=6,
        validators=[MinValueValidator(0)],
    )
    discount = models.DecimalField(
        gettext_lazy("discount"),
        max_digits=12,
        decimal_places=2,
        default=Decimal(0),
        blank=True,
        validators=[MinValueValidator(0)],
    )
    treatment = models.CharField(
        gettext_lazy("VAT treatment"),
        max_length=20,
        choices=list(TREATMENTS.items()),
        default=Treatment.STANDARD,
    )
    vat_rate = models.DecimalField(
        gettext_lazy("VAT (%)"), max_digits=5, decimal_places=2
    )
    proposed_because = models.CharField(
        gettext_lazy("proposed because"),
        max_length=30,
        choices=list(WHY.items()),
        blank=True,
        editable=False,
    )
    is_eligible = models.BooleanField(gettext_lazy("wallet may pay it"), default=False)
    net = models.DecimalField(
        gettext_lazy("excl. VAT"),
        max_digits=12,
        decimal_places=2,
        null=True,
        editable=False,
    )

    history = History(without=["position", "net"])

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = gettext_lazy("line")
        verbose_name_plural = gettext_lazy("lines")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_amounts_sound",
                condition=Q(
                    quantity__gt=0,
                    unit_price__gte=0,
                    discount__gte=0,
                    discount__lte=Round(F("quantity") * F("unit_price"), precision=2),
                ),
                violation_error_message=gettext_lazy(
                    "The quantity is above zero, and the discount "
                    "is at most the price of the line."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_rate_fits_treatment",
                condition=Q(treatment=Treatment.STANDARD, vat_rate__gt=0)
                | (~Q(treatment=Treatment.STANDARD) & Q(vat_rate=0)),
                violation_error_message=gettext_lazy(
                    "A rate goes with VAT; every other treatment has none."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_treatment_valid",
                condition=Q(treatment__in=list(Treatment)),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_unit_valid",
                condition=Q(unit__in=list(Unit)),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    def clean(self) -> None:
        """Take the rate away where no VAT is charged: nobody should have to."""
        super().clean()
        self.discount = self.discount or ZERO
        if self.treatment != Treatment.STANDARD:
            self.vat_rate = ZERO
        elif not self.vat_rate:
            raise ValidationError({"vat_rate": _("Choose the rate of the VAT.")})

    def priced(self) -> PricedLine:
        """Return what the amounts of the line follow from."""
        return PricedLine(
            quantity=self.quantity,
            unit_price=self.unit_price,
            discount=self.discount,
            treatment=Treatment(self.treatment),
            vat_rate=self.vat_rate,
            eligible=self.is_eligible,
        )
