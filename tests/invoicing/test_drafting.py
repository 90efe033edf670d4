"""One click makes an enrolment a draft, ready to be looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from invoicing import drafting, lifecycle
from invoicing.documents.document import Unit
from invoicing.documents.vat import Treatment, Why
from invoicing.models import Invoice, InvoiceLine, VatRate
from tests.factories import (
    FIRST_DAY,
    LAST_DAY,
    MONDAY,
    AdviceFactory,
    DutchClientFactory,
    ExtraFactory,
    PersonFactory,
    VatRateFactory,
    complete_seller,
    draft,
    enrolled,
    issue,
)

pytestmark = pytest.mark.django_db


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    return list(invoice.lines.all())


def test_a_draft_says_what_was_agreed() -> None:
    enrolment = enrolled(uses_wallet=True, order_reference="PO-7")

    invoice = drafting.draft_invoice(enrolment.pk, on=MONDAY)

    assert invoice.is_draft
    assert (invoice.client, invoice.enrolment) == (enrolment.client, enrolment)
    assert invoice.via_wallet
    assert invoice.order_reference == "PO-7"
    assert (invoice.service_from, invoice.service_until) == (FIRST_DAY, LAST_DAY)


def test_asking_twice_gives_the_same_draft() -> None:
    enrolment = enrolled()
    first = drafting.draft_invoice(enrolment.pk, on=MONDAY)
    first.lines.update(description="Changed by hand")

    again = drafting.draft_invoice(enrolment.pk, on=MONDAY)

    assert again == first
    assert [line.description for line in lines_of(again)] == ["Changed by hand"]


def test_what_was_invoiced_is_not_drafted_again() -> None:
    invoice = issue(draft())
    assert invoice.enrolment is not None

    with pytest.raises(lifecycle.LifecycleError, match=invoice.number):
        drafting.draft_invoice(invoice.enrolment.pk, on=MONDAY)


@pytest.mark.parametrize("missing", ["days", "participants"])
def test_without_days_or_people_there_is_nothing_to_draft(missing: str) -> None:
    enrolment = enrolled(**{missing: ()})

    with pytest.raises(lifecycle.LifecycleError):
        drafting.draft_invoice(enrolment.pk, on=MONDAY)

    assert not Invoice.objects.exists()


PRICED: dict[str, tuple[str, int, Unit, str]] = {
    "per person": ("person", 3, Unit.PERSON, "1700.00"),
    "per group": ("group", 1, Unit.LUMP_SUM, "500.00"),
}


@pytest.mark.parametrize(
    ("basis", "quantity", "unit", "net"), PRICED.values(), ids=PRICED
)
def test_the_training_is_the_first_line_less_its_discount(
    basis: str, quantity: int, unit: Unit, net: str
) -> None:
    names = ["Anna", "Bert", "Carla"]
    invoice = draft(participants=names, discount=Decimal(100), price_basis=basis)

    [training] = lines_of(invoice)

    assert (training.quantity, training.unit_price) == (Decimal(quantity), Decimal(600))
    assert Unit(training.unit) is unit
    assert training.priced().net == Decimal(net)
    assert training.is_eligible


def test_each_extra_is_a_line_of_its_own_and_keeps_its_eligibility() -> None:
    """SUB-6."""
    enrolment = enrolled()
    ExtraFactory.create(enrolment=enrolment, description="Lunch", quantity=Decimal(4))
    ExtraFactory.create(
        enrolment=enrolment, kind="material", description="Map", is_eligible=True
    )

    _training, lunch, folder = lines_of(drafting.draft_invoice(enrolment.pk, on=MONDAY))

    assert (lunch.description, lunch.is_eligible) == ("Lunch", False)
    assert (lunch.quantity, lunch.unit_price) == (Decimal(4), Decimal(22))
    assert lunch.unit == Unit.PIECE
    assert (folder.description, folder.is_eligible) == ("Map", True)
    assert (lunch.position, folder.position) == (2, 3)


def test_no_line_of_advice_is_eligible_not_even_its_material() -> None:
    """PRG-1."""
    enrolment = enrolled(course__program=AdviceFactory.create())
    ExtraFactory.create(enrolment=enrolment, kind="material", is_eligible=True)

    invoice = drafting.draft_invoice(enrolment.pk, on=MONDAY)

    assert [line.is_eligible for line in lines_of(invoice)] == [False, False]


DESCRIPTIONS = {
    "nl": "Verhalen\n12 maart 2026, 19 maart 2026",
    "fr": "Récits\n12 mars 2026, 19 mars 2026",
    "en": "Stories\n12 March 2026, 19 March 2026",
}


@pytest.mark.parametrize(("language", "description"), DESCRIPTIONS.items())
def test_the_description_is_in_the_language_of_the_client(
    language: str, description: str
) -> None:
    invoice = draft(
        client__language=language,
        course__program__title_nl="Verhalen",
        course__program__title_fr="Récits",
        course__program__title_en="Stories",
    )

    assert lines_of(invoice)[0].description == description


def test_a_day_with_two_sessions_is_named_once() -> None:
    invoice = draft(days=[FIRST_DAY, FIRST_DAY], course__program__title_nl="Verhalen")

    assert lines_of(invoice)[0].description == "Verhalen\n12 maart 2026"


PROPOSED: dict[str, tuple[dict[str, Any], Treatment, str, Why]] = {
    "a Belgian business": ({}, Treatment.STANDARD, "21", Why.BELGIAN_CUSTOMER),
    "a private person": (
        {"client_factory": PersonFactory},
        Treatment.STANDARD,
        "21",
        Why.BELGIAN_CUSTOMER,
    ),
    "a Dutch company in an open course": (
        {"client_factory": DutchClientFactory},
        Treatment.STANDARD,
        "21",
        Why.HELD_IN_BELGIUM,
    ),
    "a Dutch company in-company": (
        {
            "client_factory": DutchClientFactory,
            "course__program__delivery": "in_company",
        },
        Treatment.REVERSE_CHARGE,
        "0",
        Why.EU_BUSINESS,
    ),
    "a Dutch company in an open course abroad": (
        {"client_factory": DutchClientFactory, "course__is_in_belgium": False},
        Treatment.REVERSE_CHARGE,
        "0",
        Why.EU_BUSINESS,
    ),
}


@pytest.mark.parametrize(
    ("fields", "treatment", "rate", "why"), PROPOSED.values(), ids=PROPOSED
)
def test_every_line_gets_the_proposal_with_its_reason(
    fields: dict[str, Any], treatment: Treatment, rate: str, why: Why
) -> None:
    """VAT-2."""
    factory = fields.get("client_factory")
    given = {key: value for key, value in fields.items() if key != "client_factory"}
    if factory is not None:
        given["client"] = factory.create()
    enrolment = enrolled(**given)
    ExtraFactory.create(enrolment=enrolment)

    invoice = drafting.draft_invoice(enrolment.pk, on=MONDAY)

    proposed = [
        (line.treatment, line.vat_rate, line.proposed_because)
        for line in lines_of(invoice)
    ]
    assert proposed == [(treatment, Decimal(rate), why)] * 2


def test_a_small_enterprise_charges_no_vat() -> None:
    """VAT-2."""
    complete_seller(is_small_enterprise=True)

    [line] = lines_of(draft())

    assert line.treatment == Treatment.SMALL_ENTERPRISE
    assert line.vat_rate == 0


def test_the_rate_is_that_of_the_day() -> None:
    """VAT-2: a new rate is a new row."""
    VatRate.objects.filter(is_standard=True).update(valid_until=date(2026, 2, 28))
    VatRateFactory.create(
        percent=Decimal(22), is_standard=True, valid_from=date(2026, 3, 1)
    )

    [line] = lines_of(draft(on=date(2026, 3, 1)))

    assert line.vat_rate == 22


def test_without_a_rate_to_propose_there_is_no_draft() -> None:
    VatRate.objects.update(is_standard=False)

    with pytest.raises(lifecycle.LifecycleError, match="btw-tarief"):
        drafting.draft_invoice(enrolled().pk, on=MONDAY)

    assert not Invoice.objects.exists()
