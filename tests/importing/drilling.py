"""What the processes of ``test_drills`` do, on an installation of its own."""

from __future__ import annotations

import json
import multiprocessing
from multiprocessing.synchronize import Barrier

from django.db import connections

from clients.importing import ClientResource
from clients.models import Client

from .lists import csv_of

HEADER = ["Naam", "Soort", "Adres", "Postcode", "Gemeente"]
PEOPLE = [
    [f"Jan {n}", "particulier", "Kerkstraat 1", "9000", "Gent"] for n in range(20)
]


def race(*, processes: int) -> None:
    """Let all processes bring in one list at the same moment; print what was done."""
    file = csv_of([HEADER, *PEOPLE])
    shown = ClientResource().try_out(file).digest
    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(processes)
    racers = [
        context.Process(target=_bring_in, args=(file, shown, gate))
        for _ in range(processes)
    ]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    outcome = {
        "ends": sorted(racer.exitcode or 0 for racer in racers),
        "clients": Client.objects.count(),
        "history": Client.history.count(),
    }
    print(json.dumps(outcome))  # noqa: T201 – read by the test


def _bring_in(file: bytes, shown: str, gate: Barrier) -> None:
    """End with 0 where it was brought in, with 3 where nothing was stored."""
    gate.wait(timeout=60)
    done = ClientResource().bring_in(file, shown=shown)
    raise SystemExit(0 if done else 3)
