"""The page of a row's history: who changed what and when, in her own words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from unittest.mock import Mock

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import models
from django.test import Client as Browser
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from clients.models import Conditions
from invoicing import lifecycle
from invoicing.models import InvoiceLine, Seller, VatRate
from ownyourstory.changes import Difference, moments
from programs.models import Registration, SchemeTerms
from tests.factories import (
    BRUSSELS,
    ActivityFactory,
    ChecklistAnswerFactory,
    ClientFactory,
    ContactFactory,
    CourseFactory,
    ExcludedContentFactory,
    NumberSeriesFactory,
    OwnerFactory,
    ProgramFactory,
    SessionFactory,
    ThemeFactory,
    UserFactory,
    enrolled,
    issued,
    ordinary_draft,
)

pytestmark = [
    pytest.mark.usefixtures("quick_press"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def owner(client: Browser) -> Browser:
    client.force_login(OwnerFactory.create(first_name="Anna", last_name="Peeters"))
    client.cookies["django_language"] = "en"
    return client


def page_of(row: models.Model) -> str:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}_history"
    return reverse(name, args=[row.pk])


def latest(row: models.Model, *parts: type[models.Model]) -> list[Difference]:
    """Return the differences of the last change of ``row`` or of its ``parts``."""
    (*_, change) = moments(row, parts=parts)[0].changes
    return change.differences


# In words


def test_a_change_names_the_field_and_both_values(clock: Any) -> None:
    client = ClientFactory.create(fte=Decimal("7.5"))
    clock.shift(60)

    client.fte, client.language, client.country = Decimal(12), "fr", "BE"
    client.is_related = True
    client.save()

    assert latest(client) == [
        Difference("Language", "Dutch", "French"),
        Difference("Staff (FTE)", "7.50", "12"),
        Difference("Related to us", "no", "yes"),
    ]


def test_values_speak_the_language_of_the_page(clock: Any, settings: Any) -> None:
    client = ClientFactory.create(turnover=Decimal("1234.5"))
    clock.shift(60)

    client.turnover = Decimal("2234.5")
    client.country, client.enterprise_number = "FR", ""
    client.save()

    with translation.override("nl"):
        found = {change.old: change.new for change in latest(client)}
    assert found["1.234,50"] == "2.234,50"
    assert found["België"] == "Frankrijk"


def test_the_line_ends_of_a_browser_are_no_change(clock: Any) -> None:
    client = ClientFactory.create(notes="one\ntwo")
    clock.shift(60)

    client.notes = "one\r\ntwo"
    client.save()

    assert [moment.who for moment in moments(client)] == ["outside the admin"]


def test_a_new_row_tells_what_was_filled_in() -> None:
    session = SessionFactory.create()

    found = {
        change.field: change.new for change in latest(session.course, type(session))
    }

    assert found == {"Day": "12 March 2026", "Hours": "6"}


def test_a_deleted_row_tells_what_it_was(clock: Any) -> None:
    contact = ContactFactory.create(name="Piet", role="baker")
    clock.shift(60)

    contact.delete()

    (moment, _) = moments(contact.client, parts=[type(contact)])
    (change,) = moment.changes
    assert (change.kind, change.part, change.how) == ("Contact person", "Piet", "-")
    assert Difference("Role", "baker", "") in change.differences


def test_what_it_points_to_is_named_and_its_end_too(clock: Any) -> None:
    program = ProgramFactory.create()
    theme = program.theme
    assert theme is not None
    clock.shift(60)

    program.theme = ThemeFactory.create(name_en="Innovation")
    program.save()
    key = theme.pk
    theme.delete()

    assert latest(program) == [
        Difference("Theme", f"no. {key}, deleted since", "Innovation")
    ]


def test_who_is_a_user_a_command_or_nobody_known(clock: Any) -> None:
    client: Any = ClientFactory.create()  # history reads who and why from the row
    clock.shift(60)
    client.city, client._history_user = "Aalst", UserFactory.create(username="anna")
    client.save()
    clock.shift(60)
    client.city, client._history_user = "Gent", None
    client._change_reason = "issue"
    client.save()

    assert [moment.who for moment in moments(client)] == [
        "command “issue”",
        "anna",
        "outside the admin",
    ]


def test_what_happens_in_one_minute_is_one_moment(clock: Any) -> None:
    contact = ContactFactory.create()
    clock.shift(20)
    contact.client.city = "Aalst"
    contact.client.save()
    clock.shift(60)
    contact.delete()

    last, first = moments(contact.client, parts=[type(contact)])

    assert [change.how for change in first.changes] == ["+", "~", "+"]
    assert [change.how for change in last.changes] == ["-"]


def test_the_issue_of_an_invoice_is_told(
    clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "render_pdf", Mock(return_value=b"%PDF"))
    invoice = issued()

    told = moments(invoice, parts=[InvoiceLine])

    changes = [change for moment in told for change in moment.changes]
    issue = next(change for change in changes if change.how == "~")
    assert issue.differences == [
        Difference("State", "draft", "issued"),
        Difference("Number", "", "2026-0001"),
        Difference("Issued on", "", "2 March 2026"),
    ]


# The page

ROWS: dict[str, Callable[[], models.Model]] = {
    "client": lambda: ContactFactory.create().client,
    "conditions": Conditions.objects.get,
    "activity": ActivityFactory.create,
    "program": lambda: ChecklistAnswerFactory.create().program,
    "theme": ThemeFactory.create,
    "excluded content": ExcludedContentFactory.create,
    "course": lambda: SessionFactory.create().course,
    "enrolment": enrolled,
    "registration": lambda: Registration.objects.earliest("pk"),
    "terms": lambda: SchemeTerms.objects.earliest("pk"),
    "seller": Seller.objects.get,
    "VAT rate": lambda: VatRate.objects.earliest("pk"),
    "series": NumberSeriesFactory.create,
    "draft": ordinary_draft,
}


@pytest.mark.parametrize("make", ROWS.values(), ids=ROWS)
def test_each_page_leads_to_its_history(
    owner: Browser,
    make: Callable[[], models.Model],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    row = make()

    change = owner.get(page_of(row).replace("/history/", "/change/"))
    with django_assert_max_num_queries(18):
        page = owner.get(page_of(row))

    assert page_of(row) in change.content.decode()
    assert page.status_code == 200
    assert "added" in page.content.decode()


def test_a_long_history_asks_no_more_of_the_database(
    owner: Browser, clock: Any, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enrolment = enrolled(participants=[f"Person {n}" for n in range(20)])
    for price in range(100, 160):
        clock.shift(60)
        enrolment.unit_price = Decimal(price)
        enrolment.course = CourseFactory.create() if price < 105 else enrolment.course
        enrolment.save()

    with django_assert_max_num_queries(45):
        page = owner.get(page_of(enrolment))
    assert "Older" in page.content.decode()
    assert "Person 19" in owner.get(f"{page_of(enrolment)}?p=2").content.decode()


def test_a_deleted_client_still_has_its_page(owner: Browser) -> None:
    client = ClientFactory.create(legal_name="Weg BV")
    address = page_of(client)

    client.delete()

    page = owner.get(address).content.decode()
    assert "History of Weg BV" in page
    assert "/change/" not in page.split('id="content"')[1]


@pytest.mark.parametrize("key", ["999999", "no-number"])
def test_what_never_was_has_no_history(owner: Browser, key: str) -> None:
    assert owner.get(f"/admin/clients/client/{key}/history/").status_code == 404


def test_who_may_not_see_a_row_does_not_see_its_history(client: Browser) -> None:
    contact = ContactFactory.create(name="Piet Geheim")
    looker = OwnerFactory.create(is_superuser=False)
    client.force_login(looker)
    assert client.get(page_of(contact.client)).status_code == 403

    looker.user_permissions.add(Permission.objects.get(codename="view_client"))
    page = client.get(page_of(contact.client))

    assert page.status_code == 200
    assert "Piet Geheim" not in page.content.decode()


def test_what_was_typed_is_never_run(owner: Browser) -> None:
    client = ClientFactory.create(trade_name="<script>alert(1)</script>")

    assert "<script>alert" not in owner.get(page_of(client)).content.decode()
