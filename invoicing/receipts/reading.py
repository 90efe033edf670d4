"""What an invoice expects, whether it is paid, and what to do where not. PAY-2."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from invoicing.models import Bookkeeping, Channel, Invoice, Receipt
from ownyourstory.money import ZERO

from .standing import Advice, Split, advice


def receipts_of(invoice: Invoice) -> dict[Channel, Receipt]:
    """Return the one or two receipts that an issued invoice expects (PAY-2)."""
    return {Channel(row.channel): row for row in invoice.receipts.order_by("-channel")}


def is_paid(receipts: Mapping[Channel, Receipt]) -> bool:
    """Tell whether all that was expected is in (PAY-2)."""
    return all(receipt.is_settled for receipt in receipts.values())


def advice_on(receipts: Mapping[Channel, Receipt]) -> list[tuple[Advice, Decimal]]:
    """Return what the owner does about money that does not fit, with the amounts."""
    rows = [receipts.get(channel) for channel in (Channel.WALLET, Channel.DIRECT)]
    still = Split(*(row.open if row else ZERO for row in rows))
    came = Split(*(row.received if row else ZERO for row in rows))
    most = Bookkeeping.objects.current().most_let_go
    return list(advice(still, came=came, most_let_go=most))
