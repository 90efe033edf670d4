"""How the text files for WinBooks are written: fields, codes, texts, amounts. Pure.

Fields between commas and quotes, without a header; windows-1252, days as ``YYYYMMDD``,
amounts with a point.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from itertools import islice

from clients.identifiers import format_enterprise_number
from ownyourstory.money import to_cents

ENCODING = "windows-1252"
PIECE = 500
"""Lines in a piece of a stream."""

RUNS = ("=", "+", "-", "@")
"""What a text starts with that a spreadsheet takes for a formula (EXP-3)."""

ACT = (
    *("DOCTYPE", "DBKCODE", "DBKTYPE", "DOCNUMBER", "DOCORDER", "OPCODE"),
    *("ACCOUNTGL", "ACCOUNTRP", "BOOKYEAR", "PERIOD", "DATE", "DATEDOC", "DUEDATE"),
    *("COMMENT", "COMMENTEXT", "AMOUNT", "AMOUNTEUR", "VATBASE", "VATCODE"),
    *("CURRAMOUNT", "CURRCODE", "CUREURBASE", "VATTAX", "VATIMPUT", "CURRATE"),
    *("REMINDLEV", "MATCHNO", "OLDDATE", "ISMATCHED", "ISLOCKED", "ISIMPORTED"),
    *("ISPOSITIVE", "ISTEMP", "MEMOTYPE", "ISDOC", "DOCSTATUS", "DICFROM", "CODAKEY"),
)
CSF = (
    *("NUMBER", "TYPE", "NAME1", "NAME2", "CIVNAME1", "CIVNAME2", "ADRESS1"),
    *("ADRESS2", "VATCAT", "COUNTRY", "VATNUMBER", "PAYCODE", "TELNUMBER"),
    *("FAXNUMBER", "BNKACCNT", "ZIPCODE", "CITY", "DEFLTPOST", "LANG", "CATEGORY"),
    *("CENTRAL", "VATCODE", "CURRENCY", "LASTREMLEV", "LASTREMDAT", "TOTDEB1"),
    *("TOTCRE1", "TOTDEBTMP1", "TOTCRETMP1", "TOTDEB2", "TOTCRE2", "TOTDEBTMP2"),
    *("TOTCRETMP2", "ISLOCKED", "MEMOTYPE", "ISDOC", "F28150"),
)
LONGEST = {"DBKCODE": 6, "ACCOUNTGL": 8, "ACCOUNTRP": 10, "VATCODE": 6}
"""The length of the codes: one that is longer is of nothing that WinBooks knows."""


class DoesNotFit(ValueError):
    """A code that is longer than what WinBooks has."""

    def __init__(self, field: str, code: str) -> None:
        self.field, self.code = field, code
        super().__init__(f"{field}: {code}")


def written(
    fields: Sequence[str], rows: Iterable[Mapping[str, str]]
) -> Iterator[bytes]:
    """Yield the lines of a file in pieces, while ``rows`` come, each by field."""
    left = iter(rows)
    while batch := list(islice(left, PIECE)):
        out = StringIO(newline="")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerows([row[field] for field in fields] for row in batch)
        yield out.getvalue().encode(ENCODING)


def amount(value: Decimal) -> str:
    """Return an amount in EUR, with a point."""
    return f"{to_cents(value):f}"


def code(field: str, text: str) -> str:
    """Return a code as it stands. Raises DoesNotFit if it is too long."""
    fits = one_line(text, longest=LONGEST[field] + 1)
    if len(fits) > LONGEST[field]:
        raise DoesNotFit(field, text)
    return fits


def one_line(text: str, *, longest: int) -> str:
    """Return ``text`` on one line, cut off, in characters that WinBooks has.

    A letter that windows-1252 lacks loses its accent, any other sign becomes ``?``;
    quotes become apostrophes, as they end a field. Nothing in it runs (EXP-3).
    """
    line = " ".join(text.replace('"', "'").split())
    known = "".join(map(_known, unicodedata.normalize("NFC", line)))
    return (f"'{known}" if known.startswith(RUNS) else known)[:longest]


def _known(sign: str) -> str:
    """Return a sign as windows-1252 has it."""
    for form in (sign, unicodedata.normalize("NFKD", sign)[:1]):
        if form.encode(ENCODING, "ignore"):
            return form
    return "?"


def vat_number(number: str) -> str:
    """Return a VAT number as WinBooks has it: ``0824.677.865``, others as they are."""
    if number.startswith("BE"):
        return format_enterprise_number(number[2:])
    return number[2:]
