"""The seals of issued documents: the chain that tells whether anything changed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy

from .invoice import Invoice
from .series import NumberSeries


class Seal(models.Model):
    """What a document was when it was issued, and its place in the chain (INV-3).

    ``record`` is the canonical text of ``invoicing.sealing``, in the shape of
    ``version``; ``digest`` its hash with ``previous``, the digest of the document
    issued before it in the series (empty for the first).
    """

    invoice = models.OneToOneField(
        Invoice,
        on_delete=models.PROTECT,
        related_name="seal",
        verbose_name=gettext_lazy("invoice"),
    )
    series = models.ForeignKey(
        NumberSeries,
        on_delete=models.PROTECT,
        related_name="seals",
        verbose_name=gettext_lazy("number series"),
    )
    sequence = models.PositiveIntegerField(gettext_lazy("number in the series"))
    version = models.PositiveSmallIntegerField(gettext_lazy("record version"))
    record = models.TextField(gettext_lazy("record"))
    previous = models.CharField(gettext_lazy("seal before it"), max_length=64)
    digest = models.CharField(gettext_lazy("seal"), max_length=64, unique=True)

    class Meta:
        ordering = ["series", "sequence"]
        verbose_name = gettext_lazy("seal")
        verbose_name_plural = gettext_lazy("seals")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_sequence_once",
                fields=["series", "sequence"],
            ),
            models.UniqueConstraint(
                # A chain does not fork: each seal is followed by one at most.
                name="%(app_label)s_%(class)s_follows_once",
                fields=["series", "previous"],
            ),
        ]

    def __str__(self) -> str:
        return self.digest[:12]
