"""Each user finds what that user may see and do, and no button that leads to a no."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client as Browser
from django.urls import reverse

from invoicing.models import Inspection, Invoice
from tests.factories import (
    MONDAY,
    ClientFactory,
    OwnerFactory,
    draft,
    enrolled,
    issued,
    noon,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

LOOKS = ["clients.view_client", "programs.view_course", "programs.view_enrolment"]
LOOKS_AT_BOOKS = [*LOOKS, "invoicing.view_invoice"]
KEEPS_BOOKS = [*LOOKS, "invoicing.change_invoice", "invoicing.add_invoice"]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


@pytest.fixture
def browser(client: Browser, english: None) -> Browser:
    client.cookies["django_language"] = "en"
    return client


def colleague(*names: str) -> User:
    """Return somebody who works here and may do what is named, nothing else."""
    user: User = OwnerFactory.create(is_superuser=False)
    for name in names:
        app, _, codename = name.partition(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def text_of(browser: Browser, name: str, *args: Any) -> str:
    return browser.get(reverse(name, args=args)).content.decode()


START = {
    "nothing": ([], []),
    "clients": (["clients.add_client", "clients.view_client"], ["New client"]),
    "courses": (["programs.view_course"], ["Courses in the next two months"]),
    "invoices": (
        ["invoicing.view_invoice"],
        ["1 draft to issue", "Are the books in order?"],
    ),
    "books": (
        ["invoicing.change_invoice"],
        ["1 draft to issue", "Are the books in order?", "Check now"],
    ),
    "enrolments": (["programs.add_enrolment"], ["New enrolment"]),
}
EVERYTHING = {
    "New client",
    "New course",
    "New enrolment",
    "New invoice",
    "1 draft to issue",
    "Courses in the next two months",
    "Are the books in order?",
    "Check now",
}


@pytest.mark.parametrize(("may", "shown"), START.values(), ids=START)
def test_the_start_page_shows_what_one_may_see_and_add(
    browser: Browser, may: list[str], shown: list[str]
) -> None:
    draft()
    browser.force_login(colleague(*may))

    text = text_of(browser, "admin:index")

    assert {part for part in EVERYTHING if part in text} == set(shown)


def test_the_owner_finds_all_of_it(browser: Browser) -> None:
    draft()
    browser.force_login(OwnerFactory.create())

    text = text_of(browser, "admin:index")

    assert {part for part in EVERYTHING if part in text} == EVERYTHING


def test_the_menu_leads_to_what_one_may_see(browser: Browser) -> None:
    browser.force_login(colleague("clients.view_client", "invoicing.change_vatrate"))

    text = text_of(browser, "admin:index")

    shown = {
        name
        for name in ("clients_client", "invoicing_vatrate", "invoicing_invoice")
        if reverse(f"admin:{name}_changelist") in text
    }
    assert shown == {"clients_client", "invoicing_vatrate"}


@pytest.mark.parametrize(
    ("may", "status"),
    [([], 403), (LOOKS_AT_BOOKS, 403), (KEEPS_BOOKS, 302)],
    ids=["nothing", "look", "change"],
)
def test_who_keeps_the_books_inspects_them(
    browser: Browser, may: list[str], status: int
) -> None:
    browser.force_login(colleague(*may))

    assert browser.post(reverse("inspect")).status_code == status
    assert Inspection.objects.exists() == (status == 302)


CREDITING = {
    "nothing": ([], 403),
    "look": (LOOKS_AT_BOOKS, 403),
    "add, not look": (["invoicing.add_invoice"], 403),
    "change": (KEEPS_BOOKS, 200),
}


@pytest.mark.parametrize(("may", "status"), CREDITING.values(), ids=CREDITING)
def test_who_sees_and_makes_invoices_credits_them(
    browser: Browser, may: list[str], status: int
) -> None:
    invoice = issued()
    address = reverse("admin:invoicing_invoice_credit", args=[invoice.pk])
    browser.force_login(colleague(*may))

    assert browser.get(address).status_code == status
    assert browser.post(address, {"confirm": ""}).status_code == status


@pytest.mark.parametrize(
    ("may", "shown"), [(LOOKS_AT_BOOKS, False), (KEEPS_BOOKS, True)], ids=["look", "do"]
)
def test_the_buttons_to_issue_and_to_credit_are_for_who_may(
    browser: Browser, may: list[str], shown: bool
) -> None:
    invoice, open_draft = issued(), draft()
    browser.force_login(colleague(*may))

    page = text_of(browser, "admin:invoicing_invoice_change", invoice.pk)
    assert "Read the PDF" in page
    credit = reverse("admin:invoicing_invoice_credit", args=[invoice.pk])
    assert (credit in page) is shown

    page = text_of(browser, "admin:invoicing_invoice_change", open_draft.pk)
    assert "Preview (PDF)" in page
    issue = reverse("admin:invoicing_invoice_issue", args=[open_draft.pk])
    assert (issue in page) is shown
    assert browser.get(issue).status_code == (200 if shown else 403)
    page = text_of(browser, "admin:invoicing_invoice_changelist")
    assert ("issue_selected" in page) is shown


DRAFTING = {
    "nothing": ([], 403),
    "look": (LOOKS_AT_BOOKS, 403),
    "add, not see the enrolment": (["invoicing.add_invoice"], 403),
    "add": (KEEPS_BOOKS, 302),
}


@pytest.mark.parametrize(("may", "status"), DRAFTING.values(), ids=DRAFTING)
def test_an_enrolment_becomes_a_draft_for_who_sees_it_and_makes_invoices(
    browser: Browser, may: list[str], status: int
) -> None:
    enrolment = enrolled()
    address = reverse("admin:invoicing_draft_from_enrolment", args=[enrolment.pk])
    browser.force_login(colleague(*may))

    assert browser.post(address).status_code == status
    assert Invoice.objects.exists() == (status == 302)


@pytest.mark.parametrize(
    ("may", "shown"),
    [
        (LOOKS, [False, False]),
        (LOOKS_AT_BOOKS, [False, True]),
        (KEEPS_BOOKS, [True, True]),
    ],
    ids=["not the books", "look", "change"],
)
def test_an_enrolment_leads_to_its_invoice_for_who_may(
    browser: Browser, may: list[str], shown: list[bool]
) -> None:
    bare, invoiced = enrolled(), draft()
    assert invoiced.enrolment is not None
    browser.force_login(colleague(*may))

    page = text_of(browser, "admin:programs_enrolment_change", bare.pk)
    found = ["Make draft invoice" in page]
    page = text_of(browser, "admin:programs_enrolment_change", invoiced.enrolment.pk)
    assert [*found, "Open the draft" in page] == shown


def test_a_client_leads_where_one_may_go(browser: Browser) -> None:
    client = ClientFactory.create()
    browser.force_login(colleague("clients.view_client", "programs.view_enrolment"))

    page = text_of(browser, "admin:clients_client_change", client.pk)

    assert f"enrolment/?client__id__exact={client.pk}" in page
    assert f"enrolment/add/?client={client.pk}" not in page
    assert f"invoice/?client__id__exact={client.pk}" not in page
