"""What makes a transaction this one and no other: known ones are told from new ones.

Pure; PAY-3 in docs/rules.md. CODA and camt.053 of the same days write the same movement
differently: of it counts what both give, the account, day, amount, who, and the text
without signs and spaces. Banks' references only tell apart what is otherwise the same,
within one format.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .names import plain
from .statement import Source, Transaction

NAME_CUT = 20
TEXT_CUT = 90
"""So much of a name and a text is kept by every format."""


@dataclass(frozen=True, slots=True)
class Known:
    """A transaction that is kept already."""

    core: str
    ordinal: int
    reference: str
    source: Source


def core(account: str, transaction: Transaction) -> str:
    """Return the hash of what every format says of a transaction."""
    who = transaction.iban or plain(transaction.name)[:NAME_CUT]
    told = transaction.communication or plain(transaction.text)[:TEXT_CUT]
    parts = (account, f"{transaction.booked_on}", f"{transaction.amount:.2f}")
    return hashlib.sha256("|".join((*parts, who, told)).encode()).hexdigest()


def told_apart(
    account: str,
    transactions: Iterable[Transaction],
    *,
    source: Source,
    known: Iterable[Known],
) -> Iterator[tuple[Transaction, str, int | None]]:
    """Yield each transaction with its core and ordinal, ``None`` where it is known.

    Among those with the same core, first those with the same reference are the same,
    then those whose references say nothing: of the other format, or without one.
    """
    kept: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        kept[one.core].append(one)
    next_ordinal = {
        key: max(one.ordinal for one in every) + 1 for key, every in kept.items()
    }
    rows = [(one, core(account, one)) for one in transactions]
    seen = _seen(rows, kept, source=source)
    for at, (transaction, key) in enumerate(rows):
        if at in seen:
            yield transaction, key, None
            continue
        ordinal = next_ordinal.get(key, 0)
        next_ordinal[key] = ordinal + 1
        yield transaction, key, ordinal


def _seen(
    rows: list[tuple[Transaction, str]],
    kept: dict[str, list[Known]],
    *,
    source: Source,
) -> set[int]:
    """Return the places of those that are known; each known one is met once."""
    seen: set[int] = set()
    left = {key: list(every) for key, every in kept.items()}
    for is_same in (_same_reference, _says_nothing):
        for at, (transaction, key) in enumerate(rows):
            if at in seen:
                continue
            for one in left.get(key, []):
                if is_same(transaction, one, source):
                    left[key].remove(one)
                    seen.add(at)
                    break
    return seen


def _same_reference(told: Transaction, one: Known, _source: Source) -> bool:
    return bool(told.reference) and told.reference == one.reference


def _says_nothing(told: Transaction, one: Known, source: Source) -> bool:
    return one.source != source or not told.reference or not one.reference
