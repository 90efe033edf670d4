"""What ``test_concurrency`` runs on an installation of its own: issuers in parallel.

``python -m tests.invoicing.issuing_worker DRAFTS PROCESSES SHARED`` makes drafts and
then forks: each process issues its share of them, and all of them fight for the last
few. Prints what came of it as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Sequence
from unittest.mock import patch

import django

django.setup()  # before the models are imported

from django.db import connections  # noqa: E402

from invoicing import lifecycle  # noqa: E402
from invoicing.documents.document import Document  # noqa: E402
from invoicing.models import Invoice, NumberSeries, StoredFile  # noqa: E402
from tests.factories import (  # noqa: E402
    MONDAY,
    complete_seller,
    noon,
    ordinary_draft,
    wallet_draft,
)


def main(count: int, processes: int, shared: int) -> None:
    """Make the drafts, issue them, and print the outcome."""
    drafts = _make_drafts(count)
    own, last = drafts[:-shared], drafts[-shared:]
    shares = [own[at::processes] + last for at in range(processes)]
    connections.close_all()  # a connection does not survive a fork
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        given = pool.map(_issue, shares, chunksize=1)
    issued = Invoice.objects.issued().order_by("sequence")
    outcome = {
        "given": sorted(number for numbers in given for number in numbers),
        "issuers": sum(1 for numbers in given if numbers),
        "numbers": list(issued.values_list("number", flat=True)),
        "sequences": list(issued.values_list("sequence", flat=True)),
        "last": list(NumberSeries.objects.values_list("last", flat=True)),
        "drafts": Invoice.objects.drafts().count(),
        "files": StoredFile.objects.count(),
    }
    sys.stdout.write(json.dumps(outcome))


def _make_drafts(count: int) -> list[int]:
    """Return the keys of new drafts, half of them for the wallet."""
    complete_seller()
    drafts = [wallet_draft() if at % 2 else ordinary_draft() for at in range(count)]
    return [draft.pk for draft in drafts]


def _issue(drafts: Sequence[int]) -> list[str]:
    """Issue each of ``drafts`` and return the numbers they got.

    A draft that another process issued first is none of ours.
    """
    numbers = []
    with patch.object(lifecycle, "render_pdf", _stand_in):
        for draft in drafts:
            try:
                invoice = lifecycle.issue(draft, on=MONDAY, now=noon(MONDAY))
            except lifecycle.NotReady:
                raise
            except lifecycle.LifecycleError:
                continue
            numbers.append(invoice.number)
    return numbers


def _stand_in(document: Document, *, logo: bytes | None) -> bytes:
    """Return bytes of their own for each document: printing would take a minute."""
    return b"%PDF of " + document.number.encode()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
