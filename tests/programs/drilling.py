"""What the processes of ``test_drills`` do, on an installation of their own."""

from __future__ import annotations

import json
import os
from datetime import date
from decimal import Decimal

from django.db import connections

from programs import lifecycle
from programs.models import Enrolment
from programs.room import room_used
from tests.factories import ElsewhereUseFactory, SmallClientFactory, enrolled

DAY = date(2026, 3, 2)


def race(rivals: int, *, left: int) -> None:
    """Let as many dossiers of a client reserve at once; print what each one got."""
    client = SmallClientFactory.create()
    ElsewhereUseFactory.create(client=client, year=2026, amount=7500 - left)
    dossiers = [
        enrolled(client=client, uses_wallet=True, unit_price=Decimal(2000)).pk
        for _ in range(rivals)
    ]
    connections.close_all()
    gate, opener = os.pipe()
    children = [_fork(pk, gate=gate, opener=opener) for pk in dossiers]
    os.close(opener)  # now
    ends = [os.waitpid(child, 0)[1] for child in children]
    found = Enrolment.objects.filter(pk__in=dossiers)
    outcome = {
        "ends": ends,
        "estimates": [str(one.subsidy_estimate) for one in found],
        "used": str(room_used(client, year=2026)),
    }
    print(json.dumps(outcome))  # noqa: T201 – read by the test


def _fork(dossier: int, *, gate: int, opener: int) -> int:
    child = os.fork()
    if child:
        return child
    os.close(opener)
    os.read(gate, 1)  # until everybody is there
    end = 1
    try:
        lifecycle.reserve(dossier, on=DAY)
        end = 0
    finally:
        os._exit(end)
