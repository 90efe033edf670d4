"""What belongs to a dossier: kept once a wallet invoice was issued for it (DOS-9)."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

RowT = TypeVar("RowT", bound="InDossier")


class DossierQuerySet(models.QuerySet[RowT]):
    """Rows that belong to a dossier."""

    def kept(self) -> Self:
        """Keep the rows for which a wallet invoice was issued, also if credited."""
        invoice = self.model.to_invoice
        return self.filter(
            **{f"{invoice}__via_wallet": True, f"{invoice}__issued_on__isnull": False}
        )

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

    to_invoice: ClassVar[str]
    """The road of keys from the row to the invoices of its dossier."""

    class Meta:
        abstract = True

    @property
    def is_kept(self) -> bool:
        """True where a wallet invoice was issued for it: it cannot be deleted."""
        return DossierQuerySet(type(self)).kept().filter(pk=self.pk).exists()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row. Raises ProtectedError if it is kept (DOS-9)."""
        if self.is_kept:
            _refuse({self})
        return super().delete(*args, **kwargs)


def _refuse(kept: set[Any]) -> None:
    raise ProtectedError(
        _("A wallet invoice was issued for this: it is kept with its dossier."), kept
    )
