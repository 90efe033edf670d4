"""Whatever is sent to a form of the admin, it answers with a page, never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.test import Client as Browser
from django.urls import reverse

from tests.factories import OwnerFactory, ordinary_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

OWN_APPS = {"clients", "programs", "invoicing"}
MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OWN_APPS),
    key=lambda model: model._meta.label,
)
NEVER_ADDED = {
    "bankfile",
    "banktransaction",
    "bookclosing",
    "bookkeeping",
    "dunninglevel",
    "dunningnotice",
    "dunningsettings",
    "exportpack",
    "ledgercode",
    "payment",
    "receipt",
    "reminder",
    "reminderplan",
    "seller",
}
JUNK = ["", "abc", "-1", "1e99", "9" * 20, "2026-13-45", "\x00", "<script>", "é" * 500]


@pytest.fixture
def owner(client: Browser) -> Browser:
    client.force_login(OwnerFactory.create())
    return client


def _filled(page: Any, junk: str) -> dict[str, Any]:
    """Return what the form of ``page`` sends with ``junk`` in every field."""
    sent: dict[str, Any] = dict.fromkeys(page.context["adminform"].form.fields, junk)
    for inline in page.context["inline_admin_formsets"]:
        rows, prefix = inline.formset.forms, inline.formset.prefix
        sent[f"{prefix}-TOTAL_FORMS"] = len(rows)
        sent[f"{prefix}-INITIAL_FORMS"] = inline.formset.initial_form_count()
        for row in rows:
            sent |= {row.add_prefix(name): junk for name in row.fields}
            if row.instance.pk:
                sent[row.add_prefix("id")] = row.instance.pk
    return sent


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_an_empty_form_takes_any_junk(
    owner: Browser, model: type[models.Model]
) -> None:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    page = owner.get(address)
    if page.status_code == 403:
        # Only where nobody, whatever she may do, adds one.
        assert model._meta.model_name in NEVER_ADDED
        return

    for junk in JUNK:
        assert owner.post(address, _filled(page, junk)).status_code in {200, 302}


def test_a_draft_takes_any_junk_and_stays_as_it_was(owner: Browser) -> None:
    draft = ordinary_draft()
    line = draft.lines.get()
    address = reverse("admin:invoicing_invoice_change", args=[draft.pk])
    page = owner.get(address)

    for junk in JUNK:
        assert owner.post(address, _filled(page, junk)).status_code == 200

    line.refresh_from_db()
    assert line.unit_price == 100


QUERIES = [
    "q=%00",
    "channel__exact=%00",
    "kind__exact=%00",
    "status__exact=%00",
    "o=9.9",
    "p=99999",
    "issued_on=2026-9",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_list_takes_any_address(owner: Browser, query: str) -> None:
    for model in MODELS:
        name = f"{model._meta.app_label}_{model._meta.model_name}_changelist"
        response = owner.get(f"{reverse(f'admin:{name}')}?{query}")
        assert response.status_code in {200, 302}
