"""Any bank file read: which format it is, and what both have in common.

Pure; PAY-3 in docs/rules.md.
"""

from __future__ import annotations

from datetime import date

from .camt_file import read_camt
from .coda_file import read_coda
from .statement import BankData, Flaw, Refused, Source, check

MAX_BYTES = 25_000_000
"""Of a file: ten thousand transactions of camt.053 take up about half of it."""


def read(content: bytes, *, iban: str, today: date) -> BankData:
    """Return what a file of account ``iban`` says. Raises Refused for all of it."""
    if len(content) > MAX_BYTES:
        raise Refused(Flaw.TOO_LARGE)
    begin = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begin:
        raise Refused(Flaw.EMPTY)
    if begin.startswith(b"<") or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        data = BankData(Source.CAMT, read_camt(content))
    elif begin.startswith(b"0000"):
        data = BankData(Source.CODA, read_coda(content))
    else:
        raise Refused(Flaw.NO_BANK_FILE)
    check(data, iban=iban, today=today)
    return data
