"""Clients and their contact people from a list: CSV or XLSX.

A row is about the client with its enterprise number, else with its VAT number, else
with its name and postcode. An empty cell overwrites nothing, and nothing is deleted.
"""

from __future__ import annotations

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clients.admin.forms import ClientForm
from clients.client_columns import COLUMNS
from clients.models import Client, Contact, VatLiability
from clients.recognising import Known, repair_postcode, sort_out_numbers
from ownyourstory.importing.columns import Column, folded
from ownyourstory.importing.reading import Cell
from ownyourstory.importing.resource import SheetResource

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
        self.known = Known()
        self.rows_of: dict[int, int] = {}
        self.contacts_in_file: set[int] = set()

    def before_import_row(self, row: dict[str, Cell], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        repair_postcode(row)
        sort_out_numbers(row)

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
