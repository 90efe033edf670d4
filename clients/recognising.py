"""Who a row of a list is about: by number, else by name and postcode."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clients.client_columns import COUNTRY, KIND
from clients.models import Client, ClientKind
from ownyourstory.importing.columns import folded, text
from ownyourstory.importing.reading import Cell, as_text

NUMBERS = ("enterprise_number", "foreign_vat_number")

FIVE_DIGITS = ("DE", "EE", "ES", "FI", "FR", "HR", "IT", "LT", "US")
"""Countries with postcodes that may begin with a zero, which spreadsheets drop."""


class Known:
    """The clients there are, by what a row may tell of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names: dict[tuple[str, str], dict[int, Client]] = {}
        fields = [*NUMBERS, "kind", "legal_name", "postal_code"]
        for client in Client.objects.only(*fields):
            self.add(client)

    def add(self, client: Client) -> None:
        """Know ``client`` as it is now."""
        for number in (client.enterprise_number, client.foreign_vat_number):
            if number:
                self._numbers[number] = client.pk
        name = folded(client.legal_name), folded(client.postal_code)
        self._names.setdefault(name, {})[client.pk] = client

    def pk_of(self, row: dict[str, Cell]) -> int | None:
        """Return the key of the client that ``row`` is about; ``None`` if new.

        Raises ValidationError, beside its cell, if it may be about several.
        """
        numbers = [as_text(row[name]) for name in NUMBERS if row.get(name)]
        found = {self._numbers[number] for number in numbers if number in self._numbers}
        name = text(row.get("legal_name", "")), text(row.get("postal_code", ""))
        if not found and all(name):
            found = self._of_name((folded(name[0]), folded(name[1])), row, numbers)
        if len(found) > 1:
            raise ValidationError(
                {
                    "legal_name": _(
                        "This may be about several clients. Fill in the enterprise "
                        "number or VAT number of the one you mean."
                    )
                }
            )
        return next(iter(found), None)

    def _of_name(
        self, name: tuple[str, str], row: dict[str, Cell], numbers: list[str]
    ) -> set[int]:
        """Return the clients of that name and postcode that ``row`` may be about.

        With a number that nobody has yet: only a business that has none. With the word
        that it is a private person: only such.
        """
        found = self._names.get(name, {}).values()
        if numbers:
            return {one.pk for one in found if not (one.is_person or _number_of(one))}
        kind = KIND.find(row.get("kind", ""))
        persons = {one.pk for one in found if one.is_person}
        return persons if kind == ClientKind.PERSON else {one.pk for one in found}


def _number_of(client: Client) -> str:
    return client.enterprise_number or client.foreign_vat_number


def repair_postcode(row: dict[str, Cell]) -> None:
    """Give a postcode back the zero that a spreadsheet took from it."""
    code = row.get("postal_code", "")
    if isinstance(code, Decimal) and _country_of(row) in FIVE_DIGITS:
        row["postal_code"] = text(code).zfill(5)


def _country_of(row: dict[str, Cell]) -> str:
    return COUNTRY.find(row.get("country", "")) or ""


def sort_out_numbers(row: dict[str, Cell]) -> None:
    """Write the numbers of ``row`` as they are stored, the Belgian one in its column.

    Many lists have one column for all VAT numbers: a Belgian one in it is the
    enterprise number.

    Raises ValidationError, beside its cell, if one is none or they contradict.
    """
    own, vat = (text(row.get(name, "")) for name in NUMBERS)
    compact = re.sub(r"[\s.\-/]", "", vat).upper()
    prefix = compact[:2] if compact[:2].isalpha() else ""
    prefix = {"EL": "GR", "": _country_of(row) or "BE"}.get(prefix, prefix)
    errors: dict[str, Any] = {}
    number = _read(own, column="enterprise_number", country="BE", errors=errors)
    if vat and prefix == "BE":
        same = _read(vat, column="foreign_vat_number", country="BE", errors=errors)
        if number and same and number != same:
            errors["foreign_vat_number"] = _("This is another number than “%s”.") % own
        number, vat = number or same, ""
    elif vat:
        vat = _read(vat, column="foreign_vat_number", country=prefix, errors=errors)
    if errors:
        raise ValidationError(errors)
    for name, value in zip(NUMBERS, (number, vat), strict=True):
        if value or name in row:
            row[name] = value


def _read(text: str, *, column: str, country: str, errors: dict[str, Any]) -> str:
    """Return a number as it is stored; put what the model says of it in ``errors``."""
    belgian = country == "BE"
    field = "enterprise_number" if belgian else "foreign_vat_number"
    client = Client(country=country, postal_code="1000", **{field: text})
    try:
        client.clean()
    except ValidationError as error:
        errors[column] = error.error_dict[field]
    return str(getattr(client, field))
