"""Forms of the papers in the file of a dossier."""

from __future__ import annotations

import hashlib
from typing import Any

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

from ownyourstory.questions import layout

from .models import (
    DossierPaper,
    Enrolment,
    PaperKind,
    Participant,
    Session,
)
from .scans import format_of


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
        self.helper = layout(*self.fields)

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
        self.helper = layout("because")
