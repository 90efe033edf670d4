"""The pages of invoices and of our own company, as the owner uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries

from invoicing.models import Invoice, Seller
from tests.factories import (
    BRUSSELS,
    MONDAY,
    ClientFactory,
    OwnerFactory,
    UserFactory,
    complete_seller,
    enrolled,
    issued,
    issued_via_wallet,
    ordinary_draft,
    wallet_draft,
)
from tests.stored import file_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=BRUSSELS), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    """A browser in which the owner has logged in, in English."""
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def _page(name: str, *args: Any) -> str:
    return reverse(f"admin:invoicing_{name}", args=args)


LISTS = ["invoice", "vatrate", "numberseries"]


@pytest.mark.parametrize("model", LISTS)
def test_each_list_and_form_opens_with_few_queries(
    owner: Browser,
    model: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(3):
        issued()

    for name in ("changelist", "add"):
        with django_assert_max_num_queries(15):
            assert owner.get(_page(f"{model}_{name}")).status_code == 200


def test_the_list_costs_no_query_per_invoice(
    owner: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        ordinary_draft()

    with django_assert_max_num_queries(10):
        owner.get(_page("invoice_changelist"))


def test_the_list_says_by_when_a_draft_is_to_be_issued(owner: Browser) -> None:
    """INV-5."""
    ordinary_draft()
    issued()

    page = owner.get(_page("invoice_changelist")).content.decode()

    cells = re.findall(r"<td[^>]*field-issued_day.*?</td>", page, re.DOTALL)
    days = [" ".join(strip_tags(cell).split()) for cell in cells]
    assert days == ["by 15 April 2026", "2 March 2026"]


def test_one_click_turns_an_enrolment_into_a_draft(owner: Browser) -> None:
    enrolment = enrolled(uses_wallet=True)

    response = owner.post(_page("draft_from_enrolment", enrolment.pk))

    draft = Invoice.objects.get(enrolment=enrolment)
    assert response["Location"] == _page("invoice_change", draft.pk)


def test_a_link_alone_makes_no_draft(owner: Browser) -> None:
    enrolment = enrolled()

    assert owner.get(_page("draft_from_enrolment", enrolment.pk)).status_code == 405
    assert not Invoice.objects.exists()


def test_an_enrolment_without_days_says_so_and_stays(owner: Browser) -> None:
    enrolment = enrolled(days=())

    response = owner.post(_page("draft_from_enrolment", enrolment.pk), follow=True)

    assert "The course has no session days yet" in response.content.decode()


def test_a_draft_shows_all_that_is_missing_with_a_link(owner: Browser) -> None:
    draft = wallet_draft()
    draft.lines.all().delete()

    page = owner.get(_page("invoice_change", draft.pk)).content.decode()

    assert "Your own company is not complete" in page
    assert "There is no line on it." in page
    assert f'href="{_page("seller_change", 1)}"' in page


def test_a_draft_can_be_previewed_as_pdf(owner: Browser) -> None:
    response = owner.get(_page("invoice_preview", wallet_draft().pk))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_an_issued_invoice_has_no_preview(owner: Browser) -> None:
    assert owner.get(_page("invoice_preview", issued().pk)).status_code == 404


def test_the_issue_page_asks_first_and_then_issues(owner: Browser) -> None:
    complete_seller()
    draft = ordinary_draft()

    asked = owner.get(_page("invoice_issue", draft.pk)).content.decode()
    owner.post(_page("invoice_issue", draft.pk), {"on": "2026-03-02"})

    assert "2026-0001" in asked
    draft.refresh_from_db()
    assert (draft.number, draft.issued_on) == ("2026-0001", MONDAY)
    assert draft.issued_by is not None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("2026-03-03", "lies in the future"),
        ("31-02-2026", "Enter a valid date."),
        ("", "This field is required."),
    ],
)
def test_a_wrong_date_is_said_and_nothing_is_issued(
    owner: Browser, typed: str, message: str
) -> None:
    complete_seller()
    draft = ordinary_draft()

    response = owner.post(_page("invoice_issue", draft.pk), {"on": typed})

    assert response.status_code == 200
    assert message in response.content.decode()
    assert typed in response.content.decode()
    assert Invoice.objects.drafts().count() == 1


def test_the_selected_drafts_are_issued_and_the_rest_is_named(owner: Browser) -> None:
    complete_seller()
    ready, empty = ordinary_draft(), ordinary_draft()
    empty.lines.all().delete()

    response = owner.post(
        _page("invoice_changelist"),
        {"action": "issue_selected", "_selected_action": [ready.pk, empty.pk]},
        follow=True,
    )

    page = response.content.decode()
    assert "Issued 1 invoice." in page
    assert "There is no line on it." in page
    assert Invoice.objects.drafts().get() == empty


def test_an_issued_invoice_opens_to_read_only(owner: Browser) -> None:
    invoice = issued()

    page = owner.get(_page("invoice_change", invoice.pk)).content.decode()
    response = owner.post(_page("invoice_change", invoice.pk), {"remark": "changed"})

    assert 'name="remark"' not in page
    assert _page("invoice_pdf", invoice.pk) in page
    assert response.status_code == 403
    invoice.refresh_from_db()
    assert invoice.remark == ""


def test_the_stored_pdf_is_served_byte_for_byte(
    owner: Browser, documents: Path
) -> None:
    """INV-3: what is served is what was stored."""
    invoice = issued_via_wallet()
    stored = file_of(invoice)

    response = owner.get(_page("invoice_pdf", invoice.pk), {"download": ""})

    kept = (documents / stored.sha256[:2] / stored.sha256).read_bytes()
    assert response.content == kept
    assert 'attachment; filename="2026-0001.pdf"' in response["Content-Disposition"]


def test_a_changed_pdf_is_refused_with_a_message(
    owner: Browser, documents: Path
) -> None:
    """INV-3: a damaged file is neither served nor made anew."""
    invoice = issued()
    sha256 = file_of(invoice).sha256
    (documents / sha256[:2] / sha256).write_bytes(b"%PDF-changed")

    response = owner.get(_page("invoice_pdf", invoice.pk), follow=True)

    assert "missing or was changed" in response.content.decode()


def test_no_button_deletes_what_was_issued(owner: Browser) -> None:
    """INV-3: neither the delete page nor the bulk action takes an issued invoice."""
    invoice, draft = issued(), ordinary_draft()

    one = owner.post(_page("invoice_delete", invoice.pk), {"post": "yes"})
    owner.post(
        _page("invoice_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [invoice.pk, draft.pk],
            "post": "yes",
        },
    )

    assert one.status_code == 403
    assert Invoice.objects.filter(pk=invoice.pk).exists()


@pytest.mark.parametrize(
    "term",
    ["2026-0001", "0804.000.0", "+++202/6000/00192+++", "202600000192", "Bakkerij"],
)
def test_an_invoice_is_found_by_any_of_its_numbers(owner: Browser, term: str) -> None:
    client = ClientFactory.create(
        legal_name="Bakkerij Zoek BV", enterprise_number="0804000039"
    )
    issued(client=client)

    page = owner.get(_page("invoice_changelist"), {"q": term}).content.decode()

    assert "Bakkerij Zoek BV" in page


def test_a_line_without_rate_says_so_beside_it_and_keeps_the_rest(
    owner: Browser,
) -> None:
    draft = ordinary_draft()
    line = draft.lines.get()
    data = {
        "client": draft.client_id,
        "enrolment": "",
        "service_from": "2026-03-12",
        "service_until": "2026-03-12",
        "remark": "Dank je",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "1",
        "lines-0-id": line.pk,
        "lines-0-invoice": draft.pk,
        "lines-0-description": "Advies",
        "lines-0-quantity": "een",
        "lines-0-unit": "LS",
        "lines-0-unit_price": "1.250,50",
        "lines-0-discount": "0",
        "lines-0-treatment": "standard",
        "lines-0-vat_rate": "",
    }

    owner.cookies["django_language"] = "nl"
    response = owner.post(_page("invoice_change", draft.pk), data)

    page = response.content.decode()
    assert response.status_code == 200
    assert response.context["inline_admin_formsets"][0].formset.errors[0].keys() == {
        "quantity",
        "vat_rate",
    }
    assert all(typed in page for typed in ("Dank je", "een", "1.250,50"))
    line.refresh_from_db()
    assert line.unit_price == 100


def test_each_line_says_why_its_vat_was_proposed(owner: Browser) -> None:
    """VAT-2."""
    proposed, issued_one, typed = wallet_draft(), issued_via_wallet(), ordinary_draft()

    def whys(invoice: Invoice) -> list[str]:
        page = owner.get(_page("invoice_change", invoice.pk)).content.decode()
        cells = re.findall(r"<td[^>]*field-proposed_because.*?</td>", page, re.DOTALL)
        return [" ".join(strip_tags(cell).split()) for cell in cells]

    assert whys(proposed)[0] == "a Belgian client: Belgian VAT"
    assert whys(issued_one) == ["a Belgian client: Belgian VAT"]
    assert whys(typed)[0] == "-"


def test_own_company_is_one_page_that_cannot_be_deleted(owner: Browser) -> None:
    response = owner.get(_page("seller_changelist"))

    assert response["Location"] == _page("seller_change", 1)
    assert owner.get(_page("seller_add")).status_code == 403
    assert owner.post(_page("seller_delete", 1), {"post": "yes"}).status_code == 403
    assert Seller.objects.count() == 1


def test_a_used_series_is_fixed(owner: Browser) -> None:
    """INV-1: the first number is set before the first issue only."""
    series = issued().series
    assert series is not None

    response = owner.post(_page("numberseries_change", series.pk), {"first": "90"})

    assert response.status_code == 403


@pytest.mark.parametrize(
    "name", ["invoice_preview", "invoice_issue", "invoice_pdf", "invoice_change"]
)
def test_staff_without_permission_is_kept_out(client: Browser, name: str) -> None:
    client.force_login(UserFactory.create(is_staff=True))
    invoice = issued() if name == "invoice_pdf" else ordinary_draft()

    assert client.get(_page(name, invoice.pk)).status_code == 403
