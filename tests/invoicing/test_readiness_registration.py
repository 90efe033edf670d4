"""REG-6: on which days a registration must be valid for the wallet."""

from __future__ import annotations

from datetime import date

import pytest

from invoicing import lifecycle, readiness
from invoicing.models import Invoice
from programs.models import Enrolment, Registration
from tests.factories import (
    RegistrationFactory,
    complete_seller,
    issue,
    noon,
    ordinary_draft,
    wallet_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

FIRST, LAST = date(2022, 8, 31), date(2027, 9, 1)
BEFORE, AFTER = date(2022, 8, 30), date(2027, 9, 2)
INSIDE = date(2027, 8, 20)


def refusals(invoice: Invoice, *, on: date) -> list[str]:
    """Return the rules that stand between the draft and its number, none: issued."""
    complete_seller()
    try:
        lifecycle.issue(invoice.pk, on=on, now=noon(max(on, date(2028, 12, 31))))
    except lifecycle.NotReady as error:
        return [problem.rule for problem in error.problems]
    return []


EDGES = {
    "all on the first day": (FIRST, FIRST, FIRST, 0),
    "all on the last day": (LAST, LAST, LAST, 0),
    "not applied for yet": (LAST, None, LAST, 0),
    "the training starts the day after": (AFTER, INSIDE, INSIDE, 1),
    "applied the day after": (LAST, AFTER, LAST, 1),
    "issued the day after": (INSIDE, INSIDE, AFTER, 1),
    "the training starts the day before": (BEFORE, FIRST, FIRST, 1),
    "applied the day before": (FIRST, BEFORE, FIRST, 1),
    "issued the day before": (FIRST, FIRST, BEFORE, 1),
    "all the day after": (AFTER, AFTER, AFTER, 3),
}


@pytest.mark.parametrize(
    ("starts", "applied", "on", "refused"), EDGES.values(), ids=EDGES
)
def test_start_application_and_issue_must_lie_in_a_registration(
    starts: date, applied: date | None, on: date, refused: int
) -> None:
    """REG-6 (a), (b) and (c), each on its own day."""
    invoice = wallet_draft(days=[starts], applied_on=applied)

    found = refusals(invoice, on=on)

    assert found.count("REG-6") == refused
    assert set(found) <= {"REG-6", "SUB-3"}  # there are no terms before FIRST


GAP_ENDS = date(2028, 1, 1)


@pytest.mark.parametrize(
    ("starts", "refused"),
    {LAST: 0, AFTER: 1, date(2027, 12, 31): 1, GAP_ENDS: 0}.items(),
)
def test_a_gap_between_two_registrations_counts_as_none(
    starts: date, refused: int
) -> None:
    RegistrationFactory.create(
        number="DV.O222378", valid_from=GAP_ENDS, valid_until=date(2032, 12, 31)
    )
    invoice = wallet_draft(days=[starts], applied_on=INSIDE)

    assert refusals(invoice, on=INSIDE) == ["REG-6"] * refused


@pytest.mark.parametrize("number", ["DV.O222378", "DV.O999999"])
def test_a_renewal_carries_on_where_the_old_one_ends(number: str) -> None:
    RegistrationFactory.create(
        number=number, valid_from=AFTER, valid_until=date(2032, 9, 1)
    )
    invoice = wallet_draft(days=[LAST, AFTER], applied_on=AFTER)

    assert readiness.warnings(invoice) == []
    assert refusals(invoice, on=AFTER) == []


def test_a_registration_for_advice_is_none_for_training() -> None:
    """REG-5."""
    Registration.objects.all().delete()
    RegistrationFactory.create(number="DV.A123456", pillar="advice")

    assert refusals(wallet_draft(days=[INSIDE]), on=INSIDE) == ["REG-6", "REG-6"]


def test_outside_a_registration_it_can_be_an_ordinary_invoice() -> None:
    invoice = wallet_draft(days=[AFTER], applied_on=AFTER)
    assert "REG-6" in refusals(invoice, on=AFTER)

    Invoice.objects.filter(pk=invoice.pk).update(via_wallet=False)

    assert refusals(invoice, on=AFTER) == []
    issued = Invoice.objects.get(pk=invoice.pk)
    assert issued.document().wallet is None


def test_an_ordinary_invoice_asks_for_no_registration() -> None:
    Registration.objects.all().delete()

    assert refusals(ordinary_draft(), on=INSIDE) == []


def test_a_later_session_past_the_end_must_be_accepted_and_is_recorded() -> None:
    invoice = wallet_draft(days=[LAST, AFTER])
    complete_seller()

    with pytest.raises(lifecycle.NotReady) as asked:
        lifecycle.issue(invoice.pk, on=INSIDE, now=noon(INSIDE))
    assert asked.value.problems == []
    [warning] = asked.value.warnings
    assert warning.rule == "REG-6"
    assert "2027" in warning.message
    assert Invoice.objects.get(pk=invoice.pk).is_draft

    accepted = issue(invoice, on=INSIDE, accepted=[warning.code])

    accepted.refresh_from_db()
    assert accepted.accepted_warnings == {warning.code: warning.message}


def test_nothing_is_recorded_where_there_was_nothing_to_accept() -> None:
    invoice = issue(
        wallet_draft(days=[INSIDE]), on=INSIDE, accepted=["sessions_past_registration"]
    )

    assert invoice.accepted_warnings == {}


def test_accepting_a_warning_does_not_take_a_problem_away() -> None:
    invoice = wallet_draft(days=[AFTER, date(2027, 9, 3)])
    complete_seller()

    with pytest.raises(lifecycle.NotReady) as refused:
        lifecycle.issue(
            invoice.pk,
            on=INSIDE,
            now=noon(INSIDE),
            accepted=["sessions_past_registration"],
        )

    assert [problem.rule for problem in refused.value.problems] == ["REG-6"]


def test_a_change_of_the_application_date_is_seen_at_issue() -> None:
    """The enrolment may change after the draft was made."""
    invoice = wallet_draft(days=[INSIDE])
    Enrolment.objects.update(applied_on=AFTER)

    assert refusals(invoice, on=INSIDE) == ["REG-6"]
