"""The pages of an invoice on its way to its client, and what is read from them."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse

from invoicing.models import Invoice
from tests.factories import PersonFactory, UserFactory, issued


def page(name: str, invoice: Invoice) -> str:
    return reverse(f"admin:invoicing_invoice_{name}", args=[invoice.pk])


def panel(browser: Browser, invoice: Invoice) -> str:
    """Return the panel “To the client” on the page of ``invoice``, as HTML."""
    shown = browser.get(page("change", invoice)).content.decode()
    found = re.search(
        r'<section[^>]*aria-label="To the client".*?</section>', shown, re.DOTALL
    )
    assert found is not None
    return found[0]


def said(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def to_a_person(**fields: Any) -> Invoice:
    return issued(client=PersonFactory.create(**fields))


def viewer(client: Browser) -> Browser:
    """Log somebody in who may look at invoices and nothing else."""
    user = UserFactory.create(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_invoice"))
    client.force_login(user)
    return client
