"""A CODA file read: fixed records of 128 characters, version 2.

The library knows the records; what they come to is checked here, with the line.
Pure; PAY-3 in docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from coda import CODA

from ownyourstory.money import ZERO

from .statement import (
    MOST,
    Flaw,
    Refused,
    Statement,
    Transaction,
    bare_iban,
    check_balance,
    structured,
    tidy,
)

LENGTH = 128
DIGITS = re.compile(r"[0-9]+", re.ASCII)
NUMBERS = {
    "0": [(5, 11), (127, 128)],
    "1": [(42, 64)],
    "21": [(31, 53), (53, 61), (115, 121)],
    "8": [(41, 63)],
    "9": [(16, 52)],
}
"""Where a record must hold digits, by how it begins."""

WHOLE = "0123"
"""Types of a movement of its own; the others are details of one before them."""

SUMMED = "12"
"""Types of a movement that sums up others, which follow as details."""

PARTS = "567"
"""Types of a detail that is a payment of its own within a sum."""

BROKEN = (
    ValueError,
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ArithmeticError,
)
"""What the library raises where records do not follow each other as they should."""


@dataclass
class _Reading:
    """Where the reading is, and what the statement came to so far."""

    line: int = 0
    count: int = 0
    opening: Decimal = ZERO
    closing: Decimal | None = None
    credit: Decimal = ZERO
    debit: Decimal = ZERO
    is_open: bool = False
    lines: dict[tuple[int, str], int] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)


def read_coda(content: bytes) -> tuple[Statement, ...]:
    """Return the statements of a CODA file. Raises Refused if it is broken."""
    reading = _Reading()
    try:
        found = CODA(_records(_decoded(content), reading)).statements
    except BROKEN:
        raise Refused(Flaw.RECORD, line=reading.line) from None
    if not found:
        raise Refused(Flaw.NO_STATEMENT)
    if reading.is_open:
        raise Refused(Flaw.TRUNCATED, line=reading.line)
    try:  # the library reads some fields only when they are asked for
        return tuple(
            _statement(one, at=at, reading=reading) for at, one in enumerate(found)
        )
    except BROKEN:
        raise Refused(Flaw.RECORD, line=reading.line) from None


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "windows-1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise Refused(Flaw.ENCODING, line=line)


def _records(text: str, reading: _Reading) -> Iterator[str]:
    """Yield the records, each checked, and keep count of what they come to."""
    for number, raw in enumerate(text.rstrip("\r\n \x1a").split("\n"), start=1):
        reading.line = number
        record = raw.removesuffix("\r")
        if len(record) != LENGTH:
            raise Refused(Flaw.LENGTH, line=number, length=len(record))
        _check_digits(record, line=number)
        _follow(record, reading)
        # The library stumbles over a detail of a detail: no payment of its own.
        is_deep = record[:2] == "21" and record[53] == "9"
        yield f"{record[:53]}8{record[54:]}" if is_deep else record


def _check_digits(record: str, *, line: int) -> None:
    kind = record[:2] if record[0] == "2" else record[0]
    for start, end in NUMBERS.get(kind, []):
        if not DIGITS.fullmatch(record[start:end]):
            raise Refused(Flaw.RECORD, line=line)


def _follow(record: str, reading: _Reading) -> None:
    """Count a record in, and check the statement where it ends."""
    kind = record[0]
    if (kind == "0") == reading.is_open or kind not in "0123489":
        raise Refused(Flaw.RECORD, line=reading.line)
    reading.count += kind in "1238"
    match kind:
        case "0":
            _begin(reading)
        case "1":
            reading.opening = _amount(record[42:58], line=reading.line)
            reading.closing = reading.opening
        case "2" if record[1] == "1":
            at = (len(reading.starts), record[2:10])
            reading.lines[at] = reading.line
            amount = _amount(record[31:47], line=reading.line)
            if record[53] in WHOLE:
                reading.credit += max(amount, ZERO)
                reading.debit += max(-amount, ZERO)
        case "8":
            reading.closing = _amount(record[41:57], line=reading.line)
        case "9":
            _end(record, reading)


def _begin(reading: _Reading) -> None:
    reading.count, reading.closing = 0, None
    reading.opening = reading.credit = reading.debit = ZERO
    reading.is_open = True
    reading.starts.append(reading.line)


def _end(record: str, reading: _Reading) -> None:
    """Check a statement against what its last record says. Raises Refused."""
    reading.is_open = False
    if reading.closing is None:
        raise Refused(Flaw.MISSING, line=reading.line, name="old balance")
    if int(record[16:22]) != reading.count:
        raise Refused(
            Flaw.COUNT, line=reading.line, told=int(record[16:22]), found=reading.count
        )
    for told, found in [
        (record[22:37], reading.debit),
        (record[37:52], reading.credit),
    ]:
        total = Decimal(told) / 1000
        if total != found:
            raise Refused(Flaw.TOTALS, line=reading.line, told=total, found=found)
    check_balance(
        reading.opening,
        [reading.credit, -reading.debit],
        closing=reading.closing,
        line=reading.line,
    )


def _amount(digits: str, *, line: int) -> Decimal:
    """Return a signed amount: a sign, twelve digits and three decimals."""
    amount = Decimal(digits[1:]) / 1000
    if amount > MOST or amount * 100 % 1 or digits[0] not in "01":
        raise Refused(Flaw.AMOUNT, line=line)
    return -amount if digits[0] == "1" else amount


def _statement(found: Any, *, at: int, reading: _Reading) -> Statement:
    line = reading.starts[at]
    if found.account_currency not in {"EUR", "   "}:
        raise Refused(Flaw.CURRENCY, line=line + 1, currency=found.account_currency)
    movements = [
        _transaction(move, line=reading.lines[at + 1, f"{move}"])
        for move in _payments(found, at=at, reading=reading)
        if move.amount
    ]
    return Statement(
        account=_iban(found.account),
        number=str(found.new_sequence or found.old_sequence),
        opening=found.old_balance,
        closing=found.new_balance,
        transactions=tuple(movements),
        line=line,
    )


def _payments(found: Any, *, at: int, reading: _Reading) -> Iterator[Any]:
    """Yield each payment once: the details of a sum instead of the sum."""
    for move in found.moves:
        parts = [one for one in move.moves if one.transaction_type in PARTS]
        if move.transaction_type not in SUMMED or not parts:
            yield move
            continue
        total = sum((one.amount for one in parts), ZERO)
        if total != move.amount:
            line = reading.lines[at + 1, f"{move}"]
            raise Refused(Flaw.DETAILS, line=line, told=move.amount, found=total)
        yield from parts


def _transaction(move: Any, *, line: int) -> Transaction:
    told = move.communication or ""
    text = tidy(told)
    digits = structured(text)
    return Transaction(
        booked_on=move.entry_date,
        valued_on=move.value_date,
        amount=move.amount.quantize(ZERO),
        name=tidy(move.counterparty_name or "")[:140],
        iban=_theirs(move.counterparty_account or ""),
        communication=digits,
        text="" if digits else text,
        reference=tidy(move.bank_reference or "")[:80],
        line=line,
    )


def _theirs(account: str) -> str:
    """Return the account of a counterparty, "" where the bank fills in zeros."""
    bare = bare_iban(account[:34])
    return bare if bare.strip("0") else ""


def _iban(account: str) -> str:
    """Return the IBAN of an account, also where the bank gives twelve digits."""
    bare = bare_iban(account)
    if len(bare) == 12 and bare.isascii() and bare.isdecimal():
        return f"BE{98 - int(f'{bare}111400') % 97:02d}{bare}"
    return bare
