"""What a document says: put together from rows, in the client's language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from invoicing import crediting
from invoicing.documents.build import build
from invoicing.documents.document import Document, SubsidyEstimate, WalletPart
from invoicing.models import Invoice
from invoicing.preview import draft_document
from programs.models import Registration, SchemeTerms
from programs.room import room_used
from tests.factories import (
    MONDAY,
    ClientFactory,
    ContactFactory,
    ElsewhereUseFactory,
    ExtraFactory,
    SchemeTermsFactory,
    SmallClientFactory,
    complete_seller,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
    wallet_draft,
)

pytestmark = pytest.mark.django_db


def document_of(draft: Invoice, *, on: date = MONDAY) -> Document:
    return build(Invoice.objects.get(pk=draft.pk), seller=complete_seller(), on=on)


def wallet_of(draft: Invoice, *, on: date = MONDAY) -> WalletPart:
    wallet = document_of(draft, on=on).wallet
    assert wallet is not None
    return wallet


def estimate_of(draft: Invoice, *, on: date = MONDAY) -> SubsidyEstimate:
    estimate = wallet_of(draft, on=on).estimate
    assert estimate is not None
    return estimate


def test_the_seller_is_printed_with_all_its_particulars() -> None:
    """INV-2, REG-1."""
    seller = document_of(ordinary_draft()).seller

    assert (seller.legal_name, seller.legal_form) == (
        "ianka fleerackers CommV",
        "CommV",
    )
    assert seller.trade_name == "Own Your Story"
    assert seller.enterprise_number == "0824.677.865"
    assert seller.vat_number == "BE 0824.677.865"
    assert (seller.iban, seller.bic) == ("BE68 5390 0754 7034", "TRIOBEBB")
    assert seller.court == "RPR Antwerpen, afdeling Antwerpen"
    assert seller.address.country_name == "België"


def test_the_buyer_is_printed_with_its_number_and_for_the_attention_of_somebody() -> (
    None
):
    """INV-2."""
    client = ClientFactory.create(enterprise_number="0403170701", reference="PO-9")
    ContactFactory.create(client=client, name="Anna")
    ContactFactory.create(client=client, name="Zoë", gets_invoices=True)

    document = document_of(ordinary_draft(client=client))

    assert document.buyer.vat_number == "BE 0403.170.701"
    assert document.buyer.client_number == client.number
    assert document.buyer.attention == "Zoë"
    assert document.buyer_reference == "PO-9"


def test_a_remark_stands_before_the_legal_sentences() -> None:
    document = document_of(ordinary_draft(remark="Thank you"))

    assert document.notes[0] == "Thank you"
    assert len(document.notes) > 1


def test_the_paper_says_that_it_is_a_copy_where_the_e_invoice_is_the_invoice() -> None:
    """EIN-1."""
    liable = ordinary_draft(client__enterprise_number="0403170701")
    exempt = ordinary_draft(client__vat_liability="exempt")

    document = document_of(liable)
    assert document.is_structured
    assert document.buyer.endpoint == "0208:0403170701"
    assert "leesbare kopie" in document.copy_note

    document = document_of(exempt)
    assert not document.is_structured
    assert document.copy_note == ""


@pytest.mark.parametrize(("liability", "says"), [("liable", True), ("exempt", False)])
def test_a_credit_note_is_a_copy_of_the_electronic_credit_note(
    english: None, liability: str, says: bool
) -> None:
    """EIN-2."""
    invoice = issued(client__vat_liability=liability, client__language="en")
    quantities = {line.pk: line.quantity for line in invoice.lines.all()}
    request = crediting.Request(quantities=quantities, reason="Double")

    note = crediting.credit(invoice.pk, request, on=MONDAY, now=noon(MONDAY))

    copy_note = note.document().copy_note
    assert ("electronic credit note that you receive over Peppol" in copy_note) is says
    assert bool(copy_note) is says


def test_a_draft_has_no_number_no_dates_and_no_communication() -> None:
    """INV-1."""
    document = draft_document(ordinary_draft(client__language="fr"), on=MONDAY)

    assert document.is_draft
    assert (document.issued_on, document.due_on) == (None, None)
    assert document.communication == ""
    assert document.language == "fr"


def test_a_wallet_invoice_has_the_facts_and_its_own_dates() -> None:
    """INV-6, DOS-2, DOS-3, DOS-5."""
    draft = wallet_draft(
        participants=["Bert", "Anna"],
        course__program__title_nl="Verhalen",
        course__program__theme__name_nl="Innovatie",
        applied_on=date(2026, 2, 25),
        application_number="2026KMO123456",
    )

    wallet = wallet_of(draft)

    assert (wallet.training_title, wallet.theme) == ("Verhalen", "Innovatie")
    assert (wallet.first_day, wallet.last_day) == (date(2026, 3, 12), date(2026, 3, 19))
    assert (wallet.hours, wallet.participants) == (Decimal(12), ("Anna", "Bert"))
    assert wallet.application_number == "2026KMO123456"
    assert wallet.apply_by == date(2026, 3, 26)
    assert wallet.contribution_by == date(2026, 3, 11)
    assert wallet.pay_by == date(2027, 12, 31)


def test_before_the_application_the_days_to_contribute_are_told() -> None:
    """DOS-3."""
    wallet = wallet_of(wallet_draft())

    assert (wallet.contribution_days, wallet.contribution_by) == (14, None)


def test_the_estimate_leaves_out_what_is_not_eligible() -> None:
    """SUB-2, SUB-6."""
    draft = wallet_draft()
    ExtraFactory.create(enrolment=draft.enrolment)

    estimate = estimate_of(draft)

    assert (estimate.base, estimate.rate) == (Decimal("600.00"), Decimal(30))
    assert estimate.subsidy == Decimal("180.00")
    assert estimate.own_contribution == Decimal("420.00")


RATES: dict[str, tuple[dict[str, Any], int]] = {
    "small": ({"client__fte": Decimal("49.99")}, 30),
    "medium": ({"client__fte": Decimal(50)}, 20),
    "small, energy": ({"course__program__theme_group": "energy"}, 45),
}


@pytest.mark.parametrize(("fields", "rate"), RATES.values(), ids=RATES)
def test_the_rate_follows_from_the_client_and_the_program(
    fields: dict[str, Any], rate: int
) -> None:
    """SUB-1, SUB-4."""
    assert estimate_of(wallet_draft(**fields)).rate == rate


@pytest.mark.parametrize("fte", [None, Decimal(250)])
def test_without_a_size_that_counts_there_is_no_estimate(fte: Decimal | None) -> None:
    """SUB-1: the wallet part is there, the figures are not."""
    assert wallet_of(wallet_draft(client__fte=fte)).estimate is None


APPLIED: dict[str, tuple[date | None, date, int, int]] = {
    "not yet, in 2026": (None, date(2026, 12, 31), 30, 2026),
    "not yet, in 2027": (None, date(2027, 1, 1), 50, 2027),
    "in 2026, issued in 2027": (date(2026, 12, 31), date(2027, 1, 4), 30, 2026),
    "in 2027, issued in 2027": (date(2027, 1, 1), date(2027, 1, 4), 50, 2027),
}


@pytest.mark.parametrize(
    ("applied", "on", "rate", "year"), APPLIED.values(), ids=APPLIED
)
def test_rate_and_year_are_those_of_the_application(
    applied: date | None, on: date, rate: int, year: int
) -> None:
    """SUB-3."""
    SchemeTerms.objects.update(valid_until=date(2026, 12, 31))
    decree = SchemeTermsFactory.create(valid_from=date(2027, 1, 1), valid_until=None)
    decree.rates.create(size="small", percent=50)
    draft = wallet_draft(days=[date(2027, 1, 12)], applied_on=applied)

    estimate = estimate_of(draft, on=on)

    assert (estimate.rate, estimate.year) == (Decimal(rate), year)


def test_what_was_used_elsewhere_and_with_us_leaves_less() -> None:
    """SUB-7."""
    client = SmallClientFactory.create()
    other = ElsewhereUseFactory.create(amount=Decimal(5000))
    ElsewhereUseFactory.create(client=client, year=2025, amount=Decimal(7500))
    ElsewhereUseFactory.create(client=client, year=2026, amount=Decimal(7000))
    issued_via_wallet(client=client, course__program__price=Decimal(1000))
    wallet_draft(client=client)  # a draft takes nothing

    assert room_used(client, year=2026) == 7300
    assert room_used(client, year=2025) == 7500
    assert room_used(other.client, year=2026) == 5000
    assert estimate_of(wallet_draft(client=client, unit_price=9000)).subsidy == 200


def test_an_incomplete_wallet_draft_can_still_be_looked_at() -> None:
    draft = wallet_draft()
    Registration.objects.all().delete()

    assert document_of(draft).wallet is None


def test_a_wallet_invoice_says_that_the_subsidy_changes_nothing_and_more() -> None:
    """DOS-6, INV-7, INV-8: chosen by what the invoice is."""
    wallet, ordinary = document_of(wallet_draft()), document_of(ordinary_draft())

    assert len(wallet.notes) == len(ordinary.notes) + 1
    assert Client.objects.count() == 2
