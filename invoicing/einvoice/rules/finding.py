"""What a rule finds in an e-invoice, and which set of rules it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: its published id, its own words, and where it is broken.

    ``location`` is the path of the element, ``line`` its line in the file where known.
    """

    rule: str
    text: str
    location: str = ""
    line: int | None = None
    severity: Severity = Severity.ERROR


class RuleSet(TypedDict):
    """A set of rules as it ran: enough to tell later what a document was held to."""

    name: str
    version: str
    sha256: str
