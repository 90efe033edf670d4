"""What the tables of a dossier say: what was agreed, the steps, who was there."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from invoicing.models import Payment, Seller
from ownyourstory.sheets import csv_bytes
from programs.file_facts import findings
from programs.models import Attendance, DossierStep, Enrolment
from programs.retention import kept_until
from programs.wording import PIECES, STANDINGS


def agreed(enrolment: Enrolment, *, today: date) -> bytes:
    """Return what was agreed, and how each piece of the file stands."""
    client, course = enrolment.client, enrolment.course
    facts = [
        (_("client"), client),
        (_("enterprise number"), client.enterprise_number),
        (_("program"), course.program),
        (_("place"), course.place),
        (_("days"), ", ".join(day.isoformat() for day in course.days)),
        (_("hours"), course.hours),
        (_("agreed on"), enrolment.agreed_on),
        (_("agreed (excl. VAT)"), enrolment.training_amount),
        (
            _("pays with the KMO-portefeuille"),
            _("yes") if enrolment.uses_wallet else _("no"),
        ),
        (_("application number"), enrolment.application_number),
        (_("applied on"), enrolment.applied_on),
        (_("how far it is"), enrolment.get_state_display()),
        (_("kept until"), _kept_until(enrolment)),
        (_("estimated subsidy (EUR)"), enrolment.subsidy_estimate),
        (_("subsidy granted (EUR)"), enrolment.granted_subsidy),
    ]
    people = [
        (_("participant"), f"{one.name} ({one.get_role_display()})")
        for one in enrolment.participants.all()
    ]
    file = [
        (PIECES[found.piece], STANDINGS[found.standing])
        for found in findings(enrolment, today=today)
    ]
    return csv_bytes([_("what"), _("value")], [*facts, *people, *file])


def _kept_until(enrolment: Enrolment) -> date | None:
    """Return the last day on which nothing of it is deleted (DOS-9)."""
    first = enrolment.course.first_day
    years = Seller.objects.current().dossier_retention_years
    return kept_until(first, years=years) if first else None


def steps(enrolment: Enrolment) -> bytes:
    """Return the steps as they were taken, the corrected ones too."""
    header = [
        _("step"),
        _("on"),
        _("reason"),
        _("recorded at"),
        _("recorded by"),
        _("taken back at"),
        _("taken back by"),
        _("why it was taken back"),
    ]
    taken = DossierStep.objects.filter(enrolment=enrolment).order_by("pk")
    return csv_bytes(
        header,
        [
            [
                step.get_state_display(),
                step.happened_on,
                step.reason,
                step.recorded_at,
                step.recorded_by,
                step.corrected_at,
                step.corrected_by,
                step.correction,
            ]
            for step in taken.select_related("recorded_by", "corrected_by")
        ],
    )


def check(enrolment: Enrolment) -> bytes:
    """Return what the provider's check of the application found (DOS-8)."""
    header = [_("question"), _("answer"), _("reason"), _("checked at"), _("checked by")]
    return csv_bytes(
        header,
        [
            [
                one.get_question_display(),
                _("yes") if one.is_right else _("no"),
                one.reason,
                one.checked_at,
                one.checked_by,
            ]
            for one in enrolment.checks.select_related("checked_by")
        ],
    )


def payments(enrolment: Enrolment) -> bytes:
    """Return what came in for its invoices, went back or was let go.

    What was taken back stands there too.
    """
    header = [
        _("invoice"),
        _("received on"),
        _("amount (EUR)"),
        _("came"),
        _("recorded at"),
        _("recorded by"),
        _("taken back at"),
        _("why it was taken back"),
        _("kind"),
        _("reason"),
    ]
    came = Payment.objects.filter(invoice__enrolment=enrolment)
    return csv_bytes(
        header,
        [
            [
                payment.invoice.number,
                payment.received_on,
                payment.amount,
                payment.get_channel_display(),
                payment.recorded_at,
                payment.recorded_by,
                payment.corrected_at,
                payment.correction,
                payment.get_kind_display(),
                payment.reason,
            ]
            for payment in came.select_related("invoice", "recorded_by")
        ],
    )


def attendance(attendances: list[Attendance]) -> bytes:
    """Return who was there, as it was recorded, the withdrawn signatures too."""
    header = [
        _("day"),
        _("participant"),
        _("works there as"),
        _("present"),
        _("hours"),
        _("how it is known"),
        _("signed at"),
        _("signature (SHA-256)"),
        _("recorded at"),
        _("recorded by"),
        _("withdrawn at"),
        _("why it was withdrawn"),
    ]
    return csv_bytes(
        header,
        [
            [
                row.session.day,
                row.participant,
                row.participant.get_role_display(),
                _("yes") if row.is_present else _("no"),
                row.hours,
                row.get_source_display(),
                row.signed_at,
                row.signature,
                row.recorded_at,
                row.recorded_by,
                row.withdrawn_at,
                row.withdrawn_because,
            ]
            for row in attendances
        ],
    )
