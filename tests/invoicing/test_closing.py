"""A closed period takes no new document dated into it (EXP-4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from invoicing import crediting, lifecycle
from invoicing.models import BookClosing, Invoice
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

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
    closing = closed(MONDAY)

    with (
        pytest.raises(IntegrityError, match="reopened_with_reason"),
        transaction.atomic(),
    ):
        BookClosing.objects.filter(pk=closing.pk).update(reopened_at=timezone.now())


def test_the_owner_closes_and_reopens_on_its_page(owner: Browser) -> None:
    owner.post(reverse("admin:invoicing_bookclosing_add"), {"until": "2026-03-02"})
    closing = BookClosing.objects.get()
    page = reverse("admin:invoicing_bookclosing_change", args=[closing.pk])
    assert (closing.until, str(closing.closed_by)) == (MONDAY, "owner")

    owner.post(page, {"until": "2020-01-01", "reopened_because": "x"})
    assert BookClosing.objects.closed_until() == MONDAY

    reopen = reverse("admin:invoicing_bookclosing_reopen", args=[closing.pk])
    owner.post(reopen, {"reason": "A late invoice."})
    closing.refresh_from_db()
    assert (closing.until, closing.reopened_at) == (MONDAY, noon(TUESDAY))
    assert BookClosing.objects.closed_until() is None


def test_a_closing_is_never_deleted_on_a_page(owner: Browser) -> None:
    closing = closed(MONDAY)
    page = reverse("admin:invoicing_bookclosing_delete", args=[closing.pk])

    assert owner.post(page, {"post": "yes"}).status_code == 403
    owner.post(
        reverse("admin:invoicing_bookclosing_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [closing.pk],
            "post": "yes",
        },
    )
    assert BookClosing.objects.closed_until() == MONDAY


def test_staff_without_permission_closes_nothing(client: Browser) -> None:
    client.force_login(UserFactory.create(is_staff=True))
    page = reverse("admin:invoicing_bookclosing_add")

    assert client.post(page, {"until": "2026-03-02"}).status_code == 403
    assert not BookClosing.objects.exists()
