"""What the processes of ``test_drills`` do, each on an installation of its own.

A process that has loaded all it needs forks the ones that work, so that they start
in no time and can be killed at any moment of their work.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import partial
from itertools import count
from typing import Any

from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone

from invoicing import crediting, lifecycle
from invoicing.models import FileKind, Invoice, NumberSeries
from tests.factories import complete_seller, issue, ordinary_draft

from .at_random import Drafts

DONE, REFUSED, FAILED = 0, 3, 1


def make_drafts(count: int, *, seed: int) -> list[int]:
    """Make ``count`` drafts of today, of every sort; return their keys."""
    with transaction.atomic():
        complete_seller()
        drafts = Drafts(seed=seed, on=timezone.localdate())
        return [drafts.draft().pk for _ in range(count)]


def issue_one(key: int) -> Invoice:
    """Issue a draft today."""
    now = timezone.localtime()
    return lifecycle.issue(key, on=now.date(), now=now)


# All at the same time


def issue_together(count: int, *, processes: int, shared: int, seed: int) -> None:
    """Issue ``count`` new drafts in several processes, printed as they really are.

    Each has its share, and all of them fight for the last ``shared``. Prints which
    numbers each process says it gave, and what was found afterwards.
    """
    drafts = make_drafts(count, seed=seed)
    own, last = drafts[:-shared], drafts[-shared:]
    answers, answer = os.pipe()
    gate = os.pipe()
    children = [
        _fork(
            partial(_issue_what_is_left, own[at::processes] + last, answer), gate=gate
        )
        for at in range(processes)
    ]
    os.close(gate[1])  # now
    os.close(answer)
    with open(answers, encoding="ascii") as lines:  # noqa: PTH123 – a pipe
        given = [json.loads(line) for line in lines]
    ends = [_end_of(child)["end"] for child in children]
    issued = Invoice.objects.issued().order_by("sequence")
    outcome = {
        "ends": ends,
        "given": given,
        "numbers": list(issued.values_list("number", flat=True)),
        "sequences": list(issued.values_list("sequence", flat=True)),
        "last": list(NumberSeries.objects.values_list("last", flat=True)),
        **_state(),
    }
    print(json.dumps(outcome))  # noqa: T201 – read by the test


def _issue_what_is_left(keys: Iterable[int], answer: int) -> int:
    """Issue ``keys``, but what another process issued first; tell which numbers."""
    numbers = []
    for key in keys:
        try:
            numbers.append(issue_one(key).number)
        except lifecycle.NotReady:
            raise
        except lifecycle.LifecycleError:
            continue
    os.write(answer, f"{json.dumps(numbers)}\n".encode())
    return DONE


# Killed in the middle


def kill_while_issuing(*, rounds: int, seed: int) -> None:
    """Kill a process that issues, time and again, and print what was found each time.

    First at random moments; then before each statement that issuing a draft runs.
    """
    drafts = iter(make_drafts(3 * rounds, seed=seed))
    issue_one(next(drafts))  # the first one loads the press
    started = time.monotonic()
    issue_one(next(drafts))
    longest = 2 * (time.monotonic() - started)
    chance = random.Random(seed)  # noqa: S311 – no secret
    found = [_killed_after(chance.uniform(0, longest)) for _ in range(rounds)]
    for statement in count(1):
        last = _killed_before(statement)
        if not last["killed"]:
            break
        found.append(last)
    print(json.dumps({"rounds": found, "last": last}))  # noqa: T201 – read by the test


def _killed_after(seconds: float) -> dict[str, Any]:
    """Kill a process ``seconds`` after it began to issue all drafts that there are."""
    keys = list(Invoice.objects.drafts().order_by("pk").values_list("pk", flat=True))
    child = _fork(lambda: _issue_all(keys))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return {"moment": f"after {seconds:.4f} s", **_end_of(child), **_state()}


def _killed_before(statement: int) -> dict[str, Any]:
    """Let a process kill itself before it runs statement number ``statement``."""
    [key] = Invoice.objects.drafts().order_by("pk").values_list("pk", flat=True)[:1]

    def work() -> int:
        run = 0

        def counted(execute: Any, *arguments: Any) -> Any:
            nonlocal run
            run += 1
            if run == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return execute(*arguments)

        with connection.execute_wrapper(counted):
            return _issue_all([key])

    child = _fork(work)
    return {"moment": f"before statement {statement}", **_end_of(child), **_state()}


def _issue_all(keys: Iterable[int]) -> int:
    for key in keys:
        issue_one(key)
    return DONE


# Crediting the same at once


def credit_at_once(cases: list[list[str]]) -> None:
    """Credit a line of 5 in one process for each quantity, all at the same moment.

    Does so for an invoice of each case, and prints how the processes ended, how many
    credit notes there are, and what was found afterwards.
    """
    complete_seller()
    print(json.dumps([_credit_at_once(case) for case in cases]))  # noqa: T201


def _credit_at_once(quantities: list[str]) -> dict[str, Any]:
    draft = ordinary_draft()
    draft.lines.update(quantity=5)
    invoice = issue(draft, on=timezone.localdate())
    line = invoice.lines.get()

    def work(quantity: str) -> int:
        now = timezone.localtime()
        wanted = crediting.Request({line.pk: Decimal(quantity)}, "Te veel")
        try:
            crediting.credit(invoice.pk, wanted, on=now.date(), now=now)
        except lifecycle.LifecycleError:
            return REFUSED
        return DONE

    gate = os.pipe()
    children = [_fork(partial(work, quantity), gate=gate) for quantity in quantities]
    os.close(gate[1])  # now
    ends = [_end_of(child)["end"] for child in children]
    os.close(gate[0])
    return {"ends": ends, "credited": invoice.credit_notes.count(), **_state()}


# Processes, and what they leave


def _fork(work: Callable[[], int], *, gate: tuple[int, int] | None = None) -> int:
    """Run ``work`` in a process of its own and return its id.

    It waits until the pipe ``gate`` is closed, where there is one.
    """
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        if gate is not None:
            os.close(gate[1])
            os.read(gate[0], 1)
        os._exit(work())
    except Exception:  # noqa: BLE001 – a child must never go on as its parent
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(FAILED)


def _end_of(child: int) -> dict[str, Any]:
    """Wait for a process and return how it ended."""
    _pid, status = os.waitpid(child, 0)
    _wait_for_the_database()
    return {
        "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL,
        "end": os.waitstatus_to_exitcode(status),
    }


def _wait_for_the_database() -> None:
    """Wait until PostgreSQL has seen that whom it worked for is gone."""
    if connection.vendor != "postgresql":
        return
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid() "
        "AND state <> 'idle'"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.01)


def _state() -> dict[str, Any]:
    """Return what the inspections say, and which documents are half issued."""
    said = {}
    for command in ("check_numbering", "verify_archive"):
        try:
            call_command(command, stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
        except CommandError as error:
            said[command] = str(error)
    return {
        "issued": Invoice.objects.issued().count(),
        "said": said,
        "half": [
            invoice.pk
            for invoice in Invoice.objects.prefetch_related("lines", "files")
            if not _is_whole(invoice)
        ],
    }


def _is_whole(invoice: Invoice) -> bool:
    """Tell whether ``invoice`` is wholly a draft or wholly issued."""
    facts = {
        not invoice.is_draft,
        bool(invoice.number),
        invoice.sequence is not None,
        invoice.gross is not None,
        invoice.record is not None,
        hasattr(invoice, "seal"),
        len(invoice.files.all()) == len(FileKind),
        all(line.net is not None for line in invoice.lines.all()),
    }
    return len(facts) == 1
