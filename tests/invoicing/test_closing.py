"""A closed period takes no new document dated into it (EXP-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from invoicing import crediting, lifecycle
from invoicing.documents.document import Kind
from invoicing.exports import closing
from invoicing.models import BookClosing, Invoice, NumberSeries
from tests.factories import (
    MONDAY,
    TUESDAY,
    OwnerFactory,
    UserFactory,
    complete_seller,
    issued,
    noon,
    ordinary_draft,
)

pytestmark = [
    pytest.mark.usefixtures("quick_press"),
    pytest.mark.django_db,
    pytest.mark.usefixtures("english"),
]

SUNDAY = date(2026, 3, 1)
DAYS = {
    "before the last closed day": (SUNDAY, False),
    "the last closed day": (MONDAY, False),
    "the day after": (TUESDAY, True),
}


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(noon(TUESDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser) -> Browser:
    client.force_login(OwnerFactory.create(username="owner"))
    client.cookies["django_language"] = "en"
    return client


def closed(until: date) -> BookClosing:
    return BookClosing.objects.create(until=until)


def reopened(until: date) -> BookClosing:
    return BookClosing.objects.create(
        until=until, reopened_at=timezone.now(), reopened_because="A late invoice."
    )


def refused(error: lifecycle.NotReady) -> list[str]:
    return [problem.rule for problem in error.problems]


@pytest.mark.parametrize(("day", "is_open"), DAYS.values(), ids=DAYS)
def test_no_invoice_is_dated_up_to_the_closed_day(day: date, *, is_open: bool) -> None:
    complete_seller()
    closed(MONDAY)
    draft = ordinary_draft()

    if is_open:
        assert lifecycle.issue(draft.pk, on=day, now=noon(TUESDAY)).issued_on == day
        return
    with pytest.raises(lifecycle.NotReady, match="closed up to") as error:
        lifecycle.issue(draft.pk, on=day, now=noon(TUESDAY))

    assert refused(error.value) == ["EXP-4"]
    assert not Invoice.objects.issued().exists()


@pytest.mark.parametrize(("day", "is_open"), DAYS.values(), ids=DAYS)
def test_no_credit_note_is_dated_up_to_the_closed_day(
    day: date, *, is_open: bool
) -> None:
    invoice = issued(on=SUNDAY)
    closed(MONDAY)
    wanted = crediting.Request(
        {invoice.lines.get().pk: invoice.lines.get().quantity}, "x"
    )

    if is_open:
        note = crediting.credit(invoice.pk, wanted, on=day, now=noon(TUESDAY))
        assert note.issued_on == day
        return
    with pytest.raises(lifecycle.NotReady, match="closed up to") as error:
        crediting.credit(invoice.pk, wanted, on=day, now=noon(TUESDAY))

    assert refused(error.value) == ["EXP-4"]
    assert Invoice.objects.get() == invoice


def test_the_latest_closing_in_force_counts() -> None:
    assert BookClosing.objects.closed_until() is None
    closed(SUNDAY)
    closed(date(2025, 12, 31))
    reopened(MONDAY)

    assert BookClosing.objects.closed_until() == SUNDAY


def test_a_reopened_period_takes_documents_again() -> None:
    complete_seller()
    reopened(MONDAY)

    issued_again = lifecycle.issue(ordinary_draft().pk, on=MONDAY, now=noon(TUESDAY))

    assert issued_again.issued_on == MONDAY


def test_nothing_is_reopened_without_a_reason_not_even_in_the_database() -> None:
    one = closed(MONDAY)

    with (
        pytest.raises(IntegrityError, match="reopened_with_reason"),
        transaction.atomic(),
    ):
        BookClosing.objects.filter(pk=one.pk).update(reopened_at=timezone.now())


def test_the_owner_closes_on_a_page_that_looks_first_and_nowhere_else(
    owner: Browser,
) -> None:
    close = reverse("admin:invoicing_exports_close")
    listed = owner.get(reverse("admin:invoicing_bookclosing_changelist"))
    assert close in listed.content.decode()
    assert "31/12/2025" in owner.get(close).content.decode()

    owner.post(reverse("admin:invoicing_bookclosing_add"), {"until": "2026-12-31"})
    for refused in ("2026-12-31", "2026-03-03", "1900-01-01"):
        owner.post(close, {"until": refused})
    assert not BookClosing.objects.exists()

    owner.post(close, {"until": "2026-03-02"})
    made = BookClosing.objects.get()
    page = reverse("admin:invoicing_bookclosing_change", args=[made.pk])
    assert (made.until, str(made.closed_by)) == (MONDAY, "owner")

    owner.post(page, {"until": "2020-01-01", "reopened_because": "x"})
    assert BookClosing.objects.closed_until() == MONDAY


def test_a_closing_is_reopened_after_the_later_ones(owner: Browser) -> None:
    earlier, later = closed(SUNDAY), closed(MONDAY)
    pages = [
        reverse("admin:invoicing_bookclosing_reopen", args=[one.pk])
        for one in (earlier, later)
    ]

    said = owner.post(pages[0], {"reason": "A late invoice."}).content.decode()
    assert f"reopen that of {later} first" in said
    assert BookClosing.objects.in_force().count() == 2

    for page in reversed(pages):
        owner.post(page, {"reason": "A late invoice."})
    earlier.refresh_from_db()
    assert (earlier.until, earlier.reopened_at) == (SUNDAY, noon(TUESDAY))
    assert BookClosing.objects.closed_until() is None
    assert str(closing.reopened_by(earlier)) == "owner"


def test_closing_waits_for_who_is_issuing() -> None:
    with CaptureQueriesContext(connection) as asked:
        closing.close(MONDAY, today=TUESDAY, by=None)

    said = [query["sql"] for query in asked]
    series = [at for at, sql in enumerate(said) if "numberseries" in sql]
    looked = [at for at, sql in enumerate(said) if 'bookclosing"' in sql]
    assert series[-1] < looked[0]
    assert {(one.kind, one.year) for one in NumberSeries.objects.all()} == {
        (Kind.INVOICE, 2026),
        (Kind.CREDIT_NOTE, 2026),
    }
    if connection.features.has_select_for_update:
        assert "FOR UPDATE" in said[series[0]]
        assert "FOR UPDATE" in said[series[-1]]


def test_a_closing_is_never_deleted_on_a_page(owner: Browser) -> None:
    one = closed(MONDAY)
    page = reverse("admin:invoicing_bookclosing_delete", args=[one.pk])

    assert owner.post(page, {"post": "yes"}).status_code == 403
    owner.post(
        reverse("admin:invoicing_bookclosing_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [one.pk],
            "post": "yes",
        },
    )
    assert BookClosing.objects.closed_until() == MONDAY


def test_staff_without_permission_closes_nothing(client: Browser) -> None:
    client.force_login(UserFactory.create(is_staff=True))

    for name in ("bookclosing_add", "exports_close"):
        page = reverse(f"admin:invoicing_{name}")
        assert client.post(page, {"until": "2026-03-02"}).status_code == 403
    assert not BookClosing.objects.exists()
