"""What is found before issuing: problems to mend and cautions to accept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before issuing: what, how, and where (an address or '')."""

    rule: str
    message: str
    remedy: str
    link: str = ""

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the owner may accept, under a code that is kept on the invoice."""

    code: str
    rule: str
    message: str

    def __str__(self) -> str:
        return self.message
