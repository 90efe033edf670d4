"""The control totals of a period: all that is handed over must agree. Pure; EXP-1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ownyourstory.money import ZERO

from .journal import COLUMNS, CREDIT_NOTE, INVOICE
from .vat_return import Grids

KINDS = (INVOICE, CREDIT_NOTE)

_AT = {column.name: at for at, column in enumerate(COLUMNS)}


@dataclass(frozen=True, slots=True)
class Sums:
    """How many documents, and their amounts in EUR, those of credit notes negative."""

    documents: int = 0
    base: Decimal = ZERO
    vat: Decimal = ZERO
    gross: Decimal = ZERO

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.documents + other.documents,
            self.base + other.base,
            self.vat + other.vat,
            self.gross + other.gross,
        )


@dataclass(slots=True)
class Tally:
    """Adds up the rows of a journal while they are written."""

    by_kind: dict[str, Sums] = field(
        default_factory=lambda: dict.fromkeys(KINDS, Sums())
    )
    _last: object = None

    def counted(
        self, rows: Iterable[tuple[object, ...]]
    ) -> Iterator[tuple[object, ...]]:
        """Yield ``rows``, the rows of a document one after the other, as they are."""
        for row in rows:
            kind, number = str(row[_AT["documenttype"]]), row[_AT["nummer"]]
            base, vat, gross = (
                amount if isinstance(amount, Decimal) else ZERO
                for amount in (
                    row[_AT["maatstaf"]],
                    row[_AT["btw_bedrag"]],
                    row[_AT["totaal_incl"]],
                )
            )
            is_new = (kind, number) != self._last
            self.by_kind[kind] += Sums(int(is_new), base, vat, gross)
            self._last = (kind, number)
            yield row


@dataclass(frozen=True, slots=True)
class Difference:
    """Where ``what`` says one thing of some documents and the invoices another."""

    what: str
    kind: str
    invoices: Sums
    found: Sums


def total(by_kind: Mapping[str, Sums]) -> Sums:
    """Return the sums of all kinds together."""
    return sum(by_kind.values(), Sums())


def of_grids(grids: Grids, *, documents: int) -> Sums:
    """Return the sums that the VAT return comes to; it counts no documents."""
    return Sums(documents, grids.base, grids.due, grids.base + grids.due)


def differences(
    invoices: Mapping[str, Sums],
    *,
    journals: Mapping[str, Mapping[str, Sums]],
    grids: Grids,
) -> Iterator[Difference]:
    """Yield where the journals or the grids do not agree with the invoices (EXP-1).

    ``journals`` are the sums of each journal that was written, by its name.
    """
    for name, journal in journals.items():
        for kind in KINDS:
            if journal[kind] != invoices[kind]:
                yield Difference(name, kind, invoices[kind], journal[kind])
    whole = total(invoices)
    found = of_grids(grids, documents=whole.documents)
    if found != whole:
        yield Difference("vat.csv", "", whole, found)
