"""Credit notes: the whole of an invoice or a part of it, taken back (INV-4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from ownyourstory.money import ZERO
from ownyourstory.templatetags.money import eur, quantity

from . import lifecycle
from .documents.credit import Left, left_of, part_of
from .documents.document import Kind
from .documents.refund import Cause, WalletState, refund
from .documents.totals import Totals, spread, totals
from .models import Invoice, InvoiceLine, Means, NumberSeries, Seller
from .readiness import credit_problems


@dataclass(frozen=True, slots=True)
class Creditable:
    """A line of an invoice, what is left of it, and its share of the discount."""

    line: InvoiceLine
    left: Left
    share: Decimal


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be credited: quantities by the key of the line, why, who gets what.

    ``refund`` is the text on who gets what back, as the owner confirmed it.
    """

    quantities: Mapping[int, Decimal]
    reason: str
    refund: str = ""


def creditable(invoice: Invoice) -> list[Creditable]:
    """Return each line of an issued invoice with what can still be credited of it."""
    lines = list(invoice.lines.prefetch_related("credited_by"))
    shares = spread(invoice.discount, over=[line.priced().net for line in lines])
    return [
        Creditable(
            line=line,
            left=left_of(
                line.priced(),
                credited=[part.priced() for part in line.credited_by.all()],
                share=share,
            ),
            share=share,
        )
        for line, share in zip(lines, shares, strict=True)
    ]


def amounts_of(invoice: Invoice, quantities: Mapping[int, Decimal]) -> Totals:
    """Return what crediting ``quantities`` of an invoice comes to.

    Raises LifecycleError if it is nothing, or more than is left of a line.
    """
    parts = [line.priced() for line in _credit_lines(invoice, quantities)]
    return totals(parts, via_wallet=invoice.via_wallet)


@transaction.atomic
def credit(
    invoice_id: int,
    request: Request,
    *,
    on: date,
    now: datetime,
    by: User | None = None,
    means: Means | None = None,
) -> Invoice:
    """Issue a credit note dated ``on`` for a part or the whole of an invoice.

    All or nothing, as issuing is. The invoice is locked first: what two people
    credit at once never comes to more than the line (INV-4).

    Raises LifecycleError if it is not an issued invoice or more than is left is
    asked, and NotReady with all other problems at once.
    """
    invoice = Invoice.objects.locked(invoice_id)
    if invoice.is_draft or invoice.kind != Kind.INVOICE:
        raise lifecycle.LifecycleError(_("Only an issued invoice can be credited."))
    lines = _credit_lines(invoice, request.quantities)
    note = Invoice.objects.create(
        kind=Kind.CREDIT_NOTE,
        credits=invoice,
        credit_reason=request.reason,
        refund=request.refund,
        client=invoice.client,
        enrolment=invoice.enrolment,
        via_wallet=invoice.via_wallet,
        service_from=invoice.service_from,
        service_until=invoice.service_until,
        order_reference=invoice.order_reference,
    )
    for position, line in enumerate(lines, start=1):
        line.invoice, line.position = note, position
    bulk_create_with_history(lines, InvoiceLine)

    series = NumberSeries.objects.locked(kind=Kind.CREDIT_NOTE, year=on.year)
    seller = Seller.objects.current()
    problems = credit_problems(
        note, seller=seller, series=series, on=on, today=timezone.localdate(now)
    )
    if problems:
        raise lifecycle.NotReady(problems, [])
    lifecycle.complete(
        note, series=series, seller=seller, on=on, now=now, by=by, means=means
    )
    if not any(part.left.quantity for part in creditable(invoice)):
        lifecycle.cancel(invoice)
    return note


