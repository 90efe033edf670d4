"""A verdict with all its reasons: the shape of every answer about eligibility.

Pure. The wording of each reason lives in ``clients.wording`` and
``programs.wording``, so that a verdict can be told in any language.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Answer(StrEnum):
    """What can be said: the agency always has the last word."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground: the rule it comes from, what it says, and its code for wording."""

    rule: str
    answer: Answer
    code: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All reasons together: one *no* is no, else one *unknown* is unknown."""

    reasons: tuple[Reason, ...]

    @property
    def answer(self) -> Answer:
        """The verdict itself."""
        answers = {reason.answer for reason in self.reasons}
        for answer in (Answer.NO, Answer.UNKNOWN):
            if answer in answers:
                return answer
        return Answer.YES

    def saying(self, answer: Answer) -> tuple[Reason, ...]:
        """Return the reasons that say ``answer``."""
        return tuple(reason for reason in self.reasons if reason.answer is answer)
