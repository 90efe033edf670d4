"""How long a large bank file takes, on a database of its own that is thrown away.

    DEBUG=true .venv/bin/python -m tests.invoicing.receipts.bank.measuring

10,000 transactions against 20,000 open receipts, by default.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal


def main(transactions: int, receipts: int) -> None:
    """Print the seconds of each step, for each format."""
    # Django must know where its data lies before anything of ours is loaded.
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, reset_queries

    from invoicing.models import Payment, Receipt
    from invoicing.receipts.bank import booking
    from invoicing.receipts.bank.worklist import worklist
    from tests.factories import complete_seller, noon

    from .building import DAY, Row, camt, coda
    from .stock import Wanted, digits, stock

    call_command("migrate", verbosity=0)
    complete_seller()
    singles = receipts // 2
    wanted = [Wanted(direct=f"{100 + at % 50}.{at % 100:02d}") for at in range(singles)]
    for at in range(receipts // 4):
        number = f"2026KMO{at:06d}"
        wanted.append(Wanted(direct="12.60", wallet="48.00", application=number))
    invoices = stock(wanted)
    _say(f"{Receipt.objects.filter(open__gt=0).count()} open receipts")
    today = date(2026, 3, 20)
    for name, build, some in [
        ("CODA", coda, invoices[:transactions]),
        ("camt.053", camt, invoices[transactions : 2 * transactions]),
    ]:
        rows = [Row(f"{one.direct_amount}", communication=digits(one)) for one in some]
        rows += [
            Row(f"{at % 90 + 10}.{at % 97:02d}", text=f"betaling {at}", name=f"K {at}")
            for at in range(transactions - len(rows))
        ]
        content = build(*rows)
        reset_queries()
        start = time.perf_counter()
        looked = booking.look(content, today=today)
        middle = time.perf_counter()
        asked = len(connection.queries)
        brought = booking.bring_in(
            content, name=name, now=noon(DAY), today=today, by=None
        )
        end = time.perf_counter()
        again = booking.bring_in(
            content, name=name, now=noon(DAY), today=today, by=None
        )
        last = time.perf_counter()
        _say(
            f"{name}: {len(content) / 1e6:.1f} MB, preview {middle - start:.2f} s "
            f"({asked} queries), read, judged and booked {end - middle:.2f} s "
            f"({len(connection.queries) - asked} queries with the next), again "
            f"{last - end:.2f} s; new {brought.new}, booked {brought.booked}, "
            f"then seen {again.seen}, previewed {len(looked.new)}"
        )
    start = time.perf_counter()
    waiting = len(worklist())
    _say(f"{waiting} to look at, judged in {time.perf_counter() - start:.2f} s")
    total = sum((one.amount for one in Payment.objects.all()), Decimal(0))
    _say(f"{Payment.objects.count()} payments, EUR {total}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATA_DIR": folder, "DEBUG": os.environ.get("DEBUG", "true")}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ownyourstory.settings")
        main(*[int(one) for one in sys.argv[1:3]] or (10_000, 20_000))
