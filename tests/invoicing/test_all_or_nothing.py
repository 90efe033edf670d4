"""A failure at any step of issuing leaves the draft and its series alone (INV-1)."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest
from django.conf import settings

from invoicing import lifecycle
from invoicing.delivery import handing
from invoicing.models import (
    Delivery,
    Invoice,
    InvoiceLine,
    InvoiceStatus,
    Means,
    NumberSeries,
    Seal,
    Seller,
    StoredFile,
)
from ownyourstory import archive
from ownyourstory.outbox import post as outbox
from ownyourstory.outbox.models import Dispatch
from tests.factories import MONDAY, complete_seller, issued, noon, wallet_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


class Broken(Exception):
    """What a step fails with here."""


def fail(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise Broken


STEPS: dict[str, tuple[object, str]] = {
    "looking for problems": (lifecycle, "problems"),
    "storing the number": (NumberSeries, "save"),
    "printing the number": (NumberSeries, "numbered"),
    "the communication": (lifecycle, "structured_communication"),
    "building the document": (lifecycle, "build"),
    "reading the logo": (Seller, "logo_bytes"),
    "printing the PDF": (lifecycle, "render_pdf"),
    "writing the e-invoice": (lifecycle, "ubl"),
    "checking the e-invoice": (lifecycle, "check"),
    "freezing the lines": (lifecycle, "_freeze_lines"),
    "recording the document": (lifecycle, "record_of"),
    "storing the invoice": (Invoice, "save"),
    "keeping the PDF": (archive, "store"),
    "storing the row of the PDF": (StoredFile, "save"),
    "sealing": (lifecycle, "seal"),
    "letting it set out": (handing, "begin"),
    "putting it into the outbox": (outbox, "put"),
}


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "later"])
@pytest.mark.parametrize(("place", "step"), STEPS.values(), ids=STEPS)
def test_a_failure_leaves_no_gap_and_no_half_invoice(
    monkeypatch: pytest.MonkeyPatch, place: object, step: str, *, is_first: bool
) -> None:
    monkeypatch.setattr(settings, "EINVOICE_API_KEY", "a-key")
    complete_seller()
    if not is_first:
        issued()
    draft = wallet_draft()
    before = state(draft)

    with monkeypatch.context() as broken:
        broken.setattr(place, step, fail)
        with pytest.raises(Broken):
            lifecycle.issue(
                draft.pk, on=MONDAY, now=noon(MONDAY), means=Means.ACCESS_POINT
            )

    assert state(draft) == before
    assert Invoice.objects.get(pk=draft.pk).status == InvoiceStatus.DRAFT
    invoice = lifecycle.issue(draft.pk, on=MONDAY, now=noon(MONDAY))
    assert invoice.number == ("2026-0001" if is_first else "2026-0002")


def state(draft: Invoice) -> dict[str, Any]:
    """Return all that issuing writes."""
    return {
        "invoice": Invoice.objects.filter(pk=draft.pk).values().get(),
        "lines": list(InvoiceLine.objects.filter(invoice=draft).values()),
        "series": list(NumberSeries.objects.values()),
        "files": list(StoredFile.objects.values()),
        "seals": list(Seal.objects.values()),
        "deliveries": list(Delivery.objects.values()),
        "post": list(Dispatch.objects.values()),
    }
