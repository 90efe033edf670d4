"""The file of a dossier on its page and in the list: complete, or what is missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from ownyourstory.listing import Colour, label
from programs.evidence import Finding, Lamp, Standing, lamp
from programs.file_facts import findings, with_file
from programs.file_words import line_of
from programs.models import DossierPaper, Enrolment
from programs.wording import LAMPS, PIECES, STANDINGS

COLOURS = {
    Lamp.GREEN: Colour.GREEN,
    Lamp.AMBER: Colour.AMBER,
    Lamp.RED: Colour.RED,
}
CLASSES = {
    Standing.THERE: "house-fine",
    Standing.LATER: "",
    Standing.MISSING: "house-problem",
}
WHOLE_FILE = (
    "programs.view_enrolment",
    "programs.view_dossierpaper",
    "programs.view_attendance",
    "programs.view_dossierstep",
)
"""What somebody may see who takes a whole dossier along; invoices beside these."""


def lamp_label(found: list[Finding]) -> SafeString:
    """Return the lamp of a dossier as a label; what is missing is in its title."""
    colour = lamp(found)
    missing = [
        f"{PIECES[one.piece]}: {STANDINGS[one.standing]}"
        for one in found
        if not one.is_there
    ]
    return label(LAMPS[colour], COLOURS[colour], title="; ".join(missing))


def file_panel(request: HttpRequest, enrolment: Enrolment) -> dict[str, Any]:
    """Return what the page of an enrolment shows of its file."""
    fetched = with_file(Enrolment.objects.filter(pk=enrolment.pk)).get()
    found = findings(fetched, today=timezone.localdate())
    papers = DossierPaper.objects.filter(enrolment=enrolment) | (
        DossierPaper.objects.filter(enrolment=None, session__course=enrolment.course_id)
    )
    may = request.user.has_perm
    return {
        "lamp": lamp_label(found),
        "lines": [(line_of(one), CLASSES[one.standing]) for one in found],
        "papers": papers.select_related("participant", "session", "withdrawn_by"),
        "may_see": may("programs.view_dossierpaper"),
        "may_bundle": all(may(one) for one in WHOLE_FILE),
        "may_attach": may("programs.add_dossierpaper"),
        "may_withdraw": may("programs.change_dossierpaper"),
        "may_record": may("programs.change_attendance"),
    }
