"""What belongs to a dossier: kept once it is under way (DOS-9)."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import connection, models
from django.db.models import ProtectedError, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs import guards

RowT = TypeVar("RowT", bound="InDossier")


class DossierQuerySet(models.QuerySet[RowT]):
    """Rows that belong to a dossier."""

    def kept(self) -> Self:
        """Keep the rows of which the database says that they are kept (DOS-9).

        An invoice was issued or a step taken, and the years to keep it are not over.
        """
        kept = guards.kept_rows(connection.vendor, self.model._meta.db_table)
        return self.filter(pk__in=RawSQL(kept, []))  # noqa: S611 – our own names

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete the rows. Raises ProtectedError if one of them is kept (DOS-9)."""
        if kept := set(self.kept()):
            _refuse(kept)
        return super().delete()

    # As Django has it: managers and templates do not offer it.
    delete.queryset_only = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]


class InDossier(models.Model):
    """A row of a dossier."""

    class Meta:
        abstract = True

    @property
    def is_kept(self) -> bool:
        """True while its dossier is kept: it cannot be deleted."""
        return DossierQuerySet(type(self)).kept().filter(pk=self.pk).exists()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row. Raises ProtectedError if it is kept (DOS-9)."""
        if self.is_kept:
            _refuse({self})
        return super().delete(*args, **kwargs)


class Withdrawable(InDossier):
    """A piece of evidence: never changed, but it can be withdrawn, with the reason.

    What was attached or signed by mistake stays in the file and no longer counts.
    """

    withdrawn_at = models.DateTimeField(
        gettext_lazy("withdrawn at"), null=True, blank=True, editable=False
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=gettext_lazy("withdrawn by"),
    )
    withdrawn_because = models.CharField(
        gettext_lazy("why it was withdrawn"),
        max_length=300,
        blank=True,
        editable=False,
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
            ),
        ]

    @property
    def counts(self) -> bool:
        """True unless it was withdrawn."""
        return self.withdrawn_at is None


def _refuse(kept: set[Any]) -> None:
    raise ProtectedError(
        _("Its dossier is under way: it is kept with all that belongs to it."),
        kept,
    )
