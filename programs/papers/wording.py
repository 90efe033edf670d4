"""What the papers are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .paper import Paper

PAPERS = {
    Paper.CONFIRMATION: _("Enrolment confirmation"),
    Paper.APPLICATION: _("Your application, field by field"),
    Paper.STEPS: _("How it works"),
    Paper.CERTIFICATES: _("Certificate of attendance"),
    Paper.ATTENDANCE: _("Attendance list"),
}
