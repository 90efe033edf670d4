"""Numbers read in any notation and kept in one (EIN-3)."""

from __future__ import annotations

import pytest

from clients.identifiers import (
    enterprise_number,
    format_enterprise_number,
    format_vat_number,
    is_eu_country,
    peppol_id,
    search_form,
    vat_number,
)
from tests.factories import belgian_number

READ = {
    "as Belgians write it": ("0824.677.865", "0824677865"),
    "with the prefix": ("BE 0824.677.865", "0824677865"),
    "prefix against it": ("BE0824677865", "0824677865"),
    "small letters": ("be 0824 677 865", "0824677865"),
    "old, of nine digits": ("403.170.701", "0403170701"),
    "old, with the prefix": ("BE 403.170.701", "0403170701"),
    "one that starts with 1": (belgian_number(10_000_000), belgian_number(10_000_000)),
    "spaces around it": ("  0403170701 ", "0403170701"),
}


@pytest.mark.parametrize(("text", "number"), READ.values(), ids=READ)
def test_an_enterprise_number_is_read_in_any_notation(text: str, number: str) -> None:
    assert enterprise_number(text) == number


REFUSED = {
    "empty": "",
    "a word": "bakkerij",
    "too short": "08246778",
    "too long": "08246778650",
    "check digits do not fit": "0824.677.866",
    "two digits swapped": "0824.677.856",
    "starts with 2": belgian_number(20_000_000),
    "starts with 9": belgian_number(90_000_000),
    "of another country": "NL 0824.677.865",
    "all zeros": "0000.000.000",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an enterprise number"):
        enterprise_number(text)


ABROAD = {
    "Dutch": ("NL 1234.56.782.B90", "NL", "NL123456782B90"),
    "the prefix left out": ("123456782B90", "NL", "NL123456782B90"),
    "Greek, whose prefix is EL": ("094259216", "GR", "EL094259216"),
    "French": ("fr 40 303 265 045", "FR", "FR40303265045"),
    "outside the EU only stripped": ("CHE-107.787.577 IVA", "CH", "CHE107787577IVA"),
}


@pytest.mark.parametrize(("text", "country", "number"), ABROAD.values(), ids=ABROAD)
def test_a_vat_number_is_kept_with_its_prefix(
    text: str, country: str, number: str
) -> None:
    assert vat_number(text, country=country) == number


@pytest.mark.parametrize("text", ["NL123456789B01", "FR40303265045", "", "NL"])
def test_a_vat_number_that_its_country_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a VAT number of NL"):
        vat_number(text, country="NL")


@pytest.mark.parametrize(
    ("country", "is_member"),
    {"BE": True, "NL": True, "GR": True, "GB": False, "CH": False, "US": False}.items(),
)
def test_member_states(country: str, *, is_member: bool) -> None:
    assert is_eu_country(country) is is_member


def test_numbers_are_printed_as_people_write_them() -> None:
    assert format_enterprise_number("0824677865") == "0824.677.865"
    assert format_enterprise_number("") == ""
    assert format_vat_number("BE0824677865") == "BE 0824.677.865"
    assert format_vat_number("NL123456782B90") == "NL 123456782B90"
    assert format_vat_number("") == ""


PEPPOL = {
    "Belgian": ("BE", "0824677865", "", "0208:0824677865"),
    "Belgian without number": ("BE", "", "", ""),
    "Dutch": ("NL", "", "NL123456782B90", "9944:NL123456782B90"),
    "Dutch without number": ("NL", "", "", ""),
    "a country without scheme": ("US", "", "US123", ""),
}


@pytest.mark.parametrize(
    ("country", "enterprise", "vat", "proposed"), PEPPOL.values(), ids=PEPPOL
)
def test_the_peppol_id_to_propose(
    country: str, enterprise: str, vat: str, proposed: str
) -> None:
    found = peppol_id(country=country, enterprise_number=enterprise, vat_number=vat)

    assert found == proposed


TERMS = {
    "formatted": ("BE 0824.677.865", "0824677865"),
    "without the zero": ("824 677 865", "824677865"),
    "the first half": ("0824.677", "0824677"),
    "Dutch": ("nl 1234.56.782.b90", "NL123456782B90"),
    "a year is no number": ("2026", ""),
    "a name": ("Bakkerij", ""),
    "a name with a space": ("De Korst", ""),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("term", "stored"), TERMS.values(), ids=TERMS)
def test_a_search_term_becomes_the_stored_form(term: str, stored: str) -> None:
    assert search_form(term) == stored
