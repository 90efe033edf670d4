"""What was issued before gets its entries and receipts; VAT rates their grids.

Worked out from the records as issued: PAY-2, VAT-3 and EXP-1 in docs/rules.md.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import migrations
from django.db.models import Sum

from clients.identifiers import is_eu_country
from invoicing import guards
from ownyourstory import history

GRIDS = {6: "01", 12: "02", 21: "03"}
ENDS = ("refused_by_us", "refused", "stopped", "lapsed")
ZERO = Decimal(0)
BATCH = 500


def set_up(apps: Any, _schema_editor: Any) -> None:
    apps.get_model("invoicing", "Bookkeeping").objects.create(pk=1)
    rates = apps.get_model("invoicing", "VatRate").objects
    for percent, grid in GRIDS.items():
        rates.filter(percent=percent).update(grid=grid)


def enter(apps: Any, _schema_editor: Any) -> None:
    """Write the entries of each issued document, from its record."""
    entries = apps.get_model("invoicing", "JournalEntry").objects
    issued = apps.get_model("invoicing", "Invoice").objects.filter(status="issued")
    for invoice in issued.order_by("pk").iterator(BATCH):
        document = invoice.record["document"]
        buyer = document["buyer"]
        for position, group in enumerate(document["totals"]["groups"], start=1):
            text = next(
                line["description"]
                for line in document["lines"]
                if (line["treatment"], Decimal(line["vat_rate"]))
                == (group["treatment"], Decimal(group["rate"]))
            )
            country = buyer["address"]["country"]
            base_grid, vat_grid = _grids(invoice.kind, group, country)
            entries.create(
                invoice=invoice,
                position=position,
                description=" ".join(text.split())[:200],
                treatment=group["treatment"],
                vat_rate=Decimal(group["rate"]),
                base=Decimal(group["base"]),
                vat=Decimal(group["vat"]),
                base_grid=base_grid,
                vat_grid=vat_grid,
                buyer_number=buyer["client_number"],
                enterprise_number=_bare(buyer["enterprise_number"]),
                vat_number=_bare(buyer["vat_number"]),
                country=country,
            )


def _grids(kind: str, group: Any, country: str) -> tuple[str, str]:
    is_credit = kind == "credit_note"
    is_standard = group["treatment"] == "standard"
    in_eu = country != "BE" and is_eu_country(country)
    base = ""
    if is_standard:
        base = GRIDS.get(int(Decimal(group["rate"])), "03")
    elif group["treatment"] == "exempt_44":
        base = "00"
    elif group["treatment"] == "reverse_charge":
        base = "45" if country == "BE" else "44" if in_eu else "47"
    elif group["treatment"] == "outside_scope" and not in_eu and country != "BE":
        base = "47"
    if is_credit and base:
        base = "48" if base == "44" else "49"
    return base, ("64" if is_credit else "54") if is_standard else ""


def _bare(number: str) -> str:
    return "".join(filter(str.isalnum, number))


def expect(apps: Any, _schema_editor: Any) -> None:
    """Work out the receipts of each issued invoice."""
    invoices = apps.get_model("invoicing", "Invoice").objects
    receipts = apps.get_model("invoicing", "Receipt").objects
    payments = apps.get_model("invoicing", "Payment").objects
    steps = apps.get_model("programs", "DossierStep").objects
    seller = apps.get_model("invoicing", "Seller").objects.get(pk=1)
    term = timedelta(days=seller.payment_term_days)
    issued = invoices.filter(status="issued", kind="invoice")
    for invoice in issued.select_related("enrolment").order_by("pk").iterator(BATCH):
        credited = invoices.filter(credits=invoice, status="issued").aggregate(
            wallet=Sum("wallet_amount"), direct=Sum("direct_amount")
        )
        came = {
            channel: payments.filter(
                invoice=invoice, channel=channel, corrected_at=None
            ).aggregate(sum=Sum("amount"))["sum"]
            or ZERO
            for channel in ("wallet", "direct")
        }
        wallet = (invoice.wallet_amount or ZERO) - (credited["wallet"] or ZERO)
        direct = (invoice.direct_amount or ZERO) - (credited["direct"] or ZERO)
        due_on = direct_due = invoice.due_on
        enrolment = invoice.enrolment
        if invoice.via_wallet and enrolment and enrolment.state in ENDS:
            moved = max(wallet - came["wallet"], ZERO)
            wallet, direct = wallet - moved, direct + moved
            last = steps.filter(enrolment=enrolment, corrected_at=None)
            if moved and last.exists():
                ended_on = last.order_by("pk").last().happened_on
                direct_due = max(due_on, ended_on + term)
        told = invoice.record["document"]["wallet"]
        for channel, asked, expected, day in [
            (
                "wallet",
                invoice.wallet_amount,
                wallet,
                told["pay_by"] if told else due_on,
            ),
            ("direct", invoice.direct_amount, direct, direct_due),
        ]:
            if asked or expected or came[channel]:
                receipts.create(
                    invoice=invoice,
                    channel=channel,
                    expected=expected,
                    received=came[channel],
                    open=expected - came[channel],
                    due_on=day,
                )


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0011_books_and_receipts"),
        ("programs", "0009_reminders_and_calendar"),
    ]

    operations = [
        migrations.RunPython(set_up, migrations.RunPython.noop),
        migrations.RunPython(enter, migrations.RunPython.noop),
        migrations.RunPython(expect, migrations.RunPython.noop),
        migrations.RunPython(history.begin("invoicing"), migrations.RunPython.noop),
        migrations.RunPython(guards.install, guards.remove),
    ]
