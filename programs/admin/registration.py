"""Settings: the registered periods of the provider."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin

from ownyourstory.pages import DatedForm, Page
from programs.models import Registration


class RegistrationForm(DatedForm):
    beside: ClassVar = {**DatedForm.beside, "letter_fits_pillar": "pillar"}


@admin.register(Registration)
class RegistrationAdmin(Page):
    form = RegistrationForm
    list_display = ["number", "pillar", "registered_with", "valid_from", "valid_until"]
    fields = ["number", "pillar", "registered_with", ("valid_from", "valid_until")]
