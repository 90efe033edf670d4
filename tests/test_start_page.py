"""The start page says what post needs the owner: what failed, what to hand over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse
from django.utils.html import strip_tags
from pytest_django import DjangoAssertNumQueries, Settings

from invoicing.delivery import handing
from invoicing.delivery.letters import letter_for, post
from invoicing.models import Channel, Invoice, Means
from invoicing.receipts.recording import Money, record
from ownyourstory.dashboard import MOST
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import (
    MONDAY,
    OwnerFactory,
    PersonFactory,
    UserFactory,
    issued,
    noon,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


@pytest.fixture(autouse=True)
def _monday(settings: Settings) -> Iterator[None]:
    settings.DEFAULT_FROM_EMAIL = "facturen@example.com"
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def to_a_person() -> Invoice:
    return issued(client=PersonFactory.create(invoice_email="jan@example.com"))


def start_page(browser: Browser) -> str:
    text = strip_tags(browser.get(reverse("admin:index")).content.decode())
    return " ".join(text.split())


def to_hand_over(browser: Browser) -> list[str]:
    """Return the numbers that wait there for the owner."""
    page = browser.get(reverse("admin:index"))
    return [invoice.number for invoice in page.context.get("to_hand_over", [])]


def all_are(state: State) -> None:
    Dispatch.objects.update(
        state=state, accepted_at=noon(MONDAY), delivered_at=noon(MONDAY)
    )


def test_it_says_what_to_do_with_each_the_oldest_first(
    owner: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    issued()
    to_a_person()
    for _ in range(MOST):
        issued()

    with django_assert_max_num_queries(28):
        shown = start_page(owner)

    assert "10 invoices to hand over" in shown
    assert "2026-0001 Bakkerij" in shown
    assert "upload the XML at your Peppol portal" in shown
    assert "mail the PDF" in shown
    numbers = [f"2026-{at:04d}" for at in range(1, MOST + 1)]
    assert to_hand_over(owner) == numbers
    assert "All of them" in shown


def test_what_she_handed_over_is_done(owner: Browser) -> None:
    handing.hand_over(issued(), on=MONDAY, by=None)

    assert to_hand_over(owner) == []
    assert "to hand over" not in start_page(owner)


MAILED = {
    State.WAITING: [],
    State.DELIVERED: [],
    State.FAILED: ["2026-0001"],
    State.WITHDRAWN: ["2026-0001"],
}


@pytest.mark.parametrize(("state", "waits"), MAILED.items(), ids=MAILED)
def test_a_mail_brings_the_invoice_to_a_person(
    owner: Browser, state: State, waits: list[str]
) -> None:
    invoice = to_a_person()
    post(invoice, letter_for(invoice), ["jan@example.com"], by=None)
    all_are(state)

    assert to_hand_over(owner) == waits


def test_a_mail_brings_no_e_invoice(owner: Browser) -> None:
    """EIN-1."""
    invoice = issued()
    post(invoice, letter_for(invoice), ["jan@example.com"], by=None)
    all_are(State.DELIVERED)

    assert to_hand_over(owner) == ["2026-0001"]


OVER_PEPPOL = {
    State.WAITING: [],
    State.ACCEPTED: [],
    State.DELIVERED: [],
    State.FAILED: [],
    State.WITHDRAWN: ["2026-0001"],
}


@pytest.mark.parametrize(("state", "waits"), OVER_PEPPOL.items(), ids=OVER_PEPPOL)
def test_what_she_took_back_from_peppol_is_hers_again(
    owner: Browser, settings: Settings, state: State, waits: list[str]
) -> None:
    """EIN-1: no e-invoice is forgotten; what failed stands in a panel of its own."""
    settings.EINVOICE_API_KEY = "a-key"
    invoice = issued()
    assert [one.means for one in invoice.deliveries.all()] == [Means.ACCESS_POINT]
    all_are(state)

    assert to_hand_over(owner) == waits
    assert ("1 dispatch that did not arrive" in start_page(owner)) == (
        state == State.FAILED
    )
    handing.hand_over(invoice, on=MONDAY, by=None)
    assert to_hand_over(owner) == []


def test_two_mails_taken_back_are_one_invoice_to_hand_over(owner: Browser) -> None:
    invoice = to_a_person()
    for _ in range(2):
        post(invoice, letter_for(invoice), ["jan@example.com"], by=None)
    all_are(State.WITHDRAWN)

    assert to_hand_over(owner) == ["2026-0001"]


SEES = {
    "nothing": ([], False, False),
    "invoices": (["view_invoice"], True, False),
    "invoices and post": (["view_invoice", "view_dispatch"], True, True),
}


@pytest.mark.parametrize(("may", "hers", "failed"), SEES.values(), ids=SEES)
def test_each_sees_what_each_may(
    client: Browser,
    english: None,
    may: list[str],
    hers: bool,
    failed: bool,
) -> None:
    invoice = to_a_person()
    post(invoice, letter_for(invoice), ["jan@example.com"], by=None)
    all_are(State.FAILED)
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    client.force_login(user)
    client.cookies["django_language"] = "en"

    shown = start_page(client)

    assert ("1 invoice to hand over" in shown) is hers
    assert ("1 dispatch that did not arrive" in shown) is failed
    assert "Try again" not in shown


def test_money_that_needs_a_person_is_told(owner: Browser) -> None:
    invoice, astray = issued(), issued()
    money = Money(Channel.DIRECT, Decimal(130), MONDAY)
    record(astray.pk, money, now=noon(MONDAY), today=MONDAY, by=None)
    due_on = invoice.receipts.get().due_on

    pages = []
    for day in (due_on, due_on + timedelta(days=1)):
        with time_machine.travel(noon(day), tick=False):
            owner.force_login(OwnerFactory.create())
            pages.append(start_page(owner))

    assert ["1 invoice is not paid in time" in page for page in pages] == [False, True]
    assert "On 1 expected receipt too much came." in pages[0]
