"""The forms of a client: which field a refusal belongs to."""

from __future__ import annotations

from typing import Any, ClassVar

from clients.identifiers import format_enterprise_number
from clients.models import ClientKind, VatLiability
from ownyourstory.pages import PageForm


class ClientForm(PageForm):
    """The form of a client; numbers are shown as people write them."""

    beside: ClassVar = {
        "belgian_number_in_belgium": "enterprise_number",
        "enterprise_number_once": "enterprise_number",
        "foreign_number_abroad": "foreign_vat_number",
        "foreign_number_once": "foreign_vat_number",
        "person_has_no_number": "kind",
        "vat_liable_has_number": "enterprise_number",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        number = self.instance.enterprise_number
        self.initial["enterprise_number"] = format_enterprise_number(number)

    def clean(self) -> dict[str, Any]:
        """Take a private person as not VAT-liable: that choice is for businesses."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == ClientKind.PERSON:
            cleaned["vat_liability"] = VatLiability.NOT_LIABLE
        return cleaned


class ElsewhereForm(PageForm):
    beside: ClassVar = {"once_a_year": "year", "amount_sound": "amount"}
