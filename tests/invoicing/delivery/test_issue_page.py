"""Issuing: the owner chooses how it is to go, and reads what comes next (EIN-1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.test import override_settings
from django.urls import reverse
from pytest_django import Settings

from invoicing.models import Invoice
from ownyourstory.outbox.models import Dispatch
from tests.factories import (
    MONDAY,
    OwnerFactory,
    PersonFactory,
    complete_seller,
    noon,
    ordinary_draft,
)

from .pages import page, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

MAIL_READY = {"DEFAULT_FROM_EMAIL": "facturen@example.com"}


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def access_point(settings: Settings) -> None:
    settings.EINVOICE_API_KEY = "a-key"


def issue(browser: Browser, draft: Invoice, **sent: str) -> Any:
    complete_seller()
    sent = {"on": "2026-03-02", **sent}
    return browser.post(page("issue", draft), sent, follow=True)


def test_without_a_choice_nothing_is_asked(owner: Browser) -> None:
    asked = owner.get(page("issue", ordinary_draft()))

    assert "means" not in asked.context["form"].fields
    assert "e-invoice, over Peppol" in asked.content.decode()


def test_an_e_invoice_by_hand_says_what_to_do_with_the_xml(owner: Browser) -> None:
    done = issue(owner, ordinary_draft())

    [message] = said(done)
    assert message.startswith("Issued 2026-0001. Next: download the XML, upload it")


@pytest.mark.usefixtures("access_point")
def test_with_an_access_point_it_goes_over_peppol_unless_she_chooses_otherwise(
    owner: Browser,
) -> None:
    draft, other = ordinary_draft(), ordinary_draft()

    form = owner.get(page("issue", draft)).context["form"]
    sent = issue(owner, draft, means=form["means"].value())
    kept = issue(owner, other, means="download")

    assert "over Peppol by itself" in said(sent)[0]
    assert "upload it at your Peppol portal" in said(kept)[0]
    assert Dispatch.objects.get().channel == "access_point"


@override_settings(**MAIL_READY)
def test_a_private_person_may_be_mailed_at_once(owner: Browser) -> None:
    draft = ordinary_draft(client=PersonFactory.create(invoice_email="jan@example.com"))

    asked = owner.get(page("issue", draft)).context["form"]
    done = issue(owner, draft, means="mail")

    assert [value for value, _label in asked.fields["means"].choices] == [
        "download",
        "mail",
    ]
    assert said(done)[0].startswith("Issued 2026-0001. The mail leaves by itself")
    assert Dispatch.objects.get().recipient == "jan@example.com"


@pytest.mark.parametrize("means", ["pigeon", "", "mail"])
@pytest.mark.usefixtures("access_point")
def test_no_other_way_is_taken_and_nothing_is_issued(
    owner: Browser, means: str
) -> None:
    draft = ordinary_draft()

    refused = issue(owner, draft, means=means)

    assert refused.context["form"].errors.keys() == {"means"}
    assert refused.context["form"]["on"].value() == "2026-03-02"
    draft.refresh_from_db()
    assert draft.is_draft


SELECTED = {
    "": "Issued 2 invoices. 2 are for you to hand over: see the start page.",
    "a-key": "Issued 2 invoices. 1 is for you to hand over: see the start page.",
}


@pytest.mark.parametrize(("key", "message"), SELECTED.items())
def test_issuing_several_at_once_says_how_many_are_left_to_her(
    owner: Browser, settings: Settings, key: str, message: str
) -> None:
    settings.EINVOICE_API_KEY = key
    complete_seller()
    drafts = [ordinary_draft(), ordinary_draft(client=PersonFactory.create())]
    sent = {"action": "issue_selected", "_selected_action": [d.pk for d in drafts]}

    done = owner.post(reverse("admin:invoicing_invoice_changelist"), sent, follow=True)

    assert said(done) == [message]
