"""Forms of who was there: the grid of a course, and a signature."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ownyourstory.pages import TypedDecimalField
from ownyourstory.templatetags.money import quantity

from .attendance import Mark
from .models import (
    Attendance,
    Participant,
    Session,
)
from .scans import SIGNATURE_BYTES, BadPicture, signature_png

PRESENT, ABSENT = "present", "absent"
PRESENCE = [(PRESENT, gettext_lazy("present")), (ABSENT, gettext_lazy("absent"))]


@dataclass(frozen=True, slots=True)
class Cell:
    """A person on a day: what is asked, or the signature that stands."""

    session: Session
    signed: Attendance | None = None
    presence: forms.BoundField | None = None
    hours: forms.BoundField | None = None


class AttendanceForm(forms.Form):
    """Who was there: people down, days across; days still to come are not asked.

    A cell that is left open says nothing, one that is filled is written down.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        sessions: Iterable[Session],
        people: Iterable[Participant],
        known: Iterable[Attendance],
        today: date,
    ) -> None:
        super().__init__(data)
        self.sessions, self.people = list(sessions), list(people)
        self.today = today
        self.known = {(row.participant_id, row.session_id): row for row in known}
        for person, session in self._asked():
            self._add(person, session, self.known.get((person.pk, session.pk)))

    def _asked(self) -> Iterator[tuple[Participant, Session]]:
        """Yield each person with each day that can be filled in."""
        for person in self.people:
            for session in self.sessions:
                row = self.known.get((person.pk, session.pk))
                if session.day <= self.today and not (row and row.is_signed):
                    yield person, session

    def _add(
        self, person: Participant, session: Session, row: Attendance | None
    ) -> None:
        presence = forms.ChoiceField(
            label=f"{person}, {session}",
            choices=PRESENCE,
            widget=forms.RadioSelect,
            required=False,
            initial=row and (PRESENT if row.is_present else ABSENT),
        )
        is_part = row and row.is_present and row.hours != session.hours
        hours = TypedDecimalField(
            label=_("Hours of %(person)s, %(session)s")
            % {"person": person, "session": session},
            max_digits=5,
            decimal_places=2,
            min_value=Decimal("0.25"),
            max_value=session.hours,
            required=False,
            localize=True,
            initial=row.hours if row and is_part else None,
            widget=forms.TextInput(
                attrs={
                    "inputmode": "decimal",
                    "placeholder": quantity(session.hours),
                    "size": 4,
                }
            ),
            error_messages={
                "max_value": _("That day has %s hours.") % quantity(session.hours)
            },
        )
        self.fields[_name("presence", person, session)] = presence
        self.fields[_name("hours", person, session)] = hours

    def open_in(self, session: Session) -> list[str]:
        """Return the fields of ``session`` that are asked, for "all present"."""
        return [
            _name("presence", person, day)
            for person, day in self._asked()
            if day == session
        ]

    def rows(self) -> Iterator[tuple[Participant, list[Cell]]]:
        """Yield each person with a cell for each day."""
        for person in self.people:
            yield person, [self._cell(person, session) for session in self.sessions]

    def _cell(self, person: Participant, session: Session) -> Cell:
        row = self.known.get((person.pk, session.pk))
        if row and row.is_signed:
            return Cell(session, signed=row)
        name = _name("presence", person, session)
        if name not in self.fields:
            return Cell(session)
        return Cell(
            session, presence=self[name], hours=self[_name("hours", person, session)]
        )

    def clean(self) -> dict[str, Any]:
        """Refuse hours of somebody who is not said to be there."""
        cleaned: dict[str, Any] = super().clean() or {}
        for person, session in self._asked():
            presence = cleaned.get(_name("presence", person, session))
            hours = _name("hours", person, session)
            if cleaned.get(hours) and presence == "":
                self.add_error(hours, _("Tick present too, or leave this empty."))
        return cleaned

    def marks(self) -> list[Mark]:
        """Return what is filled in; of somebody present without hours: all of them."""
        found = []
        for person, session in self._asked():
            presence = self.cleaned_data[_name("presence", person, session)]
            hours = self.cleaned_data[_name("hours", person, session)]
            if presence:
                there = hours or session.hours
                nothing = Decimal(0)
                found.append(
                    Mark(person, session, there if presence == PRESENT else nothing)
                )
        return found


def _name(what: str, person: Participant, session: Session) -> str:
    return f"{what}-{person.pk}-{session.pk}"


class SignatureForm(forms.Form):
    """A signature as a browser draws it: a PNG as data URL."""

    PREFIX = "data:image/png;base64,"
    MESSAGES = {
        "blank": gettext_lazy("Nothing is drawn yet: sign in the box."),
        "too_large": gettext_lazy("This drawing is too large: draw it anew."),
        "no_png": gettext_lazy("This is no drawing: draw it anew."),
    }

    signature = forms.CharField(
        widget=forms.HiddenInput,
        # Four characters carry three bytes.
        max_length=len(PREFIX) + SIGNATURE_BYTES * 4 // 3 + 4,
        error_messages={
            "required": MESSAGES["blank"],
            "max_length": MESSAGES["too_large"],
        },
    )

    def clean_signature(self) -> bytes:
        drawn: str = self.cleaned_data["signature"]
        if not drawn.startswith(self.PREFIX):
            raise forms.ValidationError(self.MESSAGES["no_png"])
        try:
            content = base64.b64decode(drawn.removeprefix(self.PREFIX), validate=True)
            return signature_png(content)
        except binascii.Error:
            raise forms.ValidationError(self.MESSAGES["no_png"])
        except BadPicture as error:
            raise forms.ValidationError(self.MESSAGES[str(error)])
