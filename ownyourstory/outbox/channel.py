"""What a channel is: how something reaches the other side, and how that may end.

A channel is named in ``settings.OUTBOX_CHANNELS`` by its dotted path. It writes
nothing itself: the worker keeps what it returns or raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a channel is given: ``payload`` as it was put in, never changed since.

    ``key`` names the parcel for ever. ``progress`` is what the channel noted of
    earlier attempts (such as the id on the other side), ``note`` adds to it and
    commits at once.
    """

    key: str
    recipient: str
    payload: Mapping[str, Any]
    progress: Mapping[str, Any]
    note: Callable[[Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The other side has it: ``reference`` is its own id for it.

    ``delivered`` tells that it reached the one it is for, not only a carrier that
    goes on with it.
    """

    reference: str = ""
    delivered: bool = True


class Refused(Exception):
    """The other side does not take it: trying again would not help."""


class Unreachable(Exception):
    """Nothing was handed over, that is certain: try again later."""


class Uncertain(Exception):
    """It may have been handed over: look it up before trying again."""


class Channel(Protocol):
    """How something reaches the other side."""

    def send(self, parcel: Parcel) -> Receipt:
        """Hand it over and return the receipt.

        Raises Refused, Unreachable or Uncertain; any other exception counts as
        Uncertain.
        """

    def look_up(self, parcel: Parcel) -> Receipt | None:
        """Return the receipt of what was handed over before, ``None`` if it was not.

        Asked after an uncertain end (no answer, a crash). Raises Uncertain where
        the other side cannot tell: then a person has to.
        """

    def follow(self, parcel: Parcel, reference: str) -> Receipt:
        """Return how an accepted parcel stands now. Raises Refused if it came back."""
