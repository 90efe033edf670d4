"""The statement is opened from the client's page, as PDF in the client's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from invoicing.account.build import statement
from invoicing.account.paper import Entry
from invoicing.account.writing import statement_pdf
from tests.factories import (
    MONDAY,
    OwnerFactory,
    SmallClientFactory,
    complete_seller,
    issued_via_wallet,
    noon,
)
from tests.programs.papers.reading import pages
from tests.test_permissions import colleague

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
DUE = MONDAY + 30 * DAY
NOW = DUE + 10 * DAY


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    complete_seller()
    with time_machine.travel(noon(NOW), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"admin:invoicing_{name}", args=args)


def test_it_opens_from_the_page_of_the_client(owner: Browser) -> None:
    invoice = issued_via_wallet(client__language="en")
    page = owner.get(
        reverse("admin:clients_client_change", args=[invoice.client_id])
    ).content.decode()
    asks = address("statement", invoice.client_id)
    pdf = address("statement_pdf", invoice.client_id)
    assert asks in page
    assert pdf in owner.get(asks).content.decode()

    answer = owner.get(pdf)

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    (said,) = pages(answer.content)
    for told in (
        f"Client {invoice.client.number}, as of 11 April 2026",
        invoice.number,
        invoice.communication,
        "10 days late",
        "To transfer to us €126.00",
        "Via the KMO-portefeuille €600.00",
        "BE68 5390 0754 7034",
    ):
        assert told in said


def test_a_period_shows_its_movements(owner: Browser) -> None:
    invoice = issued_via_wallet(client__language="en")
    pdf = address("statement_pdf", invoice.client_id)

    (said,) = pages(owner.get(pdf, {"first": "2026-03-01"}).content)

    assert "from 1 March 2026 to 11 April 2026" in said
    assert "Balance before" in said
    assert "Open on 11 April 2026" in said


def test_nothing_open_is_said() -> None:
    client = SmallClientFactory.create(language="en")

    (said,) = pages(statement_pdf(statement(client, last=NOW, made_on=NOW)))

    assert "Nothing is open" in said
    assert "To transfer to us" not in said


WRONG = {
    "a day to come": {"last": "2026-04-12"},
    "no day": {"last": "x"},
    "from after until": {"first": "2026-04-11", "last": "2026-04-10"},
}


@pytest.mark.parametrize("days", WRONG.values(), ids=WRONG)
def test_days_that_cannot_be_are_told_beside_their_field(
    owner: Browser, days: dict[str, str]
) -> None:
    client = SmallClientFactory.create()

    answer = owner.get(address("statement_pdf", client.pk), days)

    assert [*answer.context["form"].errors] == ["last"]


def test_only_who_sees_clients_and_invoices_opens_it(client: Browser) -> None:
    of_whom = SmallClientFactory.create()
    for names, status in {
        ("clients.view_client",): 403,
        ("invoicing.view_invoice",): 403,
        ("clients.view_client", "invoicing.view_invoice"): 200,
    }.items():
        client.force_login(colleague(*names))
        for page in ("statement", "statement_pdf"):
            assert client.get(address(page, of_whom.pk)).status_code == status


def test_many_rows_repeat_their_head_and_the_sum_is_never_alone() -> None:
    client = SmallClientFactory.create(language="en")
    made = statement(client, last=NOW, made_on=NOW)

    for count in range(20, 26):
        said = pages(statement_pdf(replace(made, entries=_many(count))))
        assert all("Payable by" in page for page in said if "2026-0" in page)
        last = next(page for page in said if "Open in all" in page)
        assert f"2026-{count - 1:04d}" in last


def _many(count: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            number=f"2026-{at:04d}",
            issued_on=date(2026, 1, 1),
            due_on=date(2026, 1, 31),
            amount=Decimal(121),
            notes=(),
            paid=Decimal(0),
            wallet=Decimal(0),
            direct=Decimal(121),
            communication="+++202/6000/04214+++",
            days_late=70,
        )
        for at in range(count)
    )
