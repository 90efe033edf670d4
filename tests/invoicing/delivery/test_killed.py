"""Who is killed between a call and its answer leaves nothing sent twice (EIN-1)."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator

import pytest

from tests.installations import Installation

from .stub import KEY, AccessPointStub, Fault, access_point

PUT_IN = """
from ownyourstory import archive
from ownyourstory.outbox import post
number = "2026-%04d"
post.put(
    key=f"invoice:{number}:access_point", channel="access_point", recipient="x",
    subject=number, payload={
        "invoice": 1, "number": number, "sender": "0208:0123456749",
        "receiver": "0208:0987654394",
        "sha256": archive.store(f"<Invoice><cbc:ID>{number}</cbc:ID>".encode()),
    },
)
"""
DELIVER = """
from ownyourstory.outbox import post
from ownyourstory.outbox.models import Dispatch
dispatch = Dispatch.objects.latest("pk")
post.deliver(dispatch.pk)
"""
TELL = """
dispatch.refresh_from_db()
print(dispatch.state, *dispatch.attempts.values_list("error", flat=True), sep="|")
"""
LATER = """
from datetime import timedelta
from django.utils import timezone
ago = timezone.now() - timedelta(seconds=1)
assert Dispatch.objects.filter(state="sending").update(claimed_until=ago) == 1
"""

MOMENTS = [
    (call, accepts)
    for call in ("recipient", "create", "send")
    for accepts in (False, True)
]


@pytest.fixture
def stub() -> Iterator[AccessPointStub]:
    with access_point() as running:
        yield running


@pytest.fixture
def place(
    place: Installation, stub: AccessPointStub, monkeypatch: pytest.MonkeyPatch
) -> Installation:
    """An installation with its tables, that knows the stub."""
    monkeypatch.setenv("EINVOICE_API_KEY", KEY)
    monkeypatch.setenv("EINVOICE_API_URL", stub.url)
    return place


def killed_at(
    call: str,
    number: int,
    *,
    accepts: bool,
    place: Installation,
    stub: AccessPointStub,
) -> None:
    """Put one in and deliver it, killed while the other side has yet to answer."""
    started: list[subprocess.Popen[str]] = []

    def kill() -> None:
        started[0].kill()

    stub.fail(call, Fault("hangs up", accepts, meanwhile=kill))
    started.append(place.start(PUT_IN % number + DELIVER))
    started[0].communicate()
    assert started[0].returncode == -signal.SIGKILL


def test_a_worker_killed_between_call_and_answer_sends_nothing_twice(
    place: Installation, stub: AccessPointStub
) -> None:
    for at, (call, accepts) in enumerate(MOMENTS, start=1):
        killed_at(call, at, accepts=accepts, place=place, stub=stub)

        # Whoever comes next is too early at first, and then it is no longer claimed.
        told = place.python(f"{DELIVER}{TELL}{LATER}{DELIVER}{TELL}").splitlines()

        too_early, (state, first, second) = told[0], told[1].split("|")
        assert too_early == "sending|", (call, accepts)
        assert (state, second) == ("accepted", ""), (call, accepts)
        assert first
    sent = [number for number, *_ids in stub.deliveries]
    assert sent == [f"2026-{at:04d}" for at in range(1, len(MOMENTS) + 1)]
    assert len(stub.documents) == len(MOMENTS)
