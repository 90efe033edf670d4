"""Clients and their contact people from a list: CSV or XLSX.

A row is about the client with its enterprise number, else with its VAT number, else
with its name and postcode. An empty cell overwrites nothing, and nothing is deleted.
"""

from __future__ import annotations

import re
from copy import copy
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clients.admin.forms import ClientForm
from clients.client_columns import COLUMNS, COUNTRY, KIND
from clients.models import Client, ClientKind, Contact, VatLiability
from ownyourstory.importing.columns import Column, folded, text
from ownyourstory.importing.reading import Cell, as_text
from ownyourstory.importing.resource import SheetResource

NUMBERS = ("enterprise_number", "foreign_vat_number")

FIVE_DIGITS = ("DE", "EE", "ES", "FI", "FR", "HR", "IT", "LT", "US")
"""Countries with postcodes that may begin with a zero, which spreadsheets drop."""

CONTACT = "contact_"
"""How the columns of a contact person begin."""


class ClientResource(SheetResource):
    """The rows of a list of clients, each with a contact person or none."""

    columns = COLUMNS
    marked = "legal_name"
    beside = ClientForm.beside

    class Meta:
        model = Client

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.known = _Known()
        self.rows_of: dict[int, int] = {}
        self.contacts_in_file: set[int] = set()

    def before_import_row(self, row: dict[str, Cell], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        _repair_postcode(row)
        _sort_out_numbers(row)

    def get_instance(self, instance_loader: Any, row: dict[str, Cell]) -> Client | None:
        """Return the client that ``row`` is about, or ``None`` if it is a new one."""
        pk = self.known.pk_of(row)
        if not pk and row.get("foreign_vat_number") and not row.get("country"):
            message = _("This number is not Belgian: fill in the country too.")
            raise ValidationError({"foreign_vat_number": message})
        client: Client | None = self.stored(pk) if pk else None
        return client

    def import_instance(self, instance: Client, row: Any, **kwargs: Any) -> None:
        """Read the cells; take a private person as not VAT-liable, as the form does."""
        self.contact_errors = self._wrong_with_contact(row)
        try:
            super().import_instance(instance, row, **kwargs)
        finally:
            if instance.is_person and not row.get("vat_liability"):
                instance.vat_liability = VatLiability.NOT_LIABLE

    def validate_instance(
        self, instance: Client, import_validation_errors: Any = None, **kwargs: Any
    ) -> None:
        """Say what is wrong with the contact person too, at once."""
        errors = {**self.contact_errors, **(import_validation_errors or {})}
        super().validate_instance(instance, errors, **kwargs)

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        super().after_import_row(row, row_result, **kwargs)
        client = row_result.instance
        self._refuse_other_words(client, row_result)
        self.rows_of.setdefault(client.pk, self.row_number)
        self.known.add(client)
        if changes := self._bring_in_contact(client, row):
            row_result.changes += changes
            if row_result.is_skip():
                row_result.import_type = row_result.IMPORT_TYPE_UPDATE

    def _refuse_other_words(self, client: Client, row_result: Any) -> None:
        """Refuse a row that says of a client something else than one before it."""
        earlier = self.rows_of.get(client.pk)
        if earlier is None:
            return
        message = _("Row %s is about the same client and says something else.")
        changed = {
            name: message % earlier
            for name in self.fields
            if self.changes(row_result.original, client, names=[name])
        }
        if changed:
            raise ValidationError(changed)

    # Contact people

    def _contact_cells(self, row: dict[str, Cell]) -> dict[Column, Cell]:
        return {
            column: row[column.name]
            for column in self.used
            if column.part is Contact and row.get(column.name, "") != ""
        }

    def _wrong_with_contact(self, row: dict[str, Cell]) -> dict[str, Any]:
        """Return what is wrong with the cells of the contact person, by column."""
        contact = Contact()
        errors: dict[str, Any] = {}
        for column, cell in self._contact_cells(row).items():
            try:
                value = column.clean(cell)
            except ValueError as error:
                errors[column.name] = ValidationError(str(error))
            else:
                setattr(contact, column.name.removeprefix(CONTACT), value)
        try:
            contact.clean_fields(
                exclude={"client"} if contact.name else {"client", "name"}
            )
        except ValidationError as error:
            errors |= {
                f"{CONTACT}{name}": each for name, each in error.error_dict.items()
            }
        return errors

    def _bring_in_contact(self, client: Client, row: dict[str, Cell]) -> Any:
        """Store the contact person in ``row`` and return what changed of it."""
        if self.contact_errors:
            raise ValidationError(self.contact_errors)
        cells = self._contact_cells(row)
        values = {
            column.name.removeprefix(CONTACT): column.clean(cell)
            for column, cell in cells.items()
        }
        if not values:
            return []
        contact = self._contact_for(client, values)
        was = copy(contact) if contact.pk else None
        for name, value in values.items():
            setattr(contact, name, value)
        changes = self.changes(
            was, contact, names=[column.name for column in cells], prefix=CONTACT
        )
        if changes:
            _check(contact)
            contact.save()
        self.contacts_in_file.add(contact.pk)
        return changes

    def _contact_for(self, client: Client, values: dict[str, Any]) -> Contact:
        """Return the contact of that name, else of that e-mail, else a new one.

        People may share a mailbox: an e-mail tells who it is only where one has it,
        and never somebody whom another row names.
        """
        contacts = list(client.contacts.all())
        name = folded(values.get("name", ""))
        email = values.get("email", "").casefold()
        named = [one for one in contacts if name and folded(one.name) == name]
        found = named or [
            one
            for one in contacts
            if email and one.email.casefold() == email
            if not name or one.pk not in self.contacts_in_file
        ]
        if len(found) > 1 and email:
            found = [one for one in found if one.email.casefold() == email] or found
        if len(found) > 1:
            raise ValidationError(
                {
                    "contact_name": _(
                        "More than one contact person fits. Change this one on the "
                        "page of the client."
                    )
                }
            )
        return found[0] if found else Contact(client=client)


def _check(contact: Contact) -> None:
    """Raise what is wrong with ``contact`` beside the columns it is in."""
    try:
        contact.full_clean()
    except ValidationError as error:
        raise ValidationError(
            {f"{CONTACT}{name}": texts for name, texts in error.error_dict.items()}
        ) from None


class _Known:
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


def _repair_postcode(row: dict[str, Cell]) -> None:
    """Give a postcode back the zero that a spreadsheet took from it."""
    code = row.get("postal_code", "")
    if isinstance(code, Decimal) and _country_of(row) in FIVE_DIGITS:
        row["postal_code"] = text(code).zfill(5)


def _country_of(row: dict[str, Cell]) -> str:
    return COUNTRY.find(row.get("country", "")) or ""


def _sort_out_numbers(row: dict[str, Cell]) -> None:
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