@transaction.atomic
def credit_and_redo(
    invoice_id: int,
    request: Request,
    *,
    on: date,
    now: datetime,
    by: User | None = None,
    means: Means | None = None,
) -> tuple[Invoice, Invoice]:
    """Credit an invoice and return the credit note with a new draft of the invoice.

    The draft has the lines as they were before any credit. Raises as ``credit``
    does, and LifecycleError if something of the invoice remains.
    """
    note = credit(invoice_id, request, on=on, now=now, by=by, means=means)
    invoice = Invoice.objects.get(pk=invoice_id)
    if not invoice.is_cancelled:
        raise lifecycle.LifecycleError(
            _("Credit all of it to make a new draft: something would remain.")
        )
    draft = Invoice.objects.create(
        client=invoice.client,
        enrolment=invoice.enrolment,
        via_wallet=invoice.via_wallet,
        service_from=invoice.service_from,
        service_until=invoice.service_until,
        order_reference=invoice.order_reference,
        remark=invoice.remark,
        discount=invoice.discount,
    )
    lines = list(invoice.lines.all())
    for line in lines:
        line.pk, line.invoice, line.net = None, draft, None
    bulk_create_with_history(lines, InvoiceLine)
    return note, draft


def refund_proposal(
    invoice: Invoice,
    credited: Totals,
    *,
    state: WalletState,
    cause: Cause,
    paid: Decimal,
) -> str:
    """Return in words and amounts who gets what back, in the invoice's language.

    ``paid`` (EUR) is what the wallet paid, for ``WalletState.PART`` only. The scheme
    does not settle the split: the owner confirms the text or changes it.
    """
    before = sum(
        (part.left.net for part in creditable(invoice) if part.line.is_eligible), ZERO
    )
    found = refund(
        credited_wallet=credited.wallet,
        credited_direct=credited.direct,
        wallet_due=before,
        wallet_paid={
            WalletState.NOTHING: ZERO,
            WalletState.PART: paid,
            WalletState.ALL: before,
        }[state],
        subsidy_rate=_subsidy_rate(invoice),
    )
    with translation.override(invoice.language):
        sentences = [_CAUSES[cause]()] if cause in _CAUSES else []
        if found.direct:
            sentences.append(
                _(
                    "Of what you pay us directly, %s is cancelled; we pay it back "
                    "where you have paid it."
                )
                % eur(found.direct)
            )
        if state is WalletState.NOTHING:
            sentences.append(
                _("The wallet has paid nothing: do not order payment of %s.")
                % eur(credited.wallet)
            )
        if found.still_due:
            sentences.append(
                _("The wallet still has %s to pay.") % eur(found.still_due)
            )
        if found.own or found.subsidy:
            sentences.append(
                _(
                    "We pay back what the wallet paid too much: %(own)s of your own "
                    "contribution to you, %(subsidy)s of subsidy to the agency."
                )
                % {"own": eur(found.own), "subsidy": eur(found.subsidy)}
            )
    return " ".join(sentences)


_CAUSES = {
    Cause.PROVIDER: lambda: _("We cancel this training."),
    Cause.CLIENT: lambda: _("You withdraw from this training."),
}


def _subsidy_rate(invoice: Invoice) -> Decimal:
    """Return the agency's share in percent: of the estimate, capped as it was."""
    wallet = invoice.document().wallet
    if wallet is None or wallet.estimate is None or not wallet.estimate.base:
        return ZERO
    return 100 * wallet.estimate.subsidy / wallet.estimate.base


def _credit_lines(
    invoice: Invoice, quantities: Mapping[int, Decimal]
) -> list[InvoiceLine]:
    """Return the unsaved lines of a credit note.

    Raises LifecycleError if there would be none, or more than is left of a line.
    """
    lines = []
    for one in creditable(invoice):
        asked = quantities.get(one.line.pk, Decimal(0))
        if not asked:
            continue
        if not 0 < asked <= one.left.quantity:
            raise lifecycle.LifecycleError(
                _("“%(line)s”: only %(left)s can still be credited.")
                % {
                    "line": one.line.description.splitlines()[0],
                    "left": quantity(one.left.quantity),
                }
            )
        part = part_of(
            one.line.priced(), quantity=asked, left=one.left, share=one.share
        )
        lines.append(
            InvoiceLine(
                credits=one.line,
                description=one.line.description,
                quantity=part.quantity,
                unit=one.line.unit,
                unit_price=part.unit_price,
                discount=part.discount,
                treatment=part.treatment,
                vat_rate=part.vat_rate,
                is_eligible=part.eligible,
            )
        )
    if not lines:
        raise lifecycle.LifecycleError(_("Nothing was chosen to credit."))
    return lines
