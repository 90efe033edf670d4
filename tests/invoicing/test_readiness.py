"""What stands between a draft and its number: each problem alone, and all at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Field
from django.test import Client as Browser

from invoicing import lifecycle, readiness
from invoicing.documents.document import Kind
from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, InvoiceLine, NumberSeries, Seller, VatRate
from invoicing.readiness import Problem
from programs.models import Enrolment, Program, SchemeTerms
from tests.factories import (
    MONDAY,
    TUESDAY,
    DutchClientFactory,
    LineFactory,
    OwnerFactory,
    complete_seller,
    issued,
    noon,
    ordinary_draft,
    wallet_draft,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


def problems(
    invoice: Invoice, *, on: date = MONDAY, today: date | None = None
) -> list[Problem]:
    return readiness.problems(
        Invoice.objects.get(pk=invoice.pk),
        seller=Seller.objects.current(),
        series=NumberSeries.objects.planned(kind=Kind.INVOICE, year=on.year),
        on=on,
        today=today or on,
    )


@pytest.mark.parametrize("make", [ordinary_draft, wallet_draft])
def test_a_draft_in_order_has_no_problem(make: Callable[[], Invoice]) -> None:
    complete_seller()

    assert problems(make()) == []


def empty_seller() -> Invoice:
    Seller.objects.update(court="")
    return ordinary_draft()


def later_number() -> Invoice:
    issued(on=TUESDAY)
    return ordinary_draft()


def no_line() -> Invoice:
    invoice = ordinary_draft()
    invoice.lines.all().delete()
    return invoice


def below_zero() -> Invoice:
    invoice = ordinary_draft(unit_price=Decimal("1.005"))
    invoice.lines.update(discount=Decimal("1.01"))
    return invoice


def a_slip_of_the_finger() -> Invoice:
    invoice = ordinary_draft(unit_price=Decimal("99999999.99"))
    invoice.lines.update(quantity=Decimal("99999999.9999"))
    return invoice


def rate_of_no_day() -> Invoice:
    VatRate.objects.update(valid_until=MONDAY - timedelta(days=1))
    return ordinary_draft()


def treated(*treatments: Treatment) -> Invoice:
    invoice = ordinary_draft()
    invoice.lines.all().delete()
    for treatment in treatments:
        rate = Decimal(21) if treatment is Treatment.STANDARD else Decimal(0)
        LineFactory.create(invoice=invoice, treatment=treatment, vat_rate=rate)
    return invoice


def two_grounds() -> Invoice:
    complete_seller(is_small_enterprise=True)
    return treated(Treatment.EXEMPT_TRAINING, Treatment.SMALL_ENTERPRISE)


def we_are_small() -> Invoice:
    complete_seller(is_small_enterprise=True)
    return ordinary_draft()


def advice_made_so_afterwards() -> Invoice:
    invoice = wallet_draft()
    Program.objects.update(kind="advice")
    return invoice


def without(relation: str) -> Invoice:
    invoice = wallet_draft()
    assert invoice.enrolment is not None
    if relation == "participants":
        invoice.enrolment.participants.all().delete()
    else:
        invoice.enrolment.course.sessions.all().delete()
    return invoice


def no_theme() -> Invoice:
    invoice = wallet_draft()
    Program.objects.update(theme=None)
    return invoice


def no_terms_of_the_day() -> Invoice:
    SchemeTerms.objects.update(valid_from=TUESDAY)
    return wallet_draft()


def nothing_eligible() -> Invoice:
    invoice = wallet_draft()
    invoice.lines.update(is_eligible=False)
    return invoice


ALONE: dict[str, tuple[Callable[[], Invoice], str, str]] = {
    "our company is not complete": (empty_seller, "INV-2", "seller"),
    "a later number exists": (later_number, "INV-1", ""),
    "no line": (no_line, "INV-2", "invoice"),
    "a line below zero": (below_zero, "VAT-1", "invoice"),
    "more than can be paid": (a_slip_of_the_finger, "VAT-1", "invoice"),
    "a rate that does not hold that day": (rate_of_no_day, "VAT-2", "invoice"),
    "reverse charge without a number abroad": (
        lambda: treated(Treatment.REVERSE_CHARGE),
        "VAT-2",
        "client",
    ),
    "two grounds for exemption": (two_grounds, "VAT-2", "invoice"),
    "outside the scope beside VAT": (
        lambda: treated(Treatment.OUTSIDE_SCOPE, Treatment.STANDARD),
        "VAT-2",
        "invoice",
    ),
    "VAT while we are exempt": (we_are_small, "VAT-2", "invoice"),
    "exempt while we are not": (
        lambda: treated(Treatment.SMALL_ENTERPRISE),
        "VAT-2",
        "invoice",
    ),
    "advice through the wallet": (advice_made_so_afterwards, "PRG-1", "invoice"),
    "no participants": (lambda: without("participants"), "INV-6", "enrolment"),
    "no days": (lambda: without("sessions"), "INV-6", "course"),
    "no theme": (no_theme, "PRG-2", "program"),
    "no terms of that day": (no_terms_of_the_day, "SUB-3", "schemeterms"),
    "nothing for the wallet": (nothing_eligible, "INV-6", "invoice"),
}


@pytest.mark.parametrize(("make", "rule", "page"), ALONE.values(), ids=ALONE)
def test_a_problem_names_its_rule_its_remedy_and_the_page_to_mend_it(
    client: Browser, make: Callable[[], Invoice], rule: str, page: str
) -> None:
    complete_seller()
    client.force_login(OwnerFactory.create())

    [problem] = problems(make())

    assert problem.rule == rule
    assert problem.message
    assert problem.remedy
    if page:
        assert f"/{page}/" in problem.link
        assert client.get(problem.link).status_code == 200
    else:
        assert not problem.link


def test_a_date_in_the_future_is_a_problem() -> None:
    """INV-1."""
    complete_seller()

    [problem] = problems(ordinary_draft(), on=TUESDAY, today=MONDAY)

    assert problem.rule == "INV-1"
    assert problems(ordinary_draft(), on=MONDAY, today=TUESDAY) == []


@pytest.mark.parametrize("field", readiness.SELLER_NEEDS)
@pytest.mark.usefixtures("english")
def test_each_thing_that_must_stand_on_an_invoice_is_asked_for(field: str) -> None:
    """INV-2."""
    complete_seller()
    Seller.objects.update(**{field: ""})

    [problem] = problems(ordinary_draft())

    asked = Seller._meta.get_field(field)
    assert isinstance(asked, Field)
    label = str(asked.verbose_name)
    assert problem.message == f"Your own company is not complete: {label}."


def test_reverse_charge_to_a_business_abroad_is_fine() -> None:
    """VAT-2."""
    complete_seller()
    invoice = treated(Treatment.REVERSE_CHARGE)
    Invoice.objects.filter(pk=invoice.pk).update(client=DutchClientFactory.create())

    assert problems(invoice) == []


def test_all_problems_are_listed_at_once() -> None:
    Seller.objects.update(iban="")
    invoice = wallet_draft()
    invoice.lines.update(is_eligible=False, vat_rate=Decimal("17.5"))
    Program.objects.update(theme=None)
    Enrolment.objects.update(applied_on=date(2022, 8, 30))
    assert invoice.enrolment is not None
    invoice.enrolment.participants.all().delete()

    with pytest.raises(lifecycle.NotReady) as refused:
        lifecycle.issue(invoice.pk, on=TUESDAY, now=noon(MONDAY))

    rules = [problem.rule for problem in refused.value.problems]
    assert rules == [
        "INV-2",
        "INV-1",
        "VAT-2",
        "INV-6",
        "PRG-2",
        "REG-6",
        "SUB-3",
        "INV-6",
    ]
    assert all(str(problem) in str(refused.value) for problem in refused.value.problems)


def directly(invoice: Invoice, *, accepted: Collection[str] = ()) -> None:
    with pytest.raises(lifecycle.NotReady) as refused:
        lifecycle.issue(invoice.pk, on=MONDAY, now=noon(MONDAY), accepted=accepted)
    assert [problem.rule for problem in refused.value.problems] == ["PRG-1"]


def by_command(invoice: Invoice) -> None:
    with pytest.raises(CommandError, match="PRG-1"):
        call_command("issue", str(invoice.pk), on=MONDAY, accept_warnings=True)


def with_all_lines_ticked(invoice: Invoice) -> None:
    InvoiceLine.objects.update(is_eligible=True)
    directly(invoice)


def with_everything_accepted(invoice: Invoice) -> None:
    directly(invoice, accepted=["PRG-1", "sessions_past_registration"])


@pytest.mark.parametrize(
    "road", [directly, by_command, with_all_lines_ticked, with_everything_accepted]
)
def test_advice_reaches_the_wallet_by_no_road(road: Callable[[Invoice], None]) -> None:
    """PRG-1: not even where the draft or the enrolment was changed by hand."""
    complete_seller()
    invoice = advice_made_so_afterwards()

    road(invoice)

    assert Invoice.objects.get().is_draft


def test_advice_is_issued_as_an_ordinary_invoice() -> None:
    """PRG-1, REG-6."""
    complete_seller()
    invoice = advice_made_so_afterwards()
    Invoice.objects.update(via_wallet=False)

    done = lifecycle.issue(invoice.pk, on=MONDAY, now=noon(MONDAY))

    assert done.document().wallet is None
    assert done.wallet_amount == 0
