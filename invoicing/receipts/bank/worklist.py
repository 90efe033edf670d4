"""What is still to look at: transactions not booked in full, with their verdicts.

PAY-3. A handful of questions to the database, however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from invoicing.models import BankTransaction, Receipt

from .looking import as_told, judged
from .outlook import Judged, Verdict


@dataclass(frozen=True, slots=True)
class Waiting:
    """A transaction that waits for her, and what is proposed."""

    row: BankTransaction
    judged: Judged


def worklist() -> list[Waiting]:
    """Return what is to look at: money in, and money out that may pay something back.

    Proposals come first, the oldest of each kind before the others.
    """
    rows = BankTransaction.objects.to_look_at().select_related("file")
    if not Receipt.objects.filter(open__lt=0).exists():
        rows = rows.filter(amount__gt=0)
    found = _judged(rows)
    ours = [one for one in found if one.judged.verdict is not Verdict.NOT_OURS]
    return sorted(ours, key=lambda one: one.judged.verdict is Verdict.UNKNOWN)


def verdict_of(row: BankTransaction) -> Judged | None:
    """Return what is proposed for what is left of a transaction.

    ``None`` where nothing is left, and for one that was set aside.
    """
    is_aside = row.asides.filter(corrected_at=None).exists()
    return None if is_aside or not row.rest else judged([as_told(row)])[0]


def counted(waiting: Iterable[Waiting]) -> Counter[tuple[int, bool]]:
    """Count what waits, by its file and whether something is proposed for it."""
    return Counter((one.row.file_id, bool(one.judged.parts)) for one in waiting)


def _judged(rows: Iterable[BankTransaction]) -> list[Waiting]:
    every = list(rows)
    verdicts = judged([as_told(row) for row in every])
    return [Waiting(*pair) for pair in zip(every, verdicts, strict=True)]
