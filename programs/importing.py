"""The participants of an enrolment from a list: CSV or XLSX.

A row is about the participant of that name, else of that e-mail. An empty cell
overwrites nothing, and nobody is taken away: a kept dossier only grows (DOS-9).
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.importing.columns import Choice, Column, folded, text
from ownyourstory.importing.reading import Cell
from ownyourstory.importing.resource import SheetResource
from programs import lifecycle
from programs.models import Enrolment, Participant
from programs.models.enrolments import ParticipantRole

ROLE: Final = Choice(
    lambda: dict(ParticipantRole.choices),
    also={
        **dict.fromkeys(
            ["zaakvoerder", "bestuurder", "zelfstandige", "gérant", "indépendant"],
            ParticipantRole.ENTREPRENEUR,
        ),
        **dict.fromkeys(
            ["medewerker", "bediende", "arbeider", "salarié", "employé", "staff"],
            ParticipantRole.EMPLOYEE,
        ),
        **dict.fromkeys(
            ["meewerkende echtgenoot", "conjoint aidant"], ParticipantRole.HELPER
        ),
    },
)

COLUMNS: Final = (
    Column(
        name="name",
        headers={
            "nl": ("Naam", "Deelnemer", "Naam deelnemer", "Voornaam en naam"),
            "fr": ("Nom", "Participant", "Nom et prénom", "Prénom et nom"),
            "en": ("Name", "Participant", "Full name"),
        },
        example="Els Voorbeeld",
        is_needed=True,
        help_text=gettext_lazy("First name and surname, as on the certificate."),
    ),
    Column(
        name="email",
        headers={
            "nl": ("E-mail", "E-mailadres", "Mail", "Mailadres"),
            "fr": ("E-mail", "Courriel", "Adresse e-mail"),
            "en": ("E-mail", "E-mail address", "Mail"),
        },
        example="els@dekorenaar.example",
    ),
    Column(
        name="role",
        headers={
            "nl": ("Werkt er als", "Functie", "Rol", "Statuut"),
            "fr": ("Y travaille comme", "Fonction", "Rôle", "Statut"),
            "en": ("Works there as", "Role", "Function"),
        },
        read=ROLE,
        example={"nl": "werknemer", "fr": "travailleur salarié", "en": "employee"},
        help_text=gettext_lazy("Empty: employee."),
    ),
)


class ParticipantResource(SheetResource):
    """The rows of a list of people who come with one enrolment."""

    columns = COLUMNS
    marked = "name"

    class Meta:
        model = Participant

    def __init__(self, *, enrolment: Enrolment) -> None:
        super().__init__()
        self.enrolment = enrolment

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.people = list(self.enrolment.participants.all())
        rows = [(_name(row), _email(row)) for row in dataset.dict]
        self.pairs = Counter(rows)
        self.names = Counter(name for name, _email in rows if name)
        self.emails = Counter(email for _name, email in rows)

    def init_instance(self, row: Any = None) -> Participant:
        return Participant(enrolment=self.enrolment)

    def get_instance(
        self, instance_loader: Any, row: dict[str, Cell]
    ) -> Participant | None:
        """Return the participant that ``row`` is about, or ``None`` if a new one.

        Raises ValidationError, beside its cell, if it may be about several.
        """
        name, email = _name(row), _email(row)
        if self.names[name] > 1 and not (email and self.pairs[name, email] == 1):
            message = _(
                "Another row has this name too. If these are two people, give each "
                "their own e-mail address; else leave one out."
            )
            raise ValidationError({"name": message})
        found = self._about(name, email)
        if len(found) > 1:
            message = _(
                "Several people have this name. Fill in the e-mail address of the one "
                "you mean, as it stands with the enrolment."
            )
            raise ValidationError({"name": message})
        person: Participant | None = self.stored(found[0].pk) if found else None
        return person

    def _about(self, name: str, email: str) -> list[Participant]:
        """Return the participants that a row may be about.

        The name leads, for people may share a mailbox. Where two have one name, in
        the file or with the enrolment, both must fit. By e-mail alone somebody is
        known where only one person and one row have it: then the name was corrected.
        """
        named = [one for one in self.people if name and folded(one.name) == name]
        same = [one for one in named if email and one.email.casefold() == email]
        if same or (named and (len(named) > 1 or self.names[name] > 1) and email):
            return same
        if named or not email or self.emails[email] > 1:
            return named
        found = [one for one in self.people if one.email.casefold() == email]
        if len(found) > 1 or any(self.names[folded(one.name)] for one in found):
            return []
        return found

    def after_import(self, dataset: Any, result: Any, **kwargs: Any) -> None:
        """Work out anew what the dossier takes of the cap, as its page does (SUB-7)."""
        super().after_import(dataset, result, **kwargs)
        lifecycle.reserve(self.enrolment.pk, on=timezone.localdate())

    def after_import_row(self, row: Any, row_result: Any, **kwargs: Any) -> None:
        super().after_import_row(row, row_result, **kwargs)
        person = row_result.instance
        self.people = [one for one in self.people if one.pk != person.pk] + [person]


def _name(row: dict[str, Cell]) -> str:
    return folded(text(row.get("name", "") or ""))


def _email(row: dict[str, Cell]) -> str:
    return text(row.get("email", "") or "").casefold()
