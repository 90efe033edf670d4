"""An office at work, for processes of their own: what they do, and what there is."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps

from clients.models import Client
from invoicing.models import Invoice, StoredFile
from ownyourstory import archive
from tests.factories import UserFactory, issued, issued_via_wallet, ordinary_draft


def open_office() -> None:
    """Put in somebody, three invoices and a draft."""
    UserFactory.create(username="ianka")
    issued()
    issued_via_wallet()
    issued()
    ordinary_draft()


def issue() -> None:
    """Issue one more invoice and print its number."""
    invoice = issued(client=Client.objects.earliest("pk"))
    print(invoice.number, flush=True)  # noqa: T201 – what the test waits for


def keep_issuing() -> None:
    """Issue one invoice after the other until somebody ends it."""
    while True:
        issue()


def facts() -> None:
    """Print as JSON what there is: the rows of each table, and each document."""
    counts = {
        model._meta.label: model._default_manager.count()
        for app in ("auth", "clients", "programs", "invoicing")
        for model in apps.get_app_config(app).get_models()
    }
    invoices = Invoice.objects.issued().order_by("sequence")
    found: dict[str, Any] = {
        "counts": counts,
        "numbers": [invoice.number for invoice in invoices],
        "records": {invoice.number: invoice.record for invoice in invoices},
        "files": {
            file.sha256: archive.read(file.sha256).hex()
            for file in StoredFile.objects.all()
        },
    }
    print(json.dumps(found))  # noqa: T201 – what the test reads
