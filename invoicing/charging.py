"""What an enrolment comes to: as invoiced, and before that as it would be (INV-6)."""

from __future__ import annotations

from datetime import date

from ownyourstory.money import ZERO
from programs.charges import Charges
from programs.models import Enrolment

from .documents.document import Kind
from .drafting import totals_of
from .models import Channel, Invoice
from .receipts.reading import receipts_of


def charges_of(enrolment: Enrolment, *, on: date) -> Charges | None:
    """Return what goes which way for ``enrolment``, less what was credited.

    ``None`` while it is not invoiced and cannot be told yet.
    """
    issued = Invoice.objects.issued().filter(kind=Kind.INVOICE, is_cancelled=False)
    invoice = issued.filter(enrolment=enrolment).first()
    if invoice is not None:
        expected = {
            channel: receipt.expected
            for channel, receipt in receipts_of(invoice).items()
        }
        return Charges(
            wallet=expected.get(Channel.WALLET, ZERO),
            direct=expected.get(Channel.DIRECT, ZERO),
        )
    found = totals_of(enrolment, on=on)
    return Charges(wallet=found.wallet, direct=found.direct) if found else None
