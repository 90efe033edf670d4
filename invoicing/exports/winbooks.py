"""Documents and clients as WinBooks imports them: ACT and CSF text files. Pure.

Amounts are debits, below zero credits, and each document comes to zero. What WinBooks
fills in by itself stays empty: DOCORDER, BOOKYEAR (the financial year that is open
there), AMOUNT (only of years in Belgian francs).

A document is a line for the customer (DOCTYPE 1), a line for the revenue of each VAT
group (3, VATIMPUT says which VAT goes with it), and one for its VAT: 3 on the account
of the VAT with its VATCODE and VATBASE, or 4 without amount where no VAT is charged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ownyourstory.money import ZERO

from .winbooks_fields import ACT, CSF, amount, code, one_line, vat_number, written

CUSTOMER, GENERAL, NO_VAT = "1", "3", "4"
SALES, CREDIT_NOTES = "2", "3"
LIABLE, NOT_LIABLE = "1", "3"
LANGUAGES = {"nl": "N", "fr": "F", "en": "E"}

_EMPTY_ACT = dict.fromkeys(ACT, "") | {
    **dict.fromkeys(("AMOUNT", "AMOUNTEUR", "VATBASE", "CURRAMOUNT"), "0.00"),
    **dict.fromkeys(("CUREURBASE", "VATTAX"), "0.00"),
    **dict.fromkeys(("ISMATCHED", "ISLOCKED", "ISIMPORTED", "ISTEMP", "ISDOC"), "F"),
    "CURRATE": "0.00000",
    "REMINDLEV": "0",
    "ISPOSITIVE": "T",
}
_EMPTY_CSF = dict.fromkeys(CSF, "") | {
    **dict.fromkeys((name for name in CSF if name.startswith("TOT")), "0.00"),
    "ISLOCKED": "F",
    "ISDOC": "F",
}


@dataclass(frozen=True, slots=True)
class Group:
    """One VAT group of a document in EUR, positive on a credit note too."""

    revenue_account: str
    vat_code: str
    base: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class Booking:
    """A document to book.

    ``number`` has at most eight digits; ``period`` is that of the financial year, from
    1; ``client_number`` is the number of the client in ``Third``.
    """

    journal: str
    number: str
    is_credit_note: bool
    client_number: str
    comment: str
    issued_on: date
    due_on: date
    period: int
    receivable_account: str
    vat_account: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Third:
    """A client; ``vat_number`` has its prefix, ``language`` is such as ``nl``."""

    number: str
    name: str
    street: str
    postal_code: str
    city: str
    country: str
    vat_number: str
    language: str


def act(bookings: Iterable[Booking]) -> Iterator[bytes]:
    """Yield the file of documents in pieces, while ``bookings`` come.

    Raises DoesNotFit at a code that is too long.
    """
    rows = (row for booking in bookings for row in act_rows(booking))
    return written(ACT, rows)


def csf(thirds: Iterable[Third], *, receivable_account: str) -> Iterator[bytes]:
    """Yield the file of clients in pieces, while ``thirds`` come."""
    rows = (csf_row(third, central=receivable_account) for third in thirds)
    return written(CSF, rows)


def act_rows(booking: Booking) -> Iterator[dict[str, str]]:
    """Yield the lines of a document by field; they come to zero.

    A line of nothing is none that WinBooks takes: it is left out, and so is a document
    that comes to nothing on every line.
    """
    sign = -1 if booking.is_credit_note else 1
    base = sum((group.base for group in booking.groups), ZERO)
    vat = sum((group.vat for group in booking.groups), ZERO)
    document = _document(booking)
    if base + vat:
        yield document | {
            "DOCTYPE": CUSTOMER,
            "ACCOUNTGL": code("ACCOUNTGL", booking.receivable_account),
            "AMOUNTEUR": amount(sign * (base + vat)),
            "VATBASE": amount(base),
            "VATTAX": amount(vat),
        }
    for group in booking.groups:
        if group.base:
            yield document | {
                "DOCTYPE": GENERAL,
                "ACCOUNTGL": code("ACCOUNTGL", group.revenue_account),
                "AMOUNTEUR": amount(-sign * group.base),
                "VATIMPUT": code("VATCODE", group.vat_code),
            }
    for group in booking.groups:
        if group.vat or (group.base and group.vat_code):
            yield document | _vat_of(group, booking, sign=-sign)


def csf_row(third: Third, *, central: str) -> dict[str, str]:
    """Return the line of a client by field."""
    return _EMPTY_CSF | {
        "NUMBER": code("ACCOUNTRP", third.number),
        "TYPE": CUSTOMER,
        "NAME1": one_line(third.name, longest=40),
        "ADRESS1": one_line(third.street, longest=40),
        "VATCAT": LIABLE if third.vat_number else NOT_LIABLE,
        "COUNTRY": third.vat_number[:2] or third.country,
        "VATNUMBER": vat_number(third.vat_number),
        "ZIPCODE": one_line(third.postal_code, longest=10),
        "CITY": one_line(third.city, longest=40),
        "LANG": LANGUAGES.get(third.language, ""),
        "CENTRAL": code("ACCOUNTGL", central),
        "CURRENCY": "EUR",
    }


def document_number(number: str, *, year: int, sequence: int) -> str:
    """Return a number of ours as WinBooks has it: digits, eight of them at most.

    Those of ``number``; where they are more, two of the ``year`` and the ``sequence``
    in its series, so that no two documents of a journal share one.
    """
    digits = "".join(filter(str.isdecimal, number))
    return digits if 0 < len(digits) <= 8 else f"{year % 100:02d}{sequence:06d}"


def _document(booking: Booking) -> dict[str, str]:
    """Return what all lines of a document have in common."""
    return _EMPTY_ACT | {
        "DBKCODE": code("DBKCODE", booking.journal),
        "DBKTYPE": CREDIT_NOTES if booking.is_credit_note else SALES,
        "DOCNUMBER": booking.number,
        "ACCOUNTRP": code("ACCOUNTRP", booking.client_number),
        "PERIOD": f"{booking.period:02d}",
        "DATE": f"{booking.issued_on:%Y%m%d}",
        "DATEDOC": f"{booking.issued_on:%Y%m%d}",
        "DUEDATE": f"{booking.due_on:%Y%m%d}",
        "COMMENT": one_line(booking.comment, longest=40),
    }


def _vat_of(group: Group, booking: Booking, *, sign: int) -> dict[str, str]:
    """Return the VAT of a group; FIXED: its amount is ours, not worked out again."""
    shared = {
        "OPCODE": "FIXED",
        "VATBASE": amount(group.base),
        "VATCODE": code("VATCODE", group.vat_code),
    }
    if not group.vat:
        return shared | {"DOCTYPE": NO_VAT}
    return shared | {
        "DOCTYPE": GENERAL,
        "ACCOUNTGL": code("ACCOUNTGL", booking.vat_account),
        "AMOUNTEUR": amount(sign * group.vat),
    }
