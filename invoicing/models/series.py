"""The number series of documents, one row a kind and year."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from invoicing.documents.document import Kind
from invoicing.wording import KINDS
from ownyourstory.history import History

DEFAULT_PREFIX = {Kind.INVOICE: "{year}-", Kind.CREDIT_NOTE: "CN{year}-"}


class NumberSeriesQuerySet(models.QuerySet["NumberSeries"]):
    def locked(self, *, kind: Kind, year: int) -> NumberSeries:
        """Return the series of ``kind`` and ``year``, made if need be, and lock it.

        Call inside a transaction: other issuers of the series wait until it ends
        (INV-1).
        """
        planned = self.planned(kind=kind, year=year)
        series, _created = self.get_or_create(
            kind=kind,
            year=year,
            defaults={"prefix": planned.prefix, "digits": planned.digits},
        )
        return self.select_for_update().get(pk=series.pk)

    def lock_all(self, *, year: int) -> None:
        """Lock every series, those of ``year`` made if need be: nobody issues then.

        Call inside a transaction. Whoever was issuing is done when this returns.
        """
        list(self.select_for_update().order_by("pk").values_list("pk"))
        for kind in Kind:
            self.locked(kind=kind, year=year)

    def planned(self, *, kind: Kind, year: int) -> NumberSeries:
        """Return the series of ``kind`` and ``year`` as it is or, unsaved, will be.

        A new year looks like the year before it and starts at one.
        """
        series = self.filter(kind=kind, year__lte=year).order_by("-year").first()
        if series is not None and series.year == year:
            return series
        return NumberSeries(
            kind=kind,
            year=year,
            prefix=series.prefix if series else DEFAULT_PREFIX[kind],
            digits=series.digits if series else 4,
        )


class NumberSeries(models.Model):
    """The numbers of one kind of document in one year (INV-1).

    ``last`` is the number given last, empty before the first. Only
    ``invoicing.lifecycle`` moves it.
    """

    kind = models.CharField(
        gettext_lazy("kind"), max_length=12, choices=list(KINDS.items())
    )
    year = models.PositiveSmallIntegerField(
        gettext_lazy("year"),
        validators=[MinValueValidator(2000), MaxValueValidator(9999)],
    )
    prefix = models.CharField(
        gettext_lazy("before the number"),
        max_length=20,
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9/_.-]*\{year\}[A-Za-z0-9/_.-]*$",
                gettext_lazy("Letters, digits and - / _ . around {year}."),
            )
        ],
        help_text=gettext_lazy("{year} becomes the year, as in 2026-0001."),
    )
    digits = models.PositiveSmallIntegerField(
        gettext_lazy("digits"),
        default=4,
        validators=[MinValueValidator(3), MaxValueValidator(6)],
    )
    first = models.PositiveIntegerField(
        gettext_lazy("first number"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        help_text=gettext_lazy("Can be set until the first document is issued."),
    )
    last = models.PositiveIntegerField(
        gettext_lazy("last number given"), null=True, editable=False
    )

    objects = NumberSeriesQuerySet.as_manager()
    history = History(without=["last"])

    class Meta:
        ordering = ["-year", "kind"]
        verbose_name = gettext_lazy("number series")
        verbose_name_plural = gettext_lazy("number series")
        constraints = [
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_one_per_kind_and_year",
                fields=["kind", "year"],
                violation_error_message=gettext_lazy(
                    "There is a series for this kind and year already."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_numbers_sound",
                condition=Q(first__gte=1) & (Q(last=None) | Q(last__gte=F("first"))),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_kind_valid",
                condition=Q(kind__in=list(Kind)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def next(self) -> int:
        """The number that the next document will get."""
        return self.first if self.last is None else self.last + 1

    def numbered(self, sequence: int) -> str:
        """Return number ``sequence`` as printed: ``2026-0001``."""
        prefix = self.prefix.replace("{year}", str(self.year))
        return f"{prefix}{sequence:0{self.digits}d}"
