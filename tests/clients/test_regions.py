"""The region of a seat, in Python and in the database by one table (ELI-1)."""

from __future__ import annotations

import pytest

from clients.regions import Region, region_of
from tests.factories import ClientFactory

CASES = {
    "below the first": ("BE", "0999", Region.UNKNOWN),
    "first of Brussels": ("BE", "1000", Region.BRUSSELS),
    "last of Brussels": ("BE", "1299", Region.BRUSSELS),
    "first of Walloon Brabant": ("BE", "1300", Region.WALLONIA),
    "last of Walloon Brabant": ("BE", "1499", Region.WALLONIA),
    "first of Flemish Brabant": ("BE", "1500", Region.FLANDERS),
    "last of Limburg": ("BE", "3999", Region.FLANDERS),
    "first of Liège": ("BE", "4000", Region.WALLONIA),
    "last of Hainaut": ("BE", "7999", Region.WALLONIA),
    "first of West Flanders": ("BE", "8000", Region.FLANDERS),
    "last of all": ("BE", "9999", Region.FLANDERS),
    "too long": ("BE", "10000", Region.UNKNOWN),
    "too short": ("BE", "900", Region.UNKNOWN),
    "no digits": ("BE", "Gent", Region.UNKNOWN),
    "a letter in it": ("BE", "9O00", Region.UNKNOWN),
    "empty": ("BE", "", Region.UNKNOWN),
    "abroad": ("NL", "4811 AA", Region.ABROAD),
    "abroad, with a postcode like ours": ("LU", "9000", Region.ABROAD),
}


@pytest.mark.parametrize(("country", "code", "region"), CASES.values(), ids=CASES)
def test_region_of(country: str, code: str, region: Region) -> None:
    assert region_of(country=country, postal_code=code) is region


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "code", "region"), CASES.values(), ids=CASES)
def test_the_database_agrees(country: str, code: str, region: Region) -> None:
    client = ClientFactory.create(
        country=country, postal_code=code, vat_liability="none", enterprise_number=""
    )

    client.refresh_from_db()

    assert client.region == region


SEATS = {
    "seat in Flanders, office in Brussels": ("BE", "1000", "9000", Region.FLANDERS),
    "seat in Wallonia, office in Flanders": ("BE", "9000", "4000", Region.WALLONIA),
    "no seat of its own": ("BE", "9000", "", Region.FLANDERS),
    "seat in Flanders, office abroad": ("NL", "4811 AA", "8000", Region.FLANDERS),
}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "office", "seat", "region"), SEATS.values(), ids=SEATS
)
def test_the_operating_seat_counts_not_the_registered_office(
    country: str, office: str, seat: str, region: Region
) -> None:
    client = ClientFactory.create(
        country=country,
        postal_code=office,
        seat_postal_code=seat,
        vat_liability="none",
        enterprise_number="",
    )

    client.refresh_from_db()

    assert client.region == region
