"""May this program be paid with the wallet?

Pure; PRG-1 … PRG-4 and REG-5 in docs/rules.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clients.verdict import Answer, Reason, Verdict


class Kind(StrEnum):
    """What is sold. Only training is ever eligible. The values are stored."""

    TRAINING = "training"
    ADVICE = "advice"


class Delivery(StrEnum):
    """How a training is given. The values are stored."""

    OPEN = "open"
    IN_COMPANY = "in_company"
    LIVE_ONLINE = "live_online"
    SELF_PACED = "self_paced"


@dataclass(frozen=True, slots=True)
class ProgramFacts:
    """What is known of a program.

    ``excluded_contents`` holds, for each content the scheme leaves out, whether
    the program is of that kind; ``None`` where the owner has not answered yet.
    """

    kind: Kind
    has_theme: bool
    delivery: Delivery
    excluded_contents: tuple[bool | None, ...]


def program_verdict(facts: ProgramFacts) -> Verdict:
    """Return whether a program may be paid with the wallet, with every reason."""
    if facts.kind is Kind.ADVICE:
        return Verdict((Reason("PRG-1", Answer.NO, "advice"),))
    return Verdict((Reason("PRG-1", Answer.YES, "training"), *_training(facts)))


def _training(facts: ProgramFacts) -> Iterator[Reason]:
    if facts.has_theme:
        yield Reason("PRG-2", Answer.YES, "theme")
    else:
        yield Reason("PRG-2", Answer.UNKNOWN, "theme_missing")
    if facts.delivery is Delivery.SELF_PACED:
        yield Reason("PRG-3", Answer.NO, "self_paced")
    else:
        yield Reason("PRG-3", Answer.YES, "guided")
    if any(facts.excluded_contents):
        yield Reason("PRG-3", Answer.NO, "content_excluded")
    elif None in facts.excluded_contents:
        yield Reason("PRG-3", Answer.UNKNOWN, "checklist_open")
    else:
        yield Reason("PRG-3", Answer.YES, "content_allowed")


NEVER = frozenset({"PRG-1", "REG-6", "ELI-5"})
"""A *no* of these is final: advice, no registration, and related parties."""


def pair_verdict(
    *, client: Verdict, program: Verdict, is_registered: bool | None
) -> Verdict:
    """Return whether a client may pay a program with the wallet, with every reason.

    ``is_registered`` tells whether our registration holds on the first day, ``None``
    where that day is not known yet (REG-6).
    """
    return Verdict((*client.reasons, *program.reasons, _registered(is_registered)))


def may_be_overridden(verdict: Verdict) -> bool:
    """Tell whether the owner may use the wallet all the same, with a reason."""
    return not any(reason.rule in NEVER for reason in verdict.saying(Answer.NO))


def _registered(is_registered: bool | None) -> Reason:
    if is_registered is None:
        return Reason("REG-6", Answer.UNKNOWN, "no_day_yet")
    if is_registered:
        return Reason("REG-6", Answer.YES, "registered")
    return Reason("REG-6", Answer.NO, "not_registered")
