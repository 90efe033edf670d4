"""An enrolment becomes a draft invoice."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from clients.identifiers import is_eu_country
from clients.models import Client
from ownyourstory.money import ZERO
from programs.eligibility import Delivery
from programs.models import Course, Enrolment

from .documents.document import Kind, Unit
from .documents.totals import Totals, totals
from .documents.vat import Proposal, Treatment, propose
from .lifecycle import LifecycleError
from .models import Invoice, InvoiceLine, Seller, VatRate
from .wording import TREATMENTS, WHY


@transaction.atomic
def draft_invoice(enrolment_id: int, *, on: date) -> Invoice:
    """Return the draft invoice of an enrolment, made now if there is none yet.

    The training is the first line, each extra a line of its own; the VAT
    treatment of all is proposed with its reason (VAT-2). Asking twice gives the
    same draft.

    Raises LifecycleError if the enrolment was invoiced, or has no days or nobody
    who comes.
    """
    # The client first, as whoever takes a step of the dossier locks them.
    clients = Client.objects.filter(enrolments=enrolment_id)
    list(clients.select_for_update(of=["self"]))
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    existing = enrolment.invoices.filter(kind=Kind.INVOICE, is_cancelled=False).first()
    if existing is not None:
        if existing.is_draft:
            return existing
        raise LifecycleError(
            _("This enrolment was invoiced already: %s.") % existing.number
        )
    course = enrolment.course
    first_day, last_day = course.first_day, course.last_day
    if first_day is None or last_day is None:
        raise LifecycleError(_("The course has no session days yet: add them first."))
    if not enrolment.participants.exists():
        raise LifecycleError(_("Nobody is enrolled yet: add the participants first."))

    invoice = Invoice.objects.create(
        client=enrolment.client,
        enrolment=enrolment,
        via_wallet=enrolment.uses_wallet,
        service_from=first_day,
        service_until=last_day,
        order_reference=enrolment.order_reference,
    )
    proposal = propose_vat(enrolment.client, course=course)
    with translation.override(enrolment.client.language):
        lines = [_training_line(enrolment, proposal, on=on)]
        lines += _extra_lines(enrolment, proposal, on=on)
    for position, line in enumerate(lines, start=1):
        line.invoice = invoice
        line.position = position
    bulk_create_with_history(lines, InvoiceLine)
    return invoice


def totals_of(enrolment: Enrolment, *, on: date) -> Totals | None:
    """Return what a draft of an enrolment would come to.

    ``None`` while there is no VAT rate for the day, or a discount is more than its
    line.
    """
    proposal = propose_vat(enrolment.client, course=enrolment.course)
    try:
        lines = [_training_line(enrolment, proposal, on=on)]
        lines += _extra_lines(enrolment, proposal, on=on)
    except LifecycleError:
        return None
    priced = [line.priced() for line in lines]
    if any(line.net < ZERO for line in priced):
        return None
    return totals(priced, via_wallet=enrolment.uses_wallet)


def propose_vat(client: Client, *, course: Course | None) -> Proposal:
    """Return the VAT treatment to propose to ``client``, with the reason (VAT-2)."""
    is_open_in_belgium = (
        course is not None
        and course.is_in_belgium
        and course.program.delivery == Delivery.OPEN
    )
    return propose(
        seller_is_small_enterprise=Seller.objects.current().is_small_enterprise,
        buyer_country=client.country.code,
        buyer_in_eu=is_eu_country(client.country.code),
        buyer_has_vat_number=bool(client.vat_number),
        open_course_days_in_belgium=len(set(course.days))
        if course is not None and is_open_in_belgium
        else None,
    )


def proposal_in_words(draft: Invoice) -> str:
    """Return the VAT treatment proposed for a draft, and why, for the owner (VAT-2)."""
    course = draft.enrolment.course if draft.enrolment else None
    proposal = propose_vat(draft.client, course=course)
    return _("%(treatment)s, because: %(why)s") % {
        "treatment": TREATMENTS[proposal.treatment],
        "why": WHY[proposal.why],
    }


def _training_line(
    enrolment: Enrolment, proposal: Proposal, *, on: date
) -> InvoiceLine:
    course = enrolment.course
    days = ", ".join(date_format(day, "j F Y") for day in dict.fromkeys(course.days))
    return _line(
        proposal,
        on=on,
        description=f"{course.program.title()}\n{days}",
        quantity=enrolment.participants.count() if enrolment.is_per_person else 1,
        unit=Unit.PERSON if enrolment.is_per_person else Unit.LUMP_SUM,
        unit_price=enrolment.unit_price,
        discount=enrolment.discount,
        # Advice is never eligible, whatever else holds (PRG-1).
        is_eligible=course.program.is_training,
    )


def _extra_lines(
    enrolment: Enrolment, proposal: Proposal, *, on: date
) -> list[InvoiceLine]:
    return [
        _line(
            proposal,
            on=on,
            description=extra.description,
            quantity=extra.quantity,
            unit=Unit.PIECE,
            unit_price=extra.unit_price,
            is_eligible=extra.is_eligible and enrolment.course.program.is_training,
        )
        for extra in enrolment.extras.all()
    ]


def _line(proposal: Proposal, *, on: date, **fields: object) -> InvoiceLine:
    """Return an unsaved line with the proposed VAT, at the rate that holds on a day."""
    line = InvoiceLine(
        treatment=proposal.treatment, proposed_because=proposal.why, **fields
    )
    if proposal.treatment is Treatment.STANDARD:
        try:
            line.vat_rate = VatRate.objects.standard_on(on)
        except ValidationError as error:
            raise LifecycleError(" ".join(error.messages)) from error
    else:
        line.vat_rate = ZERO
    return line
