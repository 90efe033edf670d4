"""The lists and the files for WinBooks in the admin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.test import Client as Browser
from django.urls import reverse

from invoicing.documents.vat import Treatment
from invoicing.models import Bookkeeping
from tests.factories import OwnerFactory, complete_seller, noon

from .sold import sold

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "page": "invoicing_lists",
    "client listing": "invoicing_client_listing",
    "EU services": "invoicing_eu_services",
    "WinBooks": "invoicing_winbooks",
}


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(noon(date(2026, 11, 25)), tick=False):
        yield


@pytest.fixture
def accountant(client: Browser, english: None) -> Browser:
    """Return the browser of somebody who may export the books, and nothing else."""
    user: User = OwnerFactory.create(is_superuser=False)
    user.user_permissions.add(Permission.objects.get(codename="export_books"))
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client


def got(browser: Browser, name: str, **asked: str) -> Any:
    return browser.get(reverse(f"admin:{name}"), asked)


def text_of(response: Any) -> str:
    content: bytes = response.content
    return content.decode()


@pytest.mark.parametrize("name", ADDRESSES.values(), ids=ADDRESSES)
def test_only_who_may_export_the_books_gets_them(client: Browser, name: str) -> None:
    user = OwnerFactory.create(is_superuser=False)
    for codename in ("view_invoice", "change_invoice", "view_journalentry"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(user)

    assert got(client, name).status_code == 403


@pytest.mark.parametrize("name", ADDRESSES.values(), ids=ADDRESSES)
def test_each_page_opens_on_empty_books(accountant: Browser, name: str) -> None:
    assert got(accountant, name).status_code == 200


def test_the_page_says_who_is_on_the_listing_and_until_when(
    accountant: Browser, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    """VAT-4."""
    sold("1000")
    sold("500", to="BE0403170701")

    with django_assert_max_num_queries(12):
        page = text_of(got(accountant, "invoicing_lists"))

    assert "to hand in by 31 March 2027" in page
    assert "The year is not over yet" in page
    assert "2 clients, €1,500.00 excl. VAT, €315.00 VAT." in page.replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_nobody_on_it_is_a_nil_listing(accountant: Browser) -> None:
    page = text_of(got(accountant, "invoicing_lists"))

    assert "hand in a nil listing" in page


DOWNLOADS: dict[str, tuple[str, dict[str, str], str, str]] = {
    "client listing, CSV": (
        "invoicing_client_listing",
        {"listing-year": "2026", "listing-form": "csv"},
        "klantenlisting_2026.csv",
        "text/csv",
    ),
    "client listing, Excel": (
        "invoicing_client_listing",
        {"listing-year": "2026", "listing-form": "xlsx"},
        "klantenlisting_2026.xlsx",
        "application/vnd.openxmlformats",
    ),
    "client listing, XML": (
        "invoicing_client_listing",
        {"listing-year": "2025", "listing-form": "xml"},
        "klantenlisting_2025.xml",
        "application/xml",
    ),
    "EU services, CSV": (
        "invoicing_eu_services",
        {"eu-period": "2026-08", "eu-form": "csv"},
        "eu_diensten_2026-08.csv",
        "text/csv",
    ),
    "EU services, XML": (
        "invoicing_eu_services",
        {"eu-period": "2026-Q3", "eu-form": "xml"},
        "eu_diensten_2026-Q3.xml",
        "application/xml",
    ),
    "ACT": (
        "invoicing_winbooks",
        {
            "winbooks-first": "01/07/2026",
            "winbooks-last": "30/09/2026",
            "winbooks-file": "act",
        },
        "ACT.TXT",
        "text/plain",
    ),
    "CSF": (
        "invoicing_winbooks",
        {
            "winbooks-first": "2026-07-01",
            "winbooks-last": "2026-09-30",
            "winbooks-file": "csf",
        },
        "CSF.TXT",
        "text/plain",
    ),
}


@pytest.mark.parametrize(
    ("name", "asked", "file", "kind"), DOWNLOADS.values(), ids=DOWNLOADS
)
def test_each_list_is_downloaded_as_a_file(
    accountant: Browser, name: str, asked: dict[str, str], file: str, kind: str
) -> None:
    complete_seller()
    sold(
        on=date(2026, 8, 15),
        to="NL123456782B90",
        country="NL",
        treatment=Treatment.REVERSE_CHARGE,
    )

    response = got(accountant, name, **asked)

    assert file in response["Content-Disposition"]
    assert response["Content-Type"].startswith(kind)
    assert "no-store" in response["Cache-Control"]
    assert b"".join(response.streaming_content)


REFUSED: dict[str, tuple[str, dict[str, str], str]] = {
    "no year": (
        "invoicing_client_listing",
        {"listing-year": "1850", "listing-form": "csv"},
        "Select a valid choice",
    ),
    "no button": (
        "invoicing_client_listing",
        {"listing-year": "2026", "listing-form": "pdf"},
        "Choose with one of the buttons.",
    ),
    "own company lacks its address": (
        "invoicing_client_listing",
        {"listing-year": "2026", "listing-form": "xml"},
        "Intervat asks for more of your own company",
    ),
    "nothing to declare": (
        "invoicing_eu_services",
        {"eu-period": "2026-Q3", "eu-form": "xml"},
        "then no list is handed in",
    ),
    "no period": (
        "invoicing_eu_services",
        {"eu-period": "2026-13", "eu-form": "xml"},
        "Select a valid choice",
    ),
    "turned round": (
        "invoicing_winbooks",
        {
            "winbooks-first": "2026-09-30",
            "winbooks-last": "2026-07-01",
            "winbooks-file": "act",
        },
        "It ends before it starts.",
    ),
    "no day": (
        "invoicing_winbooks",
        {"winbooks-first": "x", "winbooks-last": "", "winbooks-file": "act"},
        "Enter a valid date.",
    ),
    "two financial years": (
        "invoicing_winbooks",
        {
            "winbooks-first": "2025-09-30",
            "winbooks-last": "2026-07-01",
            "winbooks-file": "act",
        },
        "one financial year at a time",
    ),
}


@pytest.mark.parametrize(("name", "asked", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_handed_over_says_why_on_the_page(
    accountant: Browser, name: str, asked: dict[str, str], message: str
) -> None:
    response = got(accountant, name, **asked)

    assert response.status_code == 200
    assert message in text_of(response)


def test_the_owner_sets_the_threshold_and_the_account_of_the_vat(
    client: Browser,
) -> None:
    client.force_login(OwnerFactory.create())
    address = reverse("admin:invoicing_bookkeeping_change", args=[1])
    typed = {
        "journal": "VKF",
        "credit_journal": "VKC",
        "receivable_account": "400000",
        "vat_account": "451100",
        "first_month": "1",
        "most_let_go": "1,00",
        "listing_from": "300,00",
    }

    assert client.post(address, typed).status_code == 302

    books = Bookkeeping.objects.current()
    assert (books.listing_from, books.vat_account) == (Decimal(300), "451100")
    assert books.history.count() == 2


def test_a_threshold_below_zero_is_refused() -> None:
    books = Bookkeeping.objects.current()
    books.listing_from = Decimal(-1)

    assert "listing_from" in _errors_of(books)


def test_an_account_of_the_vat_holds_letters_and_digits_only() -> None:
    books = Bookkeeping.objects.current()
    books.vat_account = "451 000\n"

    assert "vat_account" in _errors_of(books)


def _errors_of(books: Bookkeeping) -> dict[str, Any]:
    with pytest.raises(ValidationError) as refused:
        books.full_clean()
    return refused.value.message_dict
