"""The figures on the start page: what each sees, and bars that agree with amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from lxml import etree, html
from pytest_django import DjangoAssertNumQueries

from invoicing.models import Channel
from tests.factories import (
    CourseFactory,
    ElsewhereUseFactory,
    EnrolmentFactory,
    IssuedRowFactory,
    OwnerFactory,
    ParticipantFactory,
    ReceiptFactory,
    SessionFactory,
    UserFactory,
    noon,
)

pytestmark = pytest.mark.django_db

D = Decimal
TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(noon(TODAY), tick=False):
        yield


@pytest.fixture
def browser(client: Browser, english: None) -> Browser:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def owner(browser: Browser) -> Browser:
    browser.force_login(OwnerFactory.create())
    return browser


def figures(browser: Browser) -> html.HtmlElement:
    page = browser.get(reverse("admin:index"))
    assert page.status_code == 200
    shown: html.HtmlElement = html.fromstring(page.content.decode())
    return shown.find_class("house-figures")[0]


def words(element: html.HtmlElement) -> str:
    return " ".join(strip_tags(etree.tostring(element, encoding=str)).split())


def bars(element: html.HtmlElement) -> list[tuple[str, str]]:
    """Return the series and the width of each part of a lying bar."""
    return [
        (rect.get("class").removeprefix("house-series-"), rect.get("width"))
        for rect in element.iter("rect")
        if rect.get("class") != "house-bar-all" and rect.get("x")
    ]


def some_of_each() -> None:
    invoice = IssuedRowFactory.create(issued_on=date(2026, 3, 2), net=D(3000))
    IssuedRowFactory.create(issued_on=date(2025, 3, 3), net=D(4000))
    older = IssuedRowFactory.create(issued_on=date(2025, 12, 31), net=D(500))
    ReceiptFactory.create(
        invoice=invoice, channel=Channel.WALLET, open=D(150), due_on=TODAY
    )
    ReceiptFactory.create(invoice=invoice, open=D(50), due_on=TODAY)
    ReceiptFactory.create(invoice=older, due_on=TODAY - timedelta(days=91), open=D(100))
    enrolment = EnrolmentFactory.create(
        uses_wallet=True,
        state="applied",
        applied_on=date(2026, 3, 2),
        granted_subsidy=300,
    )
    ElsewhereUseFactory.create(client=enrolment.client, amount=6750)
    course = CourseFactory.create(capacity=4)
    SessionFactory.create(course=course, day=TODAY)
    ParticipantFactory.create(enrolment=EnrolmentFactory.create(course=course))


EMPTY = [
    "Nothing was invoiced yet.",
    "Nothing is open.",
    "No dossiers of this year yet.",
    "Nobody used any of it yet.",
    "None planned.",
]


def test_an_empty_office_reads_what_comes_where(owner: Browser) -> None:
    shown = figures(owner)

    assert [text for text in EMPTY if text not in words(shown)] == []
    assert list(shown.iter("svg")) == []


def test_the_bars_agree_with_the_amounts(owner: Browser) -> None:
    some_of_each()

    revenue, outstanding, brought, rooms, courses = figures(owner).iter("section")

    chart = {
        " ".join(rect.findtext("title").split()): rect.get("height")
        for rect in revenue.iter("rect")
        if rect.find("title") is not None
    }
    assert chart["March 2025: €4,000.00"] == "180.0"
    assert chart["March 2026: €3,000.00"] == "135.0"
    assert chart["December 2025: €500.00"] == "22.5"
    assert "December 2026: €0.00" not in chart
    assert "2026 up to today: €3,000.00 (-25%)" in words(revenue)
    assert "2025 up to the same day: €4,000.00" in words(revenue)
    assert "€300.00 of which €100.00 is late" in words(outstanding)
    assert "wallet €150.00 · directly €50.00" in words(outstanding)
    assert bars(outstanding) == [("0", "75.00%"), ("1", "25.00%"), ("1", "50.00%")]
    assert bars(brought) == [("0", "100.00%")]
    assert "Almost full: €750.00 left" in words(rooms)
    assert bars(rooms) == [("0", "90.00%")]
    assert "1 of 4" in words(courses)
    assert bars(courses) == [("0", "25.00%")]


def test_the_chart_is_named_and_stands_in_a_table_too(owner: Browser) -> None:
    some_of_each()

    revenue = next(figures(owner).iter("section"))

    (chart,) = revenue.find_class("house-chart")
    assert chart.get("role") == "img"
    named = [
        revenue.get_element_by_id(one) for one in chart.get("aria-labelledby").split()
    ]
    assert words(named[0]) == "Revenue per month"
    rows = [words(row) for row in revenue.iter("tr")]
    assert rows[0] == "Month 2025 2026"
    assert rows[3] == "March €4,000.00 €3,000.00"
    assert rows[12:] == ["December €500.00", "Whole year €4,500.00 €3,000.00"]


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_places_are_written_as_an_svg_reads_them(owner: Browser, language: str) -> None:
    some_of_each()
    owner.cookies["django_language"] = language

    for svg in figures(owner).iter("svg"):
        for element in svg.iter("rect", "line", "text"):
            for name in ("x", "y", "width", "height", "y1", "y2"):
                place = element.get(name, "0")
                assert re.fullmatch(r"-?\d+(\.\d+)?%?", place), (name, place)


SEES = {
    "nothing": ([], set()),
    "invoices": (["view_invoice"], {"Revenue per month", "Still to come in"}),
    "enrolments": (
        ["view_enrolment"],
        {"Subsidy brought to clients in 2026", "Room used of the subsidy of 2026"},
    ),
    "courses": (["change_course"], {"Courses in the next two months"}),
}


@pytest.mark.parametrize(("may", "hers"), SEES.values(), ids=SEES)
def test_each_sees_the_figures_of_what_each_may(
    browser: Browser, may: list[str], hers: set[str]
) -> None:
    some_of_each()
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=may))
    browser.force_login(user)

    shown = figures(browser)

    assert {words(title) for title in shown.iter("h2")} == hers
    assert not [a for a in shown.iter("a") if "/clients/" in a.get("href")]


def test_the_page_asks_as_much_of_many_rows_as_of_few(
    owner: Browser, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    some_of_each()
    with CaptureQueriesContext(connection) as few:
        figures(owner)
    for _ in range(3):
        some_of_each()

    with django_assert_num_queries(len(few)):
        figures(owner)
