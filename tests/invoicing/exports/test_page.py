"""The page for the accountant: who may see it, what it hands over, closing (EXP-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.test import Client as Browser
from django.urls import reverse

from invoicing.exports import closing
from invoicing.models import (
    BankFile,
    BankTransaction,
    BookClosing,
    ExportPack,
    LedgerCode,
)
from ownyourstory.templatetags.money import eur
from tests.factories import DraftFactory, OwnerFactory, noon
from tests.factories.booked import booked

pytestmark = pytest.mark.django_db

TODAY = date(2026, 4, 10)
MARCH = date(2026, 3, 31)
BOOKS = "admin:invoicing_exports_books"
OWN = {"preset": "own", "first": "2026-01-01", "until": "2026-03-31"}


@pytest.fixture(autouse=True)
def _april() -> Iterator[None]:
    with time_machine.travel(noon(TODAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create(username="owner"))
    client.cookies["django_language"] = "en"
    return client


def colleague(*codenames: str) -> User:
    user: User = OwnerFactory.create(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_page_opens_on_the_last_quarter(owner: Browser) -> None:
    booked()

    page = owner.get(reverse(BOOKS)).content.decode()

    assert "first=2026-01-01&amp;until=2026-03-31" in page
    assert "2026-Q1" in page
    assert f"<td>{eur(Decimal(21))}</td>" in page


def test_the_page_asks_no_more_for_more_documents(
    owner: Browser, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        booked()

    with django_assert_max_num_queries(12):
        owner.get(reverse(BOOKS))


WRONG = {
    "ends before it starts": ({**OWN, "until": "2025-12-31"}, "ends before it starts"),
    "a day is missing": ({**OWN, "first": ""}, "Choose a day."),
    "no day": ({**OWN, "first": "yesterday"}, "Enter a valid date."),
    "another century": ({**OWN, "first": "0026-01-01"}, "2000"),
    "no such period": ({"preset": "x"}, "Select a valid choice"),
}


@pytest.mark.parametrize(("asked", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_period_is_said_beside_its_field(
    owner: Browser, asked: dict[str, str], said: str
) -> None:
    page = owner.get(reverse(BOOKS), asked)
    table = owner.get(
        reverse("admin:invoicing_exports_table", args=["vat", "csv"]), asked
    )
    pack = owner.post(reverse("admin:invoicing_exports_pack"), asked)

    assert said in page.content.decode()
    assert "Single tables" not in page.content.decode()
    assert table.status_code == 302
    assert said in pack.content.decode()


def test_a_table_is_downloaded_under_a_name_that_says_what_it_is(
    owner: Browser,
) -> None:
    invoice = booked()
    address = reverse("admin:invoicing_exports_table", args=["journal", "csv"])

    answer = owner.get(address, OWN)

    assert answer["Content-Disposition"] == (
        'attachment; filename="journal_2026-01-01_2026-03-31.csv"'
    )
    assert invoice.number in content_of(answer).decode()


@pytest.mark.parametrize("name", ["nothing.csv", "journal.pdf"])
def test_what_there_is_not_is_not_found(owner: Browser, name: str) -> None:
    found = reverse("admin:invoicing_exports_table", args=name.split("."))

    assert owner.get(found, OWN).status_code == 404


def test_a_pack_is_downloaded_and_recorded(owner: Browser) -> None:
    empty = {**OWN, "first": "2020-01-01", "until": "2020-01-31"}

    answer = owner.post(reverse("admin:invoicing_exports_pack"), empty)

    assert content_of(answer).startswith(b"PK")
    pack = ExportPack.objects.get()
    assert str(pack.made_by) == "owner"
    page = reverse("admin:invoicing_exportpack_change", args=[pack.pk])
    assert pack.sha256 in owner.get(page).content.decode()
    assert owner.post(page, {"documents": 9}).status_code == 403


def test_a_pack_that_would_not_be_whole_says_why(owner: Browser) -> None:
    invoice = booked()

    page = owner.post(reverse("admin:invoicing_exports_pack"), OWN).content.decode()

    assert "No pack was made" in page
    assert f"{invoice.number} (PDF): it was never stored" in page


MAY = {
    "nothing": ([], 403, 403),
    "look at packs": (["view_exportpack"], 403, 403),
    "export": (["export_books"], 200, 403),
    "close, not export": (["add_bookclosing"], 403, 403),
    "both": (["export_books", "add_bookclosing"], 200, 200),
}


@pytest.mark.parametrize(("may", "books", "close"), MAY.values(), ids=MAY)
def test_who_may_export_and_who_may_close(
    client: Browser, may: list[str], books: int, close: int
) -> None:
    client.force_login(colleague(*may))
    table = reverse("admin:invoicing_exports_table", args=["vat", "csv"])
    closing_page = f"{reverse('admin:invoicing_exports_close')}?until=2026-03-31"

    assert client.get(reverse(BOOKS)).status_code == books
    assert client.get(table, OWN).status_code == books
    assert client.get(closing_page).status_code == close
    shown = client.get(reverse("admin:index")).content.decode()
    assert (reverse(BOOKS) in shown) is (books == 200)
    if books == 403:
        pack = client.post(reverse("admin:invoicing_exports_pack"), OWN)
        assert pack.status_code == 403
        assert not ExportPack.objects.exists()


# Closing


def test_the_books_are_closed_with_a_look_at_what_stays_behind(owner: Browser) -> None:
    draft = DraftFactory.create(service_from=MARCH, service_until=MARCH)
    DraftFactory.create(service_from=TODAY, service_until=TODAY)
    address = reverse("admin:invoicing_exports_close")
    assert f"{address}?until=2026-03-31" in owner.get(reverse(BOOKS)).content.decode()

    page = owner.get(f"{address}?until=2026-03-31").content.decode()
    assert "No pack that ends on this day was made yet." in page
    assert "1 draft of a service" in page
    assert reverse("admin:invoicing_invoice_change", args=[draft.pk]) in page

    owner.post(address, {"until": "2026-03-31"})
    closed = BookClosing.objects.get()
    assert (closed.until, str(closed.closed_by)) == (MARCH, "owner")
    assert f"{address}?until=" not in owner.get(reverse(BOOKS)).content.decode()

    page = owner.post(address, {"until": "2026-03-31"}).content.decode()
    assert "closed up to" in page
    assert BookClosing.objects.count() == 1


def test_what_came_in_at_the_bank_and_is_not_booked_is_told(owner: Browser) -> None:
    file = BankFile.objects.create(
        name="b.cod", source="coda", account="BE68539007547034", added_at=noon(MARCH)
    )
    for at, (amount, day) in enumerate([(121, MARCH), (-50, MARCH), (10, TODAY)]):
        BankTransaction.objects.create(
            file=file,
            account=file.account,
            booked_on=day,
            valued_on=day,
            amount=amount,
            core=f"{at}",
            ordinal=0,
        )

    page = owner.get(f"{reverse('admin:invoicing_exports_close')}?until=2026-03-31")

    assert "1 transaction of the bank up to this day" in page.content.decode()


NO_DAY = {"": "required", "x": "valid date", "2026-02-30": "valid date"}


@pytest.mark.parametrize(("until", "said"), NO_DAY.items())
def test_no_day_is_no_closing(owner: Browser, until: str, said: str) -> None:
    answer = owner.post(reverse("admin:invoicing_exports_close"), {"until": until})

    assert said in answer.content.decode()
    assert not BookClosing.objects.exists()


UNTIL = {
    "today is not over": (TODAY, "over"),
    "closed already": (date(2026, 2, 28), "already"),
    "further": (MARCH, ""),
}


@pytest.mark.parametrize(("until", "why"), UNTIL.values(), ids=UNTIL)
def test_only_days_that_are_over_are_closed_and_only_further(
    english: None, until: date, why: str
) -> None:
    BookClosing.objects.create(until=date(2026, 2, 28))

    assert why in closing.refusal(until, today=TODAY)
    if why:
        with pytest.raises(closing.NotClosed, match=why):
            closing.close(until, today=TODAY, by=None)


def test_a_closing_is_reopened_with_a_reason_on_a_page_of_its_own(
    owner: Browser,
) -> None:
    closed = BookClosing.objects.create(until=MARCH)
    page = reverse("admin:invoicing_bookclosing_change", args=[closed.pk])
    address = reverse("admin:invoicing_bookclosing_reopen", args=[closed.pk])
    shown = owner.get(page).content.decode()
    assert address in shown
    assert 'name="_save"' not in shown

    for reason in (" ", "x" * 301):
        owner.post(address, {"reason": reason})
    assert BookClosing.objects.closed_until() == MARCH

    owner.post(address, {"reason": "A late invoice."})
    closed.refresh_from_db()
    assert (closed.reopened_at, closed.reopened_because) == (
        noon(TODAY),
        "A late invoice.",
    )
    shown = owner.get(page).content.decode()
    assert address not in shown
    assert "Reopened by" in shown
    assert "reopened already" in owner.post(address, {"reason": "x"}).content.decode()


def test_who_may_not_change_closings_reopens_none(client: Browser) -> None:
    closed = BookClosing.objects.create(until=MARCH)
    address = reverse("admin:invoicing_bookclosing_reopen", args=[closed.pk])
    client.force_login(colleague("view_bookclosing", "add_bookclosing"))

    assert client.post(address, {"reason": "x"}).status_code == 403
    assert BookClosing.objects.closed_until() == MARCH


# Settings


def test_the_owner_sets_the_codes_of_her_accountant(owner: Browser) -> None:
    code = LedgerCode.objects.get(sale="03")
    page = reverse("admin:invoicing_ledgercode_change", args=[code.pk])

    refused = owner.post(page, {"revenue_account": "70;0", "vat_code": "=1"})
    assert refused.content.decode().count("Letters, digits") == 2
    owner.post(page, {"revenue_account": "700100", "vat_code": "21B"})

    code.refresh_from_db()
    assert (code.revenue_account, code.vat_code) == ("700100", "21B")
    assert code.history.count() == 2
