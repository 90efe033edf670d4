"""Who we are, as printed on everything that leaves the house (INV-2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in Belgium."""

    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Our own particulars; numbers are formatted (``BE 0824.677.865``).

    ``full_name`` is the legal name with the legal form, ``court`` the division of the
    register of legal persons, ``logo`` a picture or ``None``. ``missing`` names, in
    the language of the pages, what the owner has yet to fill in.
    """

    full_name: str
    legal_name: str
    trade_name: str
    address: Address
    vat_number: str
    court: str
    iban: str
    bic: str
    bank: str
    email: str
    phone: str
    website: str
    logo: bytes | None = None
    missing: tuple[str, ...] = ()
