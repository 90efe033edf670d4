"""Who stands on the yearly client listing, and with what. Pure; VAT-4 in docs/rules.md.

Art. 53quinquies of the VAT Code: each customer with a Belgian VAT number who took more
than EUR 250 excl. VAT in a calendar year. How it is filled in follows the notes to
the form (725, footnote on credit notes) and the questions and answers of Intervat:

- what is exempt under art. 44 is left out, and what lies outside the scope of Belgian
  VAT; reverse charge inside Belgium and the small-enterprise scheme count, without VAT;
- credit notes are taken off. One for an invoice of an earlier year puts the customer on
  the list with what is left, be it less than the threshold, nothing or negative;
- the year is that of the date of issue: since then the VAT is due (art. 22bis);
- nobody to list: a nil listing, with sums of 0.00.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clients.identifiers import enterprise_number
from ownyourstory.money import ZERO


@dataclass(frozen=True, slots=True)
class Taken:
    """What one customer took in a year, net of credit notes, in EUR excl. VAT.

    ``vat_number`` in any notation; ``latest_on`` is the date of the last document with
    this name. ``corrects_earlier`` where a credit note is of an earlier year's invoice.
    """

    vat_number: str
    name: str
    turnover: Decimal
    vat: Decimal
    latest_on: date
    corrects_earlier: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """One row of the listing; ``number`` is a Belgian one, ten digits."""

    number: str
    name: str
    turnover: Decimal
    vat: Decimal


@dataclass(frozen=True, slots=True)
class ClientListing:
    """The listing of a calendar year; with nobody on it, it is a nil listing."""

    year: int
    customers: tuple[Customer, ...]

    @property
    def turnover(self) -> Decimal:
        """The sum of the turnover of all rows, in EUR."""
        return sum((one.turnover for one in self.customers), ZERO)

    @property
    def vat(self) -> Decimal:
        """The sum of the VAT of all rows, in EUR."""
        return sum((one.vat for one in self.customers), ZERO)

    @property
    def is_nil(self) -> bool:
        """True where there is nobody to list."""
        return not self.customers

    @property
    def due_on(self) -> date:
        """The last day to hand it in."""
        return date(self.year + 1, 3, 31)


def year_to_hand_in(today: date) -> int:
    """Return the year of the next listing to hand in: the last until 31 March."""
    return today.year - 1 if today <= date(today.year, 3, 31) else today.year


def client_listing(
    taken: Iterable[Taken], *, year: int, listing_from: Decimal
) -> ClientListing:
    """Return the listing of ``year`` out of what each customer took (VAT-4).

    Rows whose numbers differ in notation only are of one customer, who goes by the
    name on the last document. In the order of the numbers.
    """
    one_each: dict[str, Taken] = {}
    for row in taken:
        number = belgian_number(row.vat_number)
        known = one_each.get(number)
        one_each[number] = _together(known, row) if known else row
    return ClientListing(
        year=year,
        customers=tuple(
            Customer(number=number, name=one.name, turnover=one.turnover, vat=one.vat)
            for number, one in sorted(one_each.items())
            if one.corrects_earlier or one.turnover > listing_from
        ),
    )


def belgian_number(vat_number: str) -> str:
    """Return a Belgian VAT number as ten digits, one that is no number as it stands."""
    try:
        return enterprise_number(vat_number)
    except ValueError:
        return "".join(filter(str.isalnum, vat_number)).upper().removeprefix("BE")


def _together(one: Taken, other: Taken) -> Taken:
    latest = max(one, other, key=lambda taken: taken.latest_on)
    return Taken(
        vat_number=latest.vat_number,
        name=latest.name,
        turnover=one.turnover + other.turnover,
        vat=one.vat + other.vat,
        latest_on=latest.latest_on,
        corrects_earlier=one.corrects_earlier or other.corrects_earlier,
    )
