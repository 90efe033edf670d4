"""Invoices in every state: drafts of all sorts, issued, credited in part or in full."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from clients.models import Client
from invoicing import crediting, drafting, lifecycle
from invoicing.documents.document import Kind, Unit
from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, Means, VatRate
from ownyourstory.history import update_with_history
from programs.models import Enrolment

from .days import workday
from .post import Fate, bring

ISSUED = {
    "bakery_past": (-40, Fate.HANDED_OVER),
    "person_past": (-39, Fate.MAILED),
    "brussels_past": (-33, Fate.HANDED_OVER),
    "robotics_past": (-30, Fate.HANDED_OVER),
    "sole_trader_past": (-9, Fate.HANDED_OVER),
    "harbour_advice": (-3, Fate.TO_HAND_OVER),
    "dutch_now": (-2, Fate.TO_HAND_OVER),
}
"""Enrolments with an issued invoice: its day, in working days from today, and how it
went to the client."""

DRAFTS = (
    "bakery_soon",
    "robotics_now",
    "vzw_late",
    "sole_trader_soon",
    "robotics_past_registration",
)
"""Enrolments with a draft: two ready, one late, one without theme, one to accept."""

CREDITED = {
    "person_past": (-37, 1, "Geannuleerd wegens ziekte."),
    "brussels_past": (-32, 1, "Une des deux personnes n'est pas venue."),
}
"""Enrolments with a credit note: its day, for how many people, and why."""

REDUCED = {"Printed workbook": Decimal(6)}
"""Lines at another VAT rate than the one proposed: books are at 6 %."""

TALK = "LINDE-LEZING"
"""The client's reference by which the invoice without enrolment is found again."""


def put_in_invoices(
    clients: Mapping[str, Client], enrolments: Mapping[str, Enrolment], *, today: date
) -> None:
    """Make the invoices that are missing, the oldest first.

    Raises LifecycleError if a later invoice stands in the way: numbers follow
    dates (INV-1).
    """
    for name, (offset, fate) in ISSUED.items():
        enrolment = enrolments[name]
        if not enrolment.invoices.exists():
            day = workday(today, offset)
            draft = drafting.draft_invoice(enrolment.pk, on=day)
            for description, rate in REDUCED.items():
                reduced = draft.lines.filter(description=description)
                update_with_history(reduced, vat_rate=rate)
            _issue(draft, on=day, fate=fate)
    for name in CREDITED:
        _credit(name, enrolments[name], today=today)
    if not Invoice.objects.filter(order_reference=TALK).exists():
        talk = _talk(clients["vzw"], on=workday(today, -1))
        _issue(talk, on=workday(today, 0), fate=Fate.REFUSED)
    for name in DRAFTS:
        if not enrolments[name].invoices.exists():
            drafting.draft_invoice(enrolments[name].pk, on=today)


def _talk(client: Client, *, on: date) -> Invoice:
    """Return the draft of a talk: an invoice without any enrolment behind it."""
    draft = Invoice.objects.create(
        client=client, service_from=on, service_until=on, order_reference=TALK
    )
    draft.lines.create(
        description="Lezing “Wat vertel je over je buurt?”",
        quantity=2,
        unit=Unit.HOUR,
        unit_price=Decimal("137.50"),
        treatment=Treatment.STANDARD,
        vat_rate=VatRate.objects.standard_on(on),
    )
    return draft


def _issue(draft: Invoice, *, on: date, fate: Fate) -> None:
    """Issue ``draft`` on a day gone by, as if asked for that morning."""
    now = _morning(on)
    invoice = lifecycle.issue(draft.pk, on=on, now=now, means=Means.DOWNLOAD)
    bring(invoice, fate, at=now)


def _credit(name: str, enrolment: Enrolment, *, today: date) -> None:
    """Credit people of an invoice, unless it has a credit note already."""
    invoice = enrolment.invoices.filter(kind=Kind.INVOICE).earliest("pk")
    if invoice.credit_notes.exists():
        return
    offset, people, reason = CREDITED[name]
    fate = ISSUED[name][1]
    day = workday(today, offset)
    line = invoice.lines.earliest("position")
    request = crediting.Request(quantities={line.pk: Decimal(people)}, reason=reason)
    now = _morning(day)
    note = crediting.credit(invoice.pk, request, on=day, now=now, means=Means.DOWNLOAD)
    bring(note, fate, at=now)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
