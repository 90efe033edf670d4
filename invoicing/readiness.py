"""What stands between a draft and its number: every problem at once.

Each problem names its rule, says what is wrong and what to do, in the active
language, and links to the page where it can be mended. Nothing here writes.
INV-1, INV-2, VAT-2, REG-6 and PRG-1 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from clients.validity import days_outside
from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import percent
from programs.models import Enrolment, Registration, SchemeTerms

from .documents.document import Kind
from .documents.vat import Treatment
from .models import BookClosing, Invoice, InvoiceLine, NumberSeries, Seller, VatRate


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before issuing: what, how, and where (an address or '')."""

    rule: str
    message: str
    remedy: str
    link: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the owner may accept, under a code that is kept on the invoice."""

    code: str
    rule: str
    message: str

    def __str__(self) -> str:
        return self.message


def problems(
    invoice: Invoice, *, seller: Seller, series: NumberSeries, on: date, today: date
) -> list[Problem]:
    """Return all that forbids issuing ``invoice`` on day ``on``; empty: nothing.

    ``today`` is the day on which it is asked: no invoice is dated after it.
    """
    lines = list(invoice.lines.all())
    return [
        *_seller_problems(seller),
        *_date_problems(series, on=on, today=today),
        *_line_problems(invoice, lines, on=on),
        *_vat_problems(invoice, lines, seller=seller),
        *_wallet_problems(invoice, lines, on=on),
    ]


def credit_problems(
    note: Invoice, *, seller: Seller, series: NumberSeries, on: date, today: date
) -> list[Problem]:
    """Return all that forbids issuing a credit note on day ``on`` (INV-1, INV-2)."""
    found = [
        *_seller_problems(seller),
        *_date_problems(series, on=on, today=today),
    ]
    original = note.credits
    if original is not None and original.issued_on and on < original.issued_on:
        found.append(
            Problem(
                rule="INV-4",
                message=_("The invoice itself is dated %s.")
                % date_format(original.issued_on),
                remedy=_("Choose that day or a later one."),
            )
        )
    return found


def problems_today(invoice: Invoice, *, today: date) -> list[Problem]:
    """Return all that forbids issuing ``invoice`` today; empty: nothing."""
    return problems(
        invoice,
        seller=Seller.objects.current(),
        series=NumberSeries.objects.planned(kind=Kind(invoice.kind), year=today.year),
        on=today,
        today=today,
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


SELLER_NEEDS = (
    "legal_name",
    "legal_form",
    "enterprise_number",
    "street",
    "postal_code",
    "city",
    "court",
    "iban",
    "bic",
    "bank",
    "email",
    "website",
)


def _seller_problems(seller: Seller) -> Iterator[Problem]:
    missing = [
        str(field.verbose_name)
        for field in Seller._meta.fields
        if field.name in SELLER_NEEDS and not getattr(seller, field.name)
    ]
    if missing:
        yield Problem(
            rule="INV-2",
            message=_("Your own company is not complete: %s.")
            % get_text_list(missing, _("and")),
            remedy=_("Fill it in under Own company."),
            link=reverse("admin:invoicing_seller_change", args=[seller.pk]),
        )


def _date_problems(series: NumberSeries, *, on: date, today: date) -> Iterator[Problem]:
    if on > today:
        yield Problem(
            rule="INV-1",
            message=_("The invoice date %s lies in the future.") % date_format(on),
            remedy=_("Choose today or an earlier day."),
        )
    closed = BookClosing.objects.closed_until()
    if closed is not None and on <= closed:
        yield Problem(
            rule="EXP-4",
            message=_("The books are closed up to %s.") % date_format(closed),
            remedy=_("Choose a later date, or reopen the period."),
            link=reverse("admin:invoicing_bookclosing_changelist"),
        )
    last = Invoice.objects.filter(series=series.pk).order_by("-sequence").first()
    if series.pk and last and last.issued_on and last.issued_on > on:
        yield Problem(
            rule="INV-1",
            message=_("Invoice %(number)s is dated %(day)s, after this date.")
            % {"number": last.number, "day": date_format(last.issued_on)},
            remedy=_("Choose that day or a later one: numbers follow dates."),
        )


def _line_problems(
    invoice: Invoice, lines: list[InvoiceLine], *, on: date
) -> Iterator[Problem]:
    page = reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    if not lines:
        yield Problem(
            rule="INV-2",
            message=_("There is no line on it."),
            remedy=_("Add what you charge for."),
            link=page,
        )
    if invoice.discount and invoice.discount > sum(
        (line.priced().net for line in lines), ZERO
    ):
        yield Problem(
            rule="VAT-1",
            message=_("The discount is more than the lines come to."),
            remedy=_("Lower the discount."),
            link=page,
        )
    known = set(VatRate.objects.valid_on(on).values_list("percent", flat=True))
    for line in lines:
        if line.priced().net < 0:
            yield Problem(
                rule="VAT-1",
                message=_("Line “%s” comes out below zero.") % _short(line),
                remedy=_("Lower its discount."),
                link=page,
            )
        if line.treatment == Treatment.STANDARD and line.vat_rate not in known:
            yield Problem(
                rule="VAT-2",
                message=_("Line “%(line)s” has %(rate)s VAT: no rate of that day.")
                % {"line": _short(line), "rate": percent(line.vat_rate)},
                remedy=_("Choose another rate, or add it under VAT rates."),
                link=page,
            )


def _vat_problems(
    invoice: Invoice, lines: list[InvoiceLine], *, seller: Seller
) -> Iterator[Problem]:
    page = reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    used = {Treatment(line.treatment) for line in lines}
    if Treatment.REVERSE_CHARGE in used and not invoice.client.foreign_vat_number:
        yield Problem(
            rule="VAT-2",
            message=_("Reverse charge needs the VAT number of a business abroad."),
            remedy=_("Fill in the client's VAT number, or charge VAT."),
            link=reverse("admin:clients_client_change", args=[invoice.client_id]),
        )
    if {Treatment.EXEMPT_TRAINING, Treatment.SMALL_ENTERPRISE} <= used:
        yield Problem(
            rule="VAT-2",
            message=_("Two grounds for exemption on one invoice."),
            remedy=_("Make two invoices, one for each ground."),
            link=page,
        )
    if Treatment.OUTSIDE_SCOPE in used and len(used) > 1:
        yield Problem(
            rule="VAT-2",
            message=_("Lines outside the scope of VAT stand beside others."),
            remedy=_("Put them on an invoice of their own."),
            link=page,
        )
    is_small = Treatment.SMALL_ENTERPRISE in used
    if lines and is_small != seller.is_small_enterprise:
        yield Problem(
            rule="VAT-2",
            message=_("The lines and your own VAT scheme do not agree."),
            remedy=_(
                "The small-enterprise scheme goes for all you sell or for nothing: "
                "check the lines and Own company."
            ),
            link=page,
        )


def _wallet_problems(
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


def _short(line: InvoiceLine) -> str:
    return line.description.splitlines()[0][:60] if line.description else "…"


def _listed(days: Iterable[date]) -> str:
    return get_text_list([date_format(day) for day in days], _("and"))
