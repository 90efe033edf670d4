"""What the lists of the admin show and filter by: amounts, labels, quarters, archive.

A column whose name ends in ``_amount`` is aligned right (``static/house/pages.css``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Max, Min, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.forms import DropdownForm, RadioForm

from ownyourstory.quarters import QUARTERS, period_days
from ownyourstory.templatetags.money import eur

EMPTY = "–"


class Colour(StrEnum):
    """The colours of a label; the values are Unfold's."""

    GREEN = "success"
    RED = "danger"
    AMBER = "warning"
    BLUE = "info"
    GREY = "default"


def euros(amount: Decimal | None) -> str:
    """Return an amount (EUR) as she writes it, ``€ 1.234,50``; a dash for none."""
    return EMPTY if amount is None else eur(amount)


def short_day(day: date | None) -> str:
    """Return a day as in ``5 mrt. 2026``; a dash for none."""
    return date_format(day, "j N Y") if day else EMPTY


def on_one_line(text: str) -> SafeString:
    """Return ``text`` so that it never wraps; a dash for an empty one."""
    return format_html('<span class="whitespace-nowrap">{}</span>', text or EMPTY)


def label(text: object, colour: Colour, *, title: str = "") -> SafeString:
    """Return ``text`` as a coloured label; ``title`` shows under the pointer."""
    return render_to_string(
        "unfold/helpers/label.html",
        {"text": text, "type": colour.value, "label_title": title},
    )


def two_lines(first: object, second: object) -> SafeString:
    """Return ``first`` with ``second`` small below it, where there is a second."""
    return format_html(
        '<span class="house-two-lines">{}<small>{}</small></span>', first, second
    )


def is_autocomplete(request: HttpRequest) -> bool:
    """Tell whether a search comes from a field that proposes rows, not from a list."""
    match = request.resolver_match
    return match is not None and match.url_name == "autocomplete"


class ChoiceFilter(admin.SimpleListFilter):
    """Keep what has one of the ``lookups``, chosen from a dropdown; or ``every``."""

    template = "unfold/filters/filters_field.html"
    every = gettext_lazy("All")

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        every: tuple[str, Any] = ("", self.every)
        yield {
            "form": DropdownForm(
                label=capfirst(self.title),
                name=self.parameter_name,
                choices=[every, *self.lookup_choices],
                data={self.parameter_name: self.value() or ""},
            )
        }


class QuarterFilter(ChoiceFilter):
    """Keep the rows of a year or quarter; make one with ``over("issued_on")``."""

    title = gettext_lazy("year and quarter")
    field = ""

    @classmethod
    def over(cls, field: str) -> type[QuarterFilter]:
        """Return the filter over a date field, or over an annotated date."""
        return type(cls.__name__, (cls,), {"field": field, "parameter_name": field})

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> Iterator[tuple[str, str]]:
        """Yield each year from the latest row to the first, then its quarters."""
        span = model_admin.get_queryset(request).aggregate(
            first=Min(self.field), last=Max(self.field)
        )
        if span["first"] is None:
            return
        for year in range(span["last"].year, span["first"].year - 1, -1):
            yield str(year), str(year)
            for quarter in QUARTERS:
                name = _("%(year)s, quarter %(quarter)s")
                yield f"{year}-{quarter}", name % {"year": year, "quarter": quarter}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        try:
            days = period_days(self.value() or "")
        except ValueError:  # nothing chosen, or an address somebody typed
            return queryset
        return queryset.filter(**{f"{self.field}__range": days})


class ArchiveFilter(admin.SimpleListFilter):
    """Leave out what is archived, until she asks for it."""

    title = gettext_lazy("archive")
    parameter_name = "archive"
    template = "unfold/filters/filters_field.html"

    def lookups(
        self, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, str]]:
        return [("", _("in use")), ("only", _("archived")), ("all", _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(is_archived=self.value() == "only")

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        yield {
            "form": RadioForm(
                label=capfirst(self.title),
                name=self.parameter_name,
                choices=self.lookup_choices,
                data={self.parameter_name: self.value() or ""},
            )
        }
