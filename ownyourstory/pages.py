"""What all pages of the admin have in common: fields, inlines, what may be deleted."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib.admin import ShowFacets
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.widgets import (
    UnfoldAdminExpandableTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from ownyourstory import changes
from ownyourstory.numbers import plain_number

KEY = re.compile(r"[0-9]{1,18}")
"""What a database can compare with a primary key."""

CENTS = 2
"""The decimals of an amount that is paid; prices and quantities may have more."""


class TypedDecimalField(forms.DecimalField):
    """A number typed in any notation, shown in that of the active language."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = plain_number(value, decimal_mark=get_format("DECIMAL_SEPARATOR"))
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number with two decimals, more only where it has more."""
        if not isinstance(value, Decimal) or (self.decimal_places or 0) <= CENTS:
            return value
        whole, _point, decimals = f"{value:f}".partition(".")
        return Decimal(f"{whole}.{decimals.rstrip('0').ljust(CENTS, '0')}")


class PageForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that says what a constraint refuses beside the field it is about."""

    beside: ClassVar[dict[str, str]] = {}
    """The field for the message of a constraint, by the end of its name."""

    def add_error(self, field: str | None, error: Any) -> None:
        if field is None and hasattr(error, "error_dict"):
            error = beside_fields(
                error, row=self.instance, beside=self.beside, fields=self.fields
            )
        super().add_error(field, error)


def beside_fields(
    errors: ValidationError,
    *,
    row: models.Model,
    beside: Mapping[str, str],
    fields: Collection[str],
) -> ValidationError:
    """Return ``errors`` with what the constraints of ``row`` say beside their fields.

    ``beside`` gives the field by the end of a constraint's name; one that is not among
    ``fields`` gets no message.
    """
    places = {
        constraint.get_violation_error_message(): field
        for _model, constraints in row.get_constraints()
        for constraint in constraints
        for fact, field in beside.items()
        if constraint.name.endswith(f"_{fact}") and field in fields
    }
    sorted_out: dict[str, list[ValidationError]] = {}
    for name, messages in errors.error_dict.items():
        for message in messages:
            place = places.get(str(message.message), name)
            sorted_out.setdefault(place, []).append(message)
    return ValidationError(sorted_out)


class DatedForm(PageForm):
    """The form of a row that holds from one day to another."""

    beside: ClassVar = {"window_ordered": "valid_until"}


# Text inputs: a browser empties a number input it cannot read, and what was typed
# is lost before anybody can say what is wrong with it.
WIDGETS: dict[Any, Any] = {
    models.DecimalField: {
        "form_class": TypedDecimalField,
        "localize": True,
        "widget": UnfoldAdminTextInputWidget(attrs={"inputmode": "decimal"}),
    },
    models.IntegerField: {
        "widget": UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"}),
    },
    models.TextField: {"widget": UnfoldAdminExpandableTextareaWidget},
}


class AnyKeySelect(AutocompleteSelect):
    """Proposes rows as one types; a key that is none is no choice, and no crash.

    Django looks every submitted key up to draw the field again, also one that the
    database cannot compare with a number.
    """

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        keys = [key for key in value if KEY.fullmatch(str(key)) or not key]
        return super().optgroups(name, keys, attrs)


class Proposing(BaseModelAdmin):  # type: ignore[type-arg]  # Django has no generics
    """Fields that propose rows, for pages and for the rows on them."""

    form: Any
    formfield_overrides: ClassVar[Any]

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AnyKeySelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class Page(Proposing, ModelAdmin):
    """The list and the form of a model."""

    form = PageForm
    formfield_overrides = WIDGETS
    list_filter_submit = True
    list_per_page = 50
    show_facets = ShowFacets.NEVER
    warn_unsaved_form = True

    class Media:
        css = {"all": ["house/pages.css"]}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list; leave out what no database can look for."""
        if any("\x00" in str(value) for value in request.GET.values()):
            return redirect(request.path)
        response: HttpResponse = super().changelist_view(request, extra_context)
        return response

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lead to the history of a row only where one is kept."""
        if not hasattr(self.model, "history"):
            extra_context = {"show_history": False, **(extra_context or {})}
        response: HttpResponse = super().changeform_view(
            request, object_id, form_url, extra_context
        )
        return response

    def history_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show who changed what and when, in a row and in the rows below it.

        To read only: putting an old version back would go round every rule.
        """
        if not hasattr(self.model, "history"):
            raise Http404
        pk = unquote(object_id)
        there = self.get_object(request, pk)
        row = there or changes.last_known(self.model, pk)
        if row is None:
            raise Http404
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        parts = [inline.model for inline in self.get_inline_instances(request, row)]
        moments = Paginator(changes.moments(row, parts=parts), self.list_per_page)
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %s") % row,
            "opts": self.opts,
            "object": row,
            "is_there": there is not None,
            "media": self.media,
            "moments": moments.get_page(request.GET.get("p")),
            **(extra_context or {}),
        }
        return render(request, "admin/history.html", context)


class Rows(Proposing, TabularInline):
    """The rows of a child model, below the form of its parent."""

    form = PageForm
    extra = 0
    starts_with_a_row = False
    formfield_overrides = WIDGETS
    hide_title = True

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """Return 1 on the add page of a parent that is of little use without a row."""
        return 1 if obj is None and self.starts_with_a_row else 0


class KeptPage(Page):
    """A page of rows that are kept while others need them; none is deleted in bulk."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not is_needed(obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


def is_needed(row: models.Model | None) -> bool:
    """Tell whether another row holds on to ``row`` by a protected key."""
    if row is None or row.pk is None:
        return False
    needed = Q()
    for relation in row._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            needed |= Q(**{f"{relation.name}__isnull": False})
    return bool(needed) and type(row)._base_manager.filter(needed, pk=row.pk).exists()


class OneRowPage(Page):
    """The page of a model with one row: its list leads to it; none comes or goes."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(name, 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
