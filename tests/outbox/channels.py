"""A channel for the tests, which does what a test tells it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import override_settings

from ownyourstory.outbox import post
from ownyourstory.outbox.channel import Parcel, Receipt
from ownyourstory.outbox.models import Dispatch

Answer = Receipt | Exception | None | Callable[[Parcel], Receipt | None]


@dataclass
class Script:
    """What the other side answers, call by call, and the calls that were made."""

    send: list[Answer] = field(default_factory=list)
    look_up: list[Answer] = field(default_factory=list)
    follow: list[Answer] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def answer(self, call: str, parcel: Parcel) -> Any:
        """Give the next answer to ``call``; a call that was not foreseen fails."""
        self.calls.append(call)
        answer = getattr(self, call).pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer(parcel) if callable(answer) else answer


script = Script()


class Scripted:
    """A channel whose other side follows ``script``."""

    def send(self, parcel: Parcel) -> Receipt:
        receipt: Receipt = script.answer("send", parcel)
        return receipt

    def look_up(self, parcel: Parcel) -> Receipt | None:
        receipt: Receipt | None = script.answer("look_up", parcel)
        return receipt

    def follow(self, parcel: Parcel, reference: str) -> Receipt:
        receipt: Receipt = script.answer("follow", parcel)
        return receipt


@contextmanager
def scripted() -> Iterator[Script]:
    """Bring everything over the channel ``test``; yield its empty script."""
    script.__init__()  # type: ignore[misc]  # as new for each test
    with override_settings(OUTBOX_CHANNELS={"test": f"{__name__}.Scripted"}):
        yield script


def put_in(**fields: Any) -> Dispatch:
    """Put something into the outbox, over the channel ``test``."""
    given: dict[str, Any] = {
        "key": "test:1",
        "channel": "test",
        "recipient": "Anna",
        "subject": "2026-0001",
        "payload": {"number": "2026-0001"},
    }
    return post.put(**given | fields)
