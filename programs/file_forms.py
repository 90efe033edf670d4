"""Forms beside the ordinary admin pages: who was there, signatures, papers."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from ownyourstory.pages import TypedDecimalField
from ownyourstory.templatetags.money import quantity

from .attendance import Mark
from .models import (
    Attendance,
    DossierPaper,
    Enrolment,
    PaperKind,
    Participant,
    Session,
)
from .scans import SIGNATURE_BYTES, BadPicture, format_of, signature_png

PRESENT, ABSENT = "present", "absent"
PRESENCE = [(PRESENT, gettext_lazy("present")), (ABSENT, gettext_lazy("absent"))]


def _helper(*fields: str) -> FormHelper:
    """Return what crispy needs to draw ``fields`` inside a form of the page's own."""
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper


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


class PaperForm(forms.Form):
    """A paper to attach to an enrolment, or to a session day."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), widget=UnfoldAdminSelectWidget
    )
    participant = forms.ModelChoiceField(
        label=gettext_lazy("Of whom?"),
        queryset=Participant.objects.none(),
        empty_label=gettext_lazy("all of them"),
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=UnfoldAdminFileFieldWidget(
            attrs={
                "accept": ".pdf,.png,.jpg,.jpeg,application/pdf,image/png,image/jpeg"
            }
        ),
    )

    OF_A_DAY = (PaperKind.ATTENDANCE, PaperKind.OTHER)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        enrolment: Enrolment | None = None,
        session: Session | None = None,
        kind: str = "",
    ) -> None:
        super().__init__(data, files, initial={"kind": kind})
        self.enrolment, self.session = enrolment, session
        kinds = self.OF_A_DAY if enrolment is None else tuple(PaperKind)
        asked: Any = self.fields
        asked["kind"].choices = [(one.value, one.label) for one in kinds]
        asked["file"].help_text = _("A PDF, PNG or JPEG of at most %s.") % (
            filesizeformat(settings.SCAN_MAX_BYTES)
        )
        if enrolment is None:
            del self.fields["participant"]
        else:
            asked["participant"].queryset = enrolment.participants.all()
        self.helper = _helper(*self.fields)

    def clean_file(self) -> Any:
        """Look at the bytes themselves: a name can say anything."""
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.SCAN_MAX_BYTES:
            raise forms.ValidationError(
                _("This file has %(size)s, the most is %(most)s.")
                % {
                    "size": filesizeformat(file.size or 0),
                    "most": filesizeformat(settings.SCAN_MAX_BYTES),
                }
            )
        self.content = file.read()
        if format_of(self.content) is None:
            raise forms.ValidationError(
                _("This is no PDF, PNG or JPEG that can be opened.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Refuse the same file in the same place twice."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "file" in cleaned and "kind" in cleaned:
            same = DossierPaper.objects.standing().filter(
                sha256=hashlib.sha256(self.content).hexdigest(),
                enrolment=self.enrolment,
                session=self.session,
                kind=cleaned["kind"],
                participant=cleaned.get("participant"),
            )
            if same.exists():
                self.add_error("file", _("This file is attached already."))
        return cleaned


class WithdrawForm(forms.Form):
    """Why a paper or a signature no longer counts."""

    because = forms.CharField(
        label=gettext_lazy("Why does it no longer count?"),
        max_length=300,
        help_text=gettext_lazy("It stays in the dossier, with this reason."),
        widget=UnfoldAdminTextInputWidget,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.helper = _helper("because")
