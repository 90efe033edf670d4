"""What of the money needs a person: for the start page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from .models import BankTransaction, Bookkeeping, Receipt


def money(request: HttpRequest, *, on: date) -> dict[str, Any]:
    """Return the context of ``admin/invoicing/_money_to_do.html``, as counts.

    Transactions of the bank to look at, what is late directly (PAY-2), and receipts on
    which too much came. Nothing for somebody who may not see them.
    """
    counts = {}
    if request.user.has_perm("invoicing.view_banktransaction"):
        came = BankTransaction.objects.to_look_at().filter(amount__gt=0)
        counts["bank_count"] = came.count()
    if request.user.has_perm("invoicing.view_receipt"):
        cents = Bookkeeping.objects.current().most_let_go
        late = Receipt.objects.direct().filter(open__gt=cents, due_on__lt=on)
        counts["late_count"] = late.count()
        counts["astray_count"] = Receipt.objects.filter(open__lt=0).count()
    return counts
