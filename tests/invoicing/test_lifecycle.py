"""Issuing: what a draft becomes, and which numbers and dates it gets."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError

from invoicing import lifecycle
from invoicing.documents.document import Kind
from invoicing.models import Invoice, NumberSeries
from tests.factories import (
    BRUSSELS,
    MONDAY,
    TUESDAY,
    NumberSeriesFactory,
    UserFactory,
    complete_seller,
    issue,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
    wallet_draft,
)
from tests.stored import text_of

pytestmark = pytest.mark.django_db


def test_issuing_numbers_dates_and_adds_up_a_draft() -> None:
    """INV-1, INV-8, PAY-1, VAT-1."""
    user = UserFactory.create()
    draft = ordinary_draft(unit_price=Decimal("100.005"))

    invoice = issue(draft, by=user)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.number) == ("issued", "2026-0001")
    assert (invoice.issued_on, invoice.due_on) == (MONDAY, date(2026, 4, 1))
    assert (invoice.issued_at, invoice.issued_by) == (noon(MONDAY), user)
    assert invoice.communication == "+++202/6000/00192+++"
    assert invoice.buyer_name == draft.client.legal_name
    assert (invoice.net, invoice.vat) == (Decimal("100.01"), Decimal("21.00"))
    assert invoice.gross == invoice.direct_amount == Decimal("121.01")
    assert invoice.wallet_amount == 0
    assert [line.net for line in invoice.lines.all()] == [Decimal("100.01")]


def test_a_wallet_invoice_is_paid_in_two_parts() -> None:
    """INV-6, SUB-2."""
    invoice = issued_via_wallet()

    invoice.refresh_from_db()
    assert invoice.gross == Decimal("726.00")
    assert invoice.wallet_amount == Decimal("600.00")
    assert invoice.direct_amount == Decimal("126.00")
    assert (invoice.subsidy_year, invoice.subsidy_estimate) == (2026, Decimal("180.00"))


def test_an_ordinary_invoice_knows_nothing_of_the_wallet() -> None:
    """INV-6, REG-6: although the training could be paid with it."""
    draft = wallet_draft()
    Invoice.objects.update(via_wallet=False)

    invoice = issue(draft)

    assert invoice.document().wallet is None
    assert (invoice.wallet_amount, invoice.subsidy_estimate) == (Decimal(0), None)
    assert not re.search("portefeuille", " ".join(invoice.document().notes))


def test_the_payment_term_is_that_of_the_seller() -> None:
    """INV-8."""
    complete_seller(payment_term_days=14)

    assert issued().due_on == date(2026, 3, 16)


def test_a_draft_has_no_number_and_takes_none() -> None:
    """INV-1."""
    draft = ordinary_draft()

    assert (draft.number, draft.sequence, draft.issued_on) == ("", None, None)
    assert not NumberSeries.objects.exists()


def test_numbers_follow_each_other() -> None:
    """INV-1."""
    numbers = [issued(on=day).number for day in (MONDAY, MONDAY, TUESDAY)]

    assert numbers == ["2026-0001", "2026-0002", "2026-0003"]


def test_a_year_starts_again_at_one_and_looks_like_the_year_before() -> None:
    """INV-1."""
    NumberSeriesFactory.create(prefix="F{year}/", digits=3)
    issued(on=date(2026, 12, 31))

    invoice = issued(on=date(2027, 1, 1))

    assert invoice.number == "F2027/001"
    assert invoice.communication != issued(on=date(2027, 1, 1)).communication


def test_the_old_year_can_still_be_finished() -> None:
    """INV-1: dates count within a series."""
    issued(on=date(2027, 1, 4))

    draft = ordinary_draft()
    invoice = lifecycle.issue(
        draft.pk, on=date(2026, 12, 31), now=noon(date(2027, 1, 4))
    )

    assert invoice.number == "2026-0001"


def test_the_first_number_can_be_set_before_the_first_issue() -> None:
    """INV-1."""
    NumberSeriesFactory.create(first=121)

    assert [issued().number, issued().number] == ["2026-0121", "2026-0122"]


def test_the_first_number_cannot_be_set_after_it() -> None:
    """INV-1: by no road."""
    issued()

    with pytest.raises(IntegrityError):
        NumberSeries.objects.update(first=500)


def test_kinds_have_series_of_their_own() -> None:
    """INV-1, INV-4."""
    issued()

    series = NumberSeries.objects.locked(kind=Kind.CREDIT_NOTE, year=2026)

    assert series.numbered(series.next) == "CN2026-0001"
    assert issued().number == "2026-0002"


DATES = {
    "the day of the last": (TUESDAY, TUESDAY, []),
    "after the last": (date(2026, 3, 4), date(2026, 3, 4), []),
    "before the last": (MONDAY, TUESDAY, ["INV-1"]),
    "tomorrow": (date(2026, 3, 4), TUESDAY, ["INV-1"]),
}


@pytest.mark.parametrize(("on", "today", "refused"), DATES.values(), ids=DATES)
def test_a_date_lies_between_the_last_number_and_today(
    on: date, today: date, refused: list[str]
) -> None:
    """INV-1."""
    issued(on=TUESDAY)
    draft = ordinary_draft()

    assert refusals(draft, on=on, now=noon(today)) == refused

    draft.refresh_from_db()
    assert draft.number == ("" if refused else "2026-0002")


MOMENT = datetime(2026, 3, 3, 0, 30, tzinfo=BRUSSELS)


@pytest.mark.parametrize("now", [MOMENT, MOMENT.astimezone(UTC)])
def test_the_day_is_that_of_belgium(now: datetime) -> None:
    """INV-1: at half past midnight it is still yesterday in UTC."""
    complete_seller()

    assert refusals(ordinary_draft(), on=TUESDAY, now=now) == []


def refusals(draft: Invoice, *, on: date, now: datetime) -> list[str]:
    """Return the rules that stand between a draft and its number; none: issued."""
    try:
        lifecycle.issue(draft.pk, on=on, now=now)
    except lifecycle.NotReady as error:
        return [problem.rule for problem in error.problems]
    return []


def test_issuing_twice_is_refused() -> None:
    """INV-1."""
    invoice = issued()

    with pytest.raises(lifecycle.LifecycleError, match=invoice.number):
        issue(invoice)

    assert NumberSeries.objects.get().last == 1


def test_issuing_what_is_not_there_takes_no_number() -> None:
    complete_seller()

    with pytest.raises(ObjectDoesNotExist):
        lifecycle.issue(0, on=MONDAY, now=noon(MONDAY))

    assert not NumberSeries.objects.exists()


def test_a_refusal_takes_no_number() -> None:
    """INV-1."""
    draft = ordinary_draft()

    with pytest.raises(lifecycle.NotReady):
        lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))

    assert issued().number == "2026-0001"


def test_a_name_that_looks_like_html_is_printed_as_it_stands() -> None:
    """INV-2: and fetches nothing."""
    name = '<img src="file:///etc/passwd">'
    invoice = issued(client__legal_name=name)

    text = text_of(invoice)
    assert "".join(name.split()) in "".join(text.split())
    assert "root:" not in text


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_document_is_in_the_language_of_the_client(language: str) -> None:
    invoice = issued(client__language=language)

    assert (invoice.language, invoice.document().language) == (language, language)
