"""How long a large sales journal takes, on a database of its own that is thrown away.

    DEBUG=true .venv/bin/python -m tests.invoicing.exports.measuring

100,000 rows by default, beside a bare loop over the columns that it reads.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

START, UNTIL = date(2026, 1, 1), date(2026, 3, 31)


def fill(rows: int) -> None:
    """Book so many documents, each with a payment."""
    from django.db import transaction

    from invoicing.models import Payment
    from tests.factories import noon
    from tests.factories.booked import Group, Sold, book

    with transaction.atomic():
        issued = book(
            Sold(
                on=START + timedelta(days=at * 90 // rows),
                groups=(Group(Decimal(at % 997) + Decimal("1.37")),),
            )
            for at in range(rows)
        )
        payments = (
            Payment(
                invoice=one,
                channel="direct",
                amount=one.gross or Decimal(1),
                received_on=UNTIL,
                recorded_at=noon(UNTIL),
            )
            for one in issued
        )
        Payment.objects.bulk_create(payments, 5000)


def main(rows: int) -> None:
    """Print seconds, first byte and memory of each format."""
    # Django must know where its data lies before anything of ours is loaded.
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections
    from django.utils.module_loading import import_string

    from invoicing.exports.booked import AT_ONCE, FIELDS, entries_of, journal
    from invoicing.exports.catalogue import WORKBOOK
    from invoicing.exports.period import Period
    from invoicing.models import Payment, Receipt
    from ownyourstory.sheets import csv_stream

    connections.close_all()
    child = os.fork()  # whose memory is no part of what is measured
    if not child:
        call_command("migrate", verbosity=0)
        fill(rows)
        os._exit(0)
    os.waitpid(child, 0)
    period = Period(START, UNTIL)
    _say(f"before: {_peak()} MB")
    start = time.perf_counter()
    for values in (
        entries_of(period).values_list(*FIELDS),
        Receipt.objects.values_list("invoice_id", "channel", "expected"),
        Payment.objects.values_list("invoice_id", "channel", "received_on", "amount"),
    ):
        for _row in values.iterator(AT_ONCE):
            pass
    _say(f"bare loops: {time.perf_counter() - start:.2f} s, peak {_peak()} MB")
    table = journal(period)
    at = datetime.combine(UNTIL, datetime.min.time())
    for name, stream in [
        ("CSV", csv_stream(table.header, table.rows())),
        ("XLSX", import_string(WORKBOOK)([table], at=at)),
    ]:
        start, first, size = time.perf_counter(), 0.0, 0
        for piece in stream:
            first = first or time.perf_counter() - start
            size += len(piece)
        _say(
            f"{name}: {rows} rows, {size / 1e6:.1f} MB, first byte "
            f"{first * 1000:.0f} ms, whole {time.perf_counter() - start:.2f} s, "
            f"peak {_peak()} MB"
        )


def _peak() -> int:
    """Return the most memory that this process had so far, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DEBUG": os.environ.get("DEBUG", "true")}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownyourstory.settings")
        main(*[int(one) for one in sys.argv[1:2]] or [100_000])
