"""Reading the forms of the admin, so that a test types only what it is about."""

from __future__ import annotations

from typing import Any

from django import forms


def typed(page: Any, **changes: str) -> dict[str, str]:
    """Return what the form on ``page`` would send, with ``changes`` typed over it.

    A change may be of any field of the page, inlines included.
    """
    every = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        every += [inline.formset.management_form, *inline.formset.forms]
    sent = {field.html_name: _text(field) for form in every for field in form}
    unknown = set(changes) - set(sent)
    assert not unknown, f"not on the page: {unknown}"
    return {name: text for name, text in (sent | changes).items() if text}


def errors(page: Any) -> dict[str, list[str]]:
    """Return the messages on ``page`` by field, those of inlines by their full name."""
    form = page.context["adminform"].form
    found = dict(form.errors)
    for inline in page.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            found |= {row.add_prefix(name): texts for name, texts in row.errors.items()}
    return {name: list(texts) for name, texts in found.items()}


def _text(field: forms.BoundField) -> str:
    value, widget = field.value(), field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "on" if value else ""
    if isinstance(widget, forms.Select):
        return "" if value is None else str(value)
    return str(widget.format_value(value) or "")
