"""What issued invoices take of a year's cap is kept with their dossiers."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import migrations
from django.db.models import Sum

CENT = Decimal("0.01")


def tell(apps: Any, _schema_editor: Any) -> None:
    """Copy the estimate of each issued wallet invoice, less what was credited."""
    invoices = apps.get_model("invoicing", "Invoice")
    enrolments = apps.get_model("programs", "Enrolment")
    found = invoices.objects.filter(
        kind="invoice", status="issued", subsidy_estimate__isnull=False
    )
    # Of one that was redone the last invoice counts.
    for invoice in found.order_by("pk"):
        notes = invoices.objects.filter(credits=invoice, status="issued")
        credited = notes.aggregate(sum=Sum("wallet_amount"))["sum"] or Decimal(0)
        whole = invoice.wallet_amount
        left = whole - credited
        estimate = invoice.subsidy_estimate * left / whole if whole else Decimal(0)
        enrolments.objects.filter(pk=invoice.enrolment_id).update(
            subsidy_year=invoice.subsidy_year,
            subsidy_base=left,
            subsidy_rate=invoice.record["document"]["wallet"]["estimate"]["rate"],
            subsidy_estimate=estimate.quantize(CENT, rounding=ROUND_HALF_UP),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0007_days_in_reason"),
        ("programs", "0007_applied_dossiers"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
