"""What an invoice needs to be paid with the KMO-portefeuille.

PRG-1, REG-6, SUB-3 and INV-6 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from clients.validity import days_outside
from invoicing.models import Invoice, InvoiceLine
from ownyourstory.money import ZERO
from programs.models import Enrolment, Registration, SchemeTerms

from .problem import Caution, Problem


def wallet_problems(
    invoice: Invoice, lines: list[InvoiceLine], *, on: date
) -> Iterator[Problem]:
    if not invoice.via_wallet or invoice.enrolment is None:
        return
    enrolment = invoice.enrolment
    page = reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    if not enrolment.course.program.is_training:
        yield Problem(
            rule="PRG-1",
            message=_("Advice is never paid with the KMO-portefeuille."),
            remedy=_("Take the tick away: it can be an ordinary invoice."),
            link=page,
        )
        return
    yield from _dossier_problems(enrolment)
    yield from _registration_problems(enrolment, on=on, page=page)
    applied_on = enrolment.applied_on or on
    if not SchemeTerms.objects.valid_on(applied_on).exists():
        yield Problem(
            rule="SUB-3",
            message=_("There are no terms of the scheme for %s.")
            % date_format(applied_on),
            remedy=_("Add them under Terms of the scheme."),
            link=reverse("admin:programs_schemeterms_changelist"),
        )
    if lines and not any(
        line.is_eligible and line.priced().net > ZERO for line in lines
    ):
        yield Problem(
            rule="INV-6",
            message=_("There is nothing on it that the wallet may pay."),
            remedy=_("Tick the training line, or make it an ordinary invoice."),
            link=page,
        )


def _dossier_problems(enrolment: Enrolment) -> Iterator[Problem]:
    program = enrolment.course.program
    if not enrolment.participants.exists():
        yield Problem(
            rule="INV-6",
            message=_("The participants are not known."),
            remedy=_("Add their names to the enrolment."),
            link=reverse("admin:programs_enrolment_change", args=[enrolment.pk]),
        )
    if not enrolment.course.days:
        yield Problem(
            rule="INV-6",
            message=_("The course has no session days."),
            remedy=_("Add them to the course."),
            link=reverse("admin:programs_course_change", args=[enrolment.course_id]),
        )
    if program.theme is None:
        yield Problem(
            rule="PRG-2",
            message=_("The program has no theme."),
            remedy=_("Choose its theme: the application asks for it."),
            link=reverse("admin:programs_program_change", args=[program.pk]),
        )


def _registration_problems(
    enrolment: Enrolment, *, on: date, page: str
) -> Iterator[Problem]:
    """Yield each decisive day on which no training registration is valid (REG-6)."""
    windows = [row.window for row in Registration.objects.for_training()]
    decisive = [
        (enrolment.course.first_day, _("The training starts on %s")),
        (enrolment.applied_on, _("The application was made on %s")),
        (on, _("The invoice date is %s")),
    ]
    for day, sentence in decisive:
        if day is not None and days_outside([day], windows):
            yield Problem(
                rule="REG-6",
                message=_("%s: you have no valid registration for training then.")
                % (sentence % date_format(day)),
                remedy=_(
                    "Add the renewal under Registrations, or take the tick of the "
                    "KMO-portefeuille away: it can be an ordinary invoice."
                ),
                link=page,
            )


def warnings(invoice: Invoice) -> list[Caution]:
    """Return what the owner must accept before ``invoice`` is issued (REG-6)."""
    if not invoice.via_wallet or invoice.enrolment is None:
        return []
    registrations = Registration.objects.for_training()
    later = invoice.enrolment.course.days[1:]
    late = days_outside(later, [row.window for row in registrations])
    if not late:
        return []
    return [
        Caution(
            code="sessions_past_registration",
            rule="REG-6",
            message=_(
                "Sessions lie outside the registration: %(days)s. The subsidy for "
                "them is not certain unless the registration is renewed."
            )
            % {"days": _listed(late)},
        )
    ]


def _listed(days: Iterable[date]) -> str:
    return get_text_list([date_format(day) for day in days], _("and"))
