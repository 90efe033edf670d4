"""What the processes of ``test_drills`` do, each on an installation of its own."""

from __future__ import annotations

import json
import multiprocessing
import os
from multiprocessing.synchronize import Barrier
from pathlib import Path

from django.db import connections
from django.test import override_settings

from ownyourstory.outbox import post
from ownyourstory.outbox.channel import Parcel, Receipt
from ownyourstory.outbox.models import Attempt, Dispatch

from .channels import put_in

CALLS = "calls.txt"


class Counting:
    """A channel that writes down each call in a file that all processes share."""

    def send(self, parcel: Parcel) -> Receipt:
        file = os.open(Path(parcel.recipient), os.O_WRONLY | os.O_APPEND)
        os.write(file, f"{parcel.key}\n".encode())
        os.close(file)
        return Receipt(parcel.key)

    def look_up(self, parcel: Parcel) -> Receipt | None:
        raise AssertionError("nothing is in doubt here")

    def follow(self, parcel: Parcel, reference: str) -> Receipt:
        raise AssertionError("nothing is on its way here")


def race(*, dispatches: int, processes: int, folder: str) -> None:
    """Let all processes bring each dispatch at the same moment; print what was done."""
    calls = Path(folder) / CALLS
    calls.touch()
    with override_settings(OUTBOX_CHANNELS={"test": f"{__name__}.Counting"}):
        keys = [
            put_in(key=f"test:{at}", recipient=str(calls)).pk
            for at in range(dispatches)
        ]
        connections.close_all()
        context = multiprocessing.get_context("fork")
        gate = context.Barrier(processes)
        racers = [
            context.Process(target=_bring, args=(keys, gate)) for _ in range(processes)
        ]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()
    outcome = {
        "ends": [racer.exitcode for racer in racers],
        "calls": sorted(calls.read_text().split()),
        "states": sorted(set(Dispatch.objects.values_list("state", flat=True))),
        "attempts": Attempt.objects.count(),
    }
    print(json.dumps(outcome))  # noqa: T201 – read by the test


def _bring(keys: list[int], gate: Barrier) -> None:
    for key in keys:
        gate.wait(timeout=60)  # a racer that died stops the others
        post.deliver(key)
