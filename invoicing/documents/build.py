"""From rows to a ``Document``: the one place where it is put together.

The caller activates the language of the document first: sentences and names are
taken in the active one. INV-2, INV-3, INV-6 and REG-7 in docs/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clients import identifiers
from clients.models import Client, Conditions
from clients.size import Size
from clients.wording import ENTERPRISES
from invoicing.bank import format_iban
from invoicing.models import Invoice, InvoiceLine, Seller
from invoicing.room import room_used
from invoicing.wording import unit_label
from programs import deadlines
from programs.models import Enrolment, Registration, SchemeTerms
from programs.subsidy import estimate

from .document import (
    Address,
    BuyerParty,
    Credited,
    Document,
    Kind,
    Line,
    SellerParty,
    SubsidyEstimate,
    Unit,
    WalletPart,
)
from .notes import copy_note, credit_notes, legal_notes
from .totals import Totals, totals
from .vat import Treatment


@dataclass(frozen=True, slots=True)
class Numbered:
    """What issuing adds to a draft."""

    number: str
    communication: str


def build(
    invoice: Invoice, *, seller: Seller, on: date, numbered: Numbered | None = None
) -> Document:
    """Return ``invoice`` as a document dated ``on``, in the active language.

    Without ``numbered`` it is the draft as it would be if issued on that day.
    """
    if invoice.credits is not None:
        return _credit_note(
            invoice, invoice.credits, seller=seller, numbered=numbered, on=on
        )
    rows = list(invoice.lines.all())
    amounts = totals(
        [row.priced() for row in rows],
        via_wallet=invoice.via_wallet,
        discount=invoice.discount,
    )
    remark = (invoice.remark,) if invoice.remark else ()
    is_structured = invoice.client.einvoice_ground.is_structured
    return Document(
        kind=Kind(invoice.kind),
        language=get_language() or "nl",
        number=numbered.number if numbered else "",
        issued_on=on if numbered else None,
        due_on=on + timedelta(days=seller.payment_term_days) if numbered else None,
        service_from=invoice.service_from,
        service_until=invoice.service_until,
        seller=seller_party(seller),
        buyer=_buyer(invoice.client),
        buyer_reference=invoice.client.reference,
        order_reference=invoice.order_reference,
        currency="EUR",
        lines=tuple(_line(row, at) for at, row in enumerate(rows, start=1)),
        totals=amounts,
        communication=numbered.communication if numbered else "",
        wallet=_wallet(invoice, amounts, on=on) if invoice.via_wallet else None,
        notes=remark
        + tuple(
            legal_notes(
                treatments=[group.treatment for group in amounts.groups],
                is_private_person=invoice.client.is_person,
                via_wallet=invoice.via_wallet,
                payment_term_days=seller.payment_term_days,
                vat_retention_years=seller.vat_retention_years,
                dossier_retention_years=seller.dossier_retention_years,
            )
        ),
        is_structured=is_structured,
        copy_note=copy_note(is_structured=is_structured),
    )


def _credit_note(
    note: Invoice,
    original: Invoice,
    *,
    seller: Seller,
    on: date,
    numbered: Numbered | None,
) -> Document:
    """Return a credit note: to the buyer and in the terms of the invoice (INV-4)."""
    invoiced = original.document()
    rows = list(note.lines.all())
    amounts = totals([row.priced() for row in rows], via_wallet=note.via_wallet)
    return replace(
        invoiced,
        kind=Kind.CREDIT_NOTE,
        number=numbered.number if numbered else "",
        issued_on=on if numbered else None,
        due_on=None,
        seller=seller_party(seller),
        lines=tuple(_line(row, at) for at, row in enumerate(rows, start=1)),
        totals=amounts,
        communication="",
        notes=tuple(
            credit_notes(
                treatments=[group.treatment for group in amounts.groups],
                vat_retention_years=seller.vat_retention_years,
            )
        ),
        credits=Credited(
            number=invoiced.number,
            issued_on=original.issued_on or on,
            reason=note.credit_reason,
            refund=note.refund,
        ),
    )


def seller_party(seller: Seller) -> SellerParty:
    """Return the seller as printed, in the active language."""
    return SellerParty(
        legal_name=seller.legal_name,
        trade_name=seller.trade_name,
        legal_form=seller.legal_form,
        address=_address(seller),
        enterprise_number=identifiers.format_enterprise_number(
            seller.enterprise_number
        ),
        vat_number=identifiers.format_vat_number(seller.vat_number),
        court=_("RPR %s") % seller.court,
        iban=format_iban(seller.iban),
        bic=seller.bic,
        bank=seller.bank,
        email=seller.email,
        phone=seller.phone,
        website=seller.website,
    )


def _buyer(client: Client) -> BuyerParty:
    attention = client.contacts.filter(gets_invoices=True).first()
    return BuyerParty(
        client_number=client.number,
        legal_name=client.legal_name,
        trade_name=client.trade_name,
        attention=attention.name if attention else "",
        address=_address(client),
        enterprise_number=identifiers.format_enterprise_number(
            client.enterprise_number
        ),
        vat_number=identifiers.format_vat_number(client.vat_number),
        email=client.invoice_email,
        endpoint=client.endpoint,
    )


def _address(party: Client | Seller) -> Address:
    return Address(
        street=party.street,
        postal_code=party.postal_code,
        city=party.city,
        country=party.country.code,
        country_name=str(party.country.name),
    )


def _line(row: InvoiceLine, position: int) -> Line:
    priced = row.priced()
    unit = Unit(row.unit)
    return Line(
        position=position,
        description=row.description,
        quantity=row.quantity,
        unit=unit,
        unit_label=unit_label(unit, quantity=row.quantity),
        unit_price=row.unit_price,
        discount=row.discount,
        net=priced.net,
        treatment=Treatment(row.treatment),
        vat_rate=row.vat_rate,
        eligible=row.is_eligible,
    )


def _wallet(invoice: Invoice, amounts: Totals, *, on: date) -> WalletPart | None:
    """Return the wallet facts; ``None`` while the draft is not complete enough.

    Issuing checks for completeness before, so an issued invoice always has them.
    """
    enrolment = invoice.enrolment
    if enrolment is None:
        return None
    course, program = enrolment.course, enrolment.course.program
    first_day, last_day = course.first_day, course.last_day
    applied_on = enrolment.applied_on or on
    terms = SchemeTerms.objects.valid_on(applied_on).first()
    if first_day is None or last_day is None or terms is None:
        return None
    registration = Registration.objects.for_training().valid_on(first_day).first()
    if registration is None:
        return None
    return WalletPart(
        registration_number=registration.number,
        pillar_label=registration.get_pillar_display(),
        registered_from=registration.valid_from,
        registered_until=registration.valid_until,
        theme=str(program.theme or ""),
        training_title=program.title(),
        first_day=first_day,
        last_day=last_day,
        hours=course.hours,
        participants=tuple(person.name for person in enrolment.participants.all()),
        application_number=enrolment.application_number,
        apply_by=deadlines.apply_by(first_day, within_days=terms.apply_within_days),
        contribution_days=terms.contribution_within_days,
        contribution_by=deadlines.contribution_by(
            enrolment.applied_on, within_days=terms.contribution_within_days
        )
        if enrolment.applied_on
        else None,
        pay_by=deadlines.wallet_pays_by(applied_on, years=terms.finish_within_years),
        estimate=_estimate(enrolment, amounts, terms=terms, on=applied_on),
    )


def _estimate(
    enrolment: Enrolment, amounts: Totals, *, terms: SchemeTerms, on: date
) -> SubsidyEstimate | None:
    """Return what the wallet may bring (SUB-2), ``None`` where the size is unknown."""
    client, program = enrolment.client, enrolment.course.program
    conditions = Conditions.objects.on(on)
    size = client.size(conditions.sizes) if conditions else Size.UNKNOWN
    rate = terms.rate_for(size, group=program.theme_group)
    if rate is None:
        return None
    found = estimate(
        amounts.wallet,
        rate=rate,
        cap=terms.cap,
        minimum=terms.minimum_cost,
        used=room_used(client, year=on.year),
    )
    return SubsidyEstimate(
        year=on.year,
        size_label=str(ENTERPRISES[size]),
        base=found.base,
        rate=found.rate,
        subsidy=found.subsidy,
        own_contribution=found.own_contribution,
    )
