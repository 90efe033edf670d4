"""Enterprise numbers, VAT numbers and Peppol ids: read in any notation, kept in one.

Pure. EIN-3 in docs/rules.md; check digits by python-stdnum.
"""

from __future__ import annotations

import re

from stdnum.be import vat as belgian
from stdnum.eu import vat as european
from stdnum.exceptions import ValidationError as NumberError

PEPPOL_SCHEME = {
    "AT": "9914",
    "BE": "0208",
    "BG": "9926",
    "CY": "9928",
    "CZ": "9929",
    "DE": "9930",
    "EE": "9931",
    "ES": "9920",
    "FR": "9957",
    "GR": "9933",
    "HR": "9934",
    "HU": "9910",
    "IE": "9935",
    "LT": "9937",
    "LU": "9938",
    "LV": "9939",
    "MT": "9943",
    "NL": "9944",
    "PL": "9945",
    "PT": "9946",
    "RO": "9947",
    "SI": "9949",
    "SK": "9950",
}
"""The scheme of the electronic address of a VAT number, by country."""


def enterprise_number(text: str) -> str:
    """Return the Belgian enterprise number in ``text`` as ten digits (EIN-3).

    Reads ``BE 0824.677.865``, ``0824 677 865`` and the old nine digits alike.

    Raises ValueError if it is not one: wrong length, a first digit other than
    0 or 1, or check digits that do not fit.
    """
    try:
        number = belgian.validate(text)
    except NumberError as error:
        raise ValueError(f"not an enterprise number: {text!r}") from error
    if number[0] not in "01":
        raise ValueError(f"not an enterprise number: {text!r}")
    return str(number)


def vat_number(text: str, *, country: str) -> str:
    """Return the VAT number in ``text`` with its prefix, as ``NL123456789B01``.

    ``country`` is the ISO code of the client's country; the prefix may be left
    out. Numbers from outside the EU are only stripped of spaces and dots.

    Raises ValueError if it is no valid number of that EU country.
    """
    compact = re.sub(r"[\s.\-/]", "", text).upper()
    if country.lower() not in european.MEMBER_STATES:
        return compact
    prefix = "EL" if country == "GR" else country
    if not compact.startswith(prefix):
        compact = prefix + compact
    try:
        return str(european.validate(compact))
    except NumberError as error:
        raise ValueError(f"not a VAT number of {country}: {text!r}") from error


def is_eu_country(country: str) -> bool:
    """Tell whether ``country`` (ISO code) is a member state of the EU."""
    return country.lower() in european.MEMBER_STATES


def format_enterprise_number(number: str) -> str:
    """Return ten digits as Belgians write them: ``0824.677.865``; empty stays empty."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""


def format_vat_number(number: str) -> str:
    """Return a stored VAT number for people: ``BE 0824.677.865``, ``NL 1234…``."""
    if number.startswith("BE"):
        return f"BE {format_enterprise_number(number[2:])}"
    return f"{number[:2]} {number[2:]}" if number else ""


def peppol_id(*, country: str, enterprise_number: str, vat_number: str) -> str:
    """Return the Peppol id to propose, as ``0208:0824677865``, or an empty text.

    A Belgian is reached under the enterprise number, others under their VAT
    number; where neither is known there is nothing to propose (EIN-3).
    """
    if country == "BE":
        return f"0208:{enterprise_number}" if enterprise_number else ""
    if country in PEPPOL_SCHEME and vat_number:
        return f"{PEPPOL_SCHEME[country]}:{vat_number}"
    return ""


def search_form(term: str) -> str:
    """Return ``term`` as numbers are stored, or an empty text if it is no number.

    ``BE 0824.677.865`` becomes ``0824677865``, ``nl 1234.56.789.b01`` becomes
    ``NL123456789B01``: so a number is found in any notation.
    """
    compact = re.sub(r"[\s.\-/]", "", term).upper()
    if not re.fullmatch(r"(BE)?\d{6,}|[A-Z]{2}[A-Z0-9]{6,}", compact):
        return ""
    if not any(character.isdigit() for character in compact):
        return ""
    return compact.removeprefix("BE")
