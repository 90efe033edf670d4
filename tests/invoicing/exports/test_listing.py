"""Who stands on the yearly client listing, and with what (VAT-4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from invoicing.documents.vat import Treatment
from invoicing.exports.declaring import listing_of
from invoicing.exports.listing import (
    ClientListing,
    Taken,
    client_listing,
    year_to_hand_in,
)
from invoicing.models import Bookkeeping

from .sold import credited, sold

D = Decimal
BEFORE, DURING, AFTER = date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1)
LAST_DAY = date(2026, 12, 31)


def reverse_charge() -> None:
    sold("251", treatment=Treatment.REVERSE_CHARGE)


def less_within_the_year() -> None:
    credited(sold("1000"), "750", on=LAST_DAY)


def of_an_earlier_year() -> None:
    credited(sold("1000", on=BEFORE), "400", on=DURING)


def less_of_an_earlier_year() -> None:
    sold("500", on=DURING)
    credited(sold("1000", on=BEFORE), "400", on=DURING)


def nothing_left_of_an_earlier_year() -> None:
    sold("400", on=DURING)
    credited(sold("1000", on=BEFORE), "400", on=DURING)


def beside_exempt() -> None:
    sold("200")
    sold("900", treatment=Treatment.EXEMPT_TRAINING)


CASES: dict[str, tuple[Callable[[], object], tuple[str, str] | None]] = {
    "one cent above": (lambda: sold("250.01"), ("250.01", "52.50")),
    "the threshold itself": (lambda: sold("250"), None),
    "two halves": (lambda: [sold("126"), sold("126")], ("252.00", "52.92")),
    "first day of the year": (lambda: sold(on=DURING), ("1000.00", "210.00")),
    "last day of the year": (lambda: sold(on=LAST_DAY), ("1000.00", "210.00")),
    "the year before": (lambda: sold(on=BEFORE), None),
    "the year after": (lambda: sold(on=AFTER), None),
    "two rates": (lambda: [sold("200"), sold("100", rate=6)], ("300.00", "48.00")),
    "no VAT number": (lambda: sold(to=""), None),
    "Dutch VAT number": (lambda: sold(to="NL123456782B90", country="NL"), None),
    "Belgian number abroad": (lambda: sold(country="NL"), ("1000.00", "210.00")),
    "exempt under art. 44": (
        lambda: sold(treatment=Treatment.EXEMPT_TRAINING),
        None,
    ),
    "exempt counts for nothing": (beside_exempt, None),
    "outside the scope": (lambda: sold(treatment=Treatment.OUTSIDE_SCOPE), None),
    "reverse charge in Belgium": (reverse_charge, ("251.00", "0.00")),
    "reverse charge abroad": (
        lambda: sold(country="NL", treatment=Treatment.REVERSE_CHARGE),
        None,
    ),
    "small-enterprise scheme": (
        lambda: sold(treatment=Treatment.SMALL_ENTERPRISE),
        ("1000.00", "0.00"),
    ),
    "credited to the threshold within the year": (less_within_the_year, None),
    "credited of an earlier year, nothing else": (
        of_an_earlier_year,
        ("-400.00", "-84.00"),
    ),
    "credited of an earlier year, below the threshold": (
        less_of_an_earlier_year,
        ("100.00", "21.00"),
    ),
    "credited of an earlier year, nothing left": (
        nothing_left_of_an_earlier_year,
        ("0.00", "0.00"),
    ),
    "a note after the year": (
        lambda: credited(sold("1000"), "1000", on=AFTER),
        ("1000.00", "210.00"),
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("sales", "listed"), CASES.values(), ids=CASES)
def test_who_is_on_the_listing_and_with_what(
    sales: Callable[[], object], listed: tuple[str, str] | None
) -> None:
    """VAT-4."""
    sales()

    found = [(str(one.turnover), str(one.vat)) for one in listing_of(2026).customers]

    assert found == ([listed] if listed else [])


@pytest.mark.django_db
def test_the_threshold_is_a_setting() -> None:
    sold("1000")
    Bookkeeping.objects.filter(pk=1).update(listing_from=1000)

    assert listing_of(2026).is_nil


@pytest.mark.django_db
def test_customers_stand_in_the_order_of_their_numbers() -> None:
    sold("300", to="BE0824677865", name="Tweede")
    sold("500", to="BE0403170701", name="Eerste")
    sold("900", to="", name="Zonder")

    listing = listing_of(2026)

    assert [one.name for one in listing.customers] == ["Eerste", "Tweede"]
    assert (listing.turnover, listing.vat) == (D("800.00"), D("168.00"))


@pytest.mark.django_db
def test_two_queries_whatever_the_number_of_documents(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    for _number in range(3):
        sold("100")

    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(listing_of(2026).customers) == 1


def taken(vat_number: str, turnover: str, *, name: str, on: date) -> Taken:
    return Taken(
        vat_number=vat_number,
        name=name,
        turnover=D(turnover),
        vat=D("10.00"),
        latest_on=on,
    )


def listing(*rows: Taken) -> ClientListing:
    return client_listing(rows, year=2026, listing_from=D(250))


@pytest.mark.parametrize(
    "other", ["BE824677865", "be0824677865", "BE 0824.677.865"], ids=str
)
def test_one_customer_under_numbers_that_differ_in_notation_only(other: str) -> None:
    found = listing(
        taken("BE0824677865", "200", name="Old name", on=DURING),
        taken(other, "100", name="New name", on=LAST_DAY),
    )

    [one] = found.customers
    assert (one.number, one.name) == ("0824677865", "New name")
    assert (one.turnover, one.vat) == (D(300), D("20.00"))


def test_a_number_with_wrong_check_digits_stays_as_the_document_has_it() -> None:
    [one] = listing(taken("BE0999999999", "300", name="X", on=DURING)).customers

    assert one.number == "0999999999"


def test_it_is_handed_in_by_31_march() -> None:
    assert listing().due_on == date(2027, 3, 31)


NEXT = {
    "while the last one is due": (date(2027, 3, 31), 2026),
    "the day after": (date(2027, 4, 1), 2027),
    "the last day of a year": (LAST_DAY, 2026),
    "the first day of a year": (AFTER, 2026),
}


@pytest.mark.parametrize(("today", "year"), NEXT.values(), ids=NEXT)
def test_the_next_listing_to_hand_in(today: date, year: int) -> None:
    assert year_to_hand_in(today) == year
