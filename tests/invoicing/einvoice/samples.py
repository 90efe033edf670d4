"""Documents for each case that an e-invoice has to get right, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils import translation

from invoicing.documents.document import (
    Address,
    BuyerParty,
    Credited,
    Document,
    Kind,
    Line,
    Unit,
    WalletPart,
)
from invoicing.documents.notes import copy_note, credit_notes, legal_notes
from invoicing.documents.totals import PricedLine, Totals, totals
from invoicing.documents.vat import Treatment
from tests.invoicing.documents import samples
from tests.invoicing.documents.samples import line

PDF = b"%PDF-1.7\n%%EOF\n"
"""Stands for the readable copy: nothing looks into it."""

APPLICATION = "2026KMO123456"

BELGIAN = replace(samples.BUYER, endpoint="0208:0403170701")

DUTCH = replace(
    samples.BUYER,
    client_number="K0051",
    legal_name="Molen De Vlijt B.V.",
    address=Address("Molenweg 3", "4811 AB", "Breda", "NL", "Nederland"),
    enterprise_number="",
    vat_number="NL 123456782B90",
    endpoint="9944:NL123456782B90",
)

FRENCH = replace(
    samples.BUYER,
    client_number="K0052",
    legal_name="Boulangerie Lefèvre SARL",
    address=Address("12 rue de l'Œuvre", "59000", "Lille", "FR", "France"),
    enterprise_number="",
    vat_number="FR 83404833048",
    endpoint="",
)

SWISS = replace(
    samples.BUYER,
    client_number="K0053",
    legal_name="Käserei Alpenblick AG",
    address=Address("Dorfstrasse 1", "3000", "Bern", "CH", "Switzerland"),
    enterprise_number="",
    vat_number="CH E123456789MWST",
    endpoint="",
)

PERSON = BuyerParty(
    client_number="K0054",
    legal_name="Marie Voorbeeld",
    trade_name="",
    attention="",
    address=Address("Dorpsplein 1", "9700", "Oudenaarde", "BE", "België"),
    enterprise_number="",
    vat_number="",
    email="marie@example.com",
)


def invoice(
    *lines: Line,
    language: str = "nl",
    buyer: BuyerParty = BELGIAN,
    is_structured: bool = True,
    wallet: WalletPart | None = None,
    discount: str = "0.00",
) -> Document:
    """Return an issued invoice with ``lines``, as ``build`` would put it together."""
    amounts = _totals(lines, via_wallet=wallet is not None, discount=discount)
    document = samples.document(lines, language=language, buyer=buyer, wallet=wallet)
    with translation.override(language):
        notes = legal_notes(
            treatments=[group.treatment for group in amounts.groups],
            is_private_person=buyer is PERSON,
            via_wallet=wallet is not None,
            payment_term_days=30,
            vat_retention_years=7,
            dossier_retention_years=10,
        )
        return replace(
            document,
            totals=amounts,
            notes=tuple(notes),
            is_structured=is_structured,
            copy_note=copy_note(is_structured=is_structured),
        )


def credit_note(
    invoiced: Document, *lines: Line, reason: str = "Eén deelnemer minder.", refund: str
) -> Document:
    """Return the credit note that takes ``lines`` of ``invoiced`` back."""
    amounts = _totals(lines, via_wallet=invoiced.wallet is not None)
    with translation.override(invoiced.language):
        notes = credit_notes(
            treatments=[group.treatment for group in amounts.groups],
            vat_retention_years=7,
        )
        return replace(
            invoiced,
            kind=Kind.CREDIT_NOTE,
            number="CN2026-0003",
            issued_on=date(2026, 4, 7),
            due_on=None,
            lines=lines,
            totals=amounts,
            communication="",
            notes=tuple(notes),
            credits=Credited(
                number=invoiced.number,
                issued_on=samples.ISSUED_ON,
                reason=reason,
                refund=refund,
            ),
        )


def _totals(
    lines: tuple[Line, ...], *, via_wallet: bool, discount: str = "0.00"
) -> Totals:
    priced = [
        PricedLine(
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            treatment=line.treatment,
            vat_rate=line.vat_rate,
            eligible=line.eligible,
        )
        for line in lines
    ]
    return totals(priced, via_wallet=via_wallet, discount=Decimal(discount))


def untaxed(treatment: Treatment, price: str = "760.00") -> Line:
    """Return a line for two people on which no VAT is charged."""
    title = samples.DESCRIPTIONS["nl"][0]
    return line(
        1, title, "2", price, unit=Unit.PERSON, treatment=treatment, vat_rate="0"
    )


def ordinary(language: str = "nl") -> Document:
    """€ 1,000.00 and 21 % VAT."""
    training, practice, *_ = samples.DESCRIPTIONS[language]
    return invoice(
        line(1, training, "1", "760.00", language=language, unit=Unit.PERSON),
        line(2, practice, "2", "120.00", language=language, unit=Unit.HOUR),
        language=language,
    )


def several_rates(discount: str = "0.00") -> Document:
    """21, 12 and 6 % VAT."""
    training, _practice, _intake, material, lunch = samples.DESCRIPTIONS["nl"]
    return invoice(
        line(1, training, "2", "760.00", unit=Unit.PERSON),
        line(2, material, "12", "18.55", vat_rate="6"),
        line(3, lunch, "1.5", "33.33", unit=Unit.DAY, vat_rate="12"),
        discount=discount,
    )


def document_discount() -> Document:
    """A discount on the whole, over three rates."""
    return several_rates(discount="100.00")


def line_discount() -> Document:
    """A discount on a line, and a price of which the cent is not the end."""
    training, practice, *_ = samples.DESCRIPTIONS["nl"]
    return invoice(
        line(1, training, "2", "760.00", unit=Unit.PERSON, discount="152.00"),
        line(2, practice, "1.25", "98.123456", unit=Unit.HOUR),
    )


def exempt_training() -> Document:
    """Exempt under article 44."""
    return invoice(untaxed(Treatment.EXEMPT_TRAINING))


def small_enterprise() -> Document:
    """A seller in the small-enterprise scheme."""
    return invoice(untaxed(Treatment.SMALL_ENTERPRISE))


def reverse_charge() -> Document:
    """A Dutch business that asks for e-invoices."""
    return invoice(untaxed(Treatment.REVERSE_CHARGE), buyer=DUTCH)


def reverse_charge_on_paper() -> Document:
    """A French business of which no Peppol id is known."""
    lines = [untaxed(Treatment.REVERSE_CHARGE)]
    return invoice(*lines, buyer=FRENCH, is_structured=False)


def outside_scope() -> Document:
    """A business outside the EU."""
    lines = [untaxed(Treatment.OUTSIDE_SCOPE)]
    return invoice(*lines, buyer=SWISS, is_structured=False)


def private_person() -> Document:
    """A person: no number of any kind."""
    sample = ordinary()
    return replace(
        invoice(*sample.lines, buyer=PERSON, is_structured=False),
        buyer_reference="",
        order_reference="",
    )


def wallet() -> Document:
    """€ 2,700.00 through the wallet of a client that applied, € 669.00 directly."""
    return invoice(
        *samples.wallet_invoice().lines,
        wallet=replace(
            samples.wallet_part(),
            application_number=APPLICATION,
            contribution_by=date(2026, 4, 9),
        ),
    )


def wallet_pays_all() -> Document:
    """An exempt training that the wallet pays to the last cent."""
    return invoice(
        replace(untaxed(Treatment.EXEMPT_TRAINING), eligible=True),
        wallet=replace(
            samples.wallet_part(base="1520.00"), application_number=APPLICATION
        ),
    )


def credited_whole() -> Document:
    """All of the ordinary invoice."""
    sample = ordinary()
    return credit_note(
        sample,
        *sample.lines,
        reason="Opleiding afgelast.",
        refund="€ 1.210,00 wordt teruggestort.",
    )


def credited_in_part() -> Document:
    """One of two people, of an invoice with a discount on the whole."""
    training = samples.DESCRIPTIONS["nl"][0]
    return credit_note(
        document_discount(),
        line(1, training, "1", "760.00", unit=Unit.PERSON, discount="42.39"),
        refund="",
    )


def credited_wallet() -> Document:
    """One of three people, of an invoice that the wallet pays in part."""
    sample = wallet()
    training = replace(
        sample.lines[0], quantity=Decimal(1), unit_label="persoon", net=Decimal(600)
    )
    return credit_note(
        sample,
        training,
        refund="De portefeuille moet nog € 2.100,00 betalen.",
    )


def in_french() -> Document:
    """The ordinary invoice in French."""
    return ordinary("fr")


def in_english() -> Document:
    """The ordinary invoice in English."""
    return ordinary("en")


GOLDEN: dict[str, Callable[[], Document]] = {
    each.__name__: each
    for each in (
        ordinary,
        several_rates,
        document_discount,
        line_discount,
        exempt_training,
        small_enterprise,
        reverse_charge,
        reverse_charge_on_paper,
        outside_scope,
        private_person,
        wallet,
        wallet_pays_all,
        credited_whole,
        credited_in_part,
        credited_wallet,
        in_french,
        in_english,
    )
}
"""The documents of which the e-invoice is kept in ``tests/golden/ubl``."""
