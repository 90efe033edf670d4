"""What was issued stays as it was, whatever is edited afterwards (INV-3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from invoicing.models import FileKind, Invoice, Seller
from programs.models import (
    Course,
    Enrolment,
    Participant,
    Program,
    Registration,
    SchemeTerms,
    Session,
    SubsidyRate,
    Theme,
)
from tests.factories import (
    ContactFactory,
    ElsewhereUseFactory,
    ParticipantFactory,
    RegistrationFactory,
    issued_via_wallet,
)
from tests.stored import bytes_of

pytestmark = pytest.mark.django_db


def the_client() -> None:
    Client.objects.update(
        legal_name="New name",
        trade_name="New trade name",
        street="New street 1",
        postal_code="8000",
        city="Brugge",
        reference="New reference",
        fte=Decimal(100),
        invoice_email="new@example.com",
    )
    ContactFactory.create(client=Client.objects.get(), gets_invoices=True)


def the_language_of_the_client() -> None:
    Client.objects.update(language="fr")


def the_seller() -> None:
    Seller.objects.update(
        legal_name="New BV",
        street="New street 2",
        iban="BE71096123456769",
        bic="GKCCBEBB",
        court="Gent",
        payment_term_days=60,
        vat_retention_years=20,
    )


def the_registration() -> None:
    """REG-7."""
    Registration.objects.update(number="DV.O999999", valid_until=date(2028, 9, 1))
    RegistrationFactory.create()


def the_scheme() -> None:
    SchemeTerms.objects.update(cap=1, apply_within_days=1, contribution_within_days=1)
    SubsidyRate.objects.update(percent=1)
    ElsewhereUseFactory.create(client=Client.objects.get(), amount=Decimal(7500))


def the_training() -> None:
    Program.objects.update(title_nl="New title", price=1)
    Theme.objects.update(name_nl="New theme")
    Session.objects.update(hours=1)
    Session.objects.filter(day=date(2026, 3, 19)).update(day=date(2026, 5, 1))
    Course.objects.update(place="New place")


def the_enrolment() -> None:
    Enrolment.objects.update(
        unit_price=1, application_number="2026KMO9", applied_on=date(2026, 3, 1)
    )
    Participant.objects.update(name="New name")
    ParticipantFactory.create(enrolment=Enrolment.objects.get())


EDITS = [
    the_client,
    the_language_of_the_client,
    the_seller,
    the_registration,
    the_scheme,
    the_training,
    the_enrolment,
]


@pytest.mark.parametrize("edit", EDITS)
def test_a_later_edit_does_not_reach_an_issued_invoice(
    edit: Callable[[], None],
) -> None:
    issued_via_wallet(applied_on=date(2026, 2, 25))
    before = everything_of(Invoice.objects.get())

    edit()

    assert everything_of(Invoice.objects.get()) == before


def everything_of(invoice: Invoice) -> dict[str, Any]:
    """Return all that an issued invoice says, in rows, record and files."""
    return {
        "row": Invoice.objects.filter(pk=invoice.pk).values().get(),
        "lines": list(invoice.lines.values()),
        "document": invoice.document(),
        "amounts": invoice.amounts,
        "files": [bytes_of(invoice, kind) for kind in FileKind],
    }


def test_the_invoice_keeps_the_registration_as_it_was() -> None:
    """REG-2, REG-7."""
    wallet = issued_via_wallet().document().wallet

    assert wallet is not None
    assert wallet.registration_number == "DV.O222378"
    assert wallet.registered_from == date(2022, 8, 31)
    assert wallet.registered_until == date(2027, 9, 1)
    assert wallet.pillar_label


def test_the_totals_are_those_that_were_issued_not_worked_out_anew() -> None:
    """VAT-1: columns, record and the document say the same."""
    invoice = issued_via_wallet()

    invoice.refresh_from_db()
    amounts = invoice.document().totals
    assert invoice.amounts == amounts
    assert (invoice.net, invoice.vat) == (amounts.net, amounts.vat)
    assert (invoice.gross, invoice.wallet_amount) == (amounts.gross, amounts.wallet)
    assert invoice.direct_amount == amounts.direct


def test_a_draft_has_no_document_of_its_own() -> None:
    with pytest.raises(ValueError, match="is a draft"):
        Invoice(pk=1).document()
