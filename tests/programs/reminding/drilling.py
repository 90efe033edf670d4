"""What the processes of ``test_drills`` do, on an installation of its own."""

from __future__ import annotations

import json
import multiprocessing
from datetime import timedelta
from multiprocessing.synchronize import Barrier

from django.db import connections
from django.utils import timezone

from ownyourstory.outbox.models import Dispatch
from programs.models import Reminder
from programs.reminding import sending
from tests.factories import complete_seller
from tests.programs.steps import dossier


def race(*, dossiers: int, processes: int) -> None:
    """Let all processes send what is due at the same moment; print what went out."""
    complete_seller()
    today = timezone.localdate()
    for at in range(dossiers):
        dossier(
            days=[today - timedelta(days=7)],
            agreed_on=today,
            client__invoice_email=f"client{at}@example.com",
        )
    connections.close_all()
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(processes)
    racers = [context.Process(target=_send, args=(gate,)) for _ in range(processes)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    outcome = {
        "ends": [racer.exitcode for racer in racers],
        "reminders": Reminder.objects.filter(dispatch__isnull=False).count(),
        "to": sorted(Dispatch.objects.values_list("recipient", flat=True)),
    }
    print(json.dumps(outcome))  # noqa: T201  # the test reads it


def _send(gate: Barrier) -> None:
    sending.FROM_HOUR = 0  # at whatever hour the tests run
    gate.wait()
    sending.send_due()
