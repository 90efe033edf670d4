"""What an enrolment will cost with VAT: asked from who knows the VAT.

``settings.ENROLMENT_CHARGES`` names the function; this app knows no VAT itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils.module_loading import import_string

from .models import Enrolment


@dataclass(frozen=True, slots=True)
class Charges:
    """What an enrolment comes to with VAT, and which way it goes, in EUR (INV-6)."""

    wallet: Decimal
    direct: Decimal


def charges_of(enrolment: Enrolment, *, on: date) -> Charges | None:
    """Return what ``enrolment`` comes to, ``None`` while that cannot be told."""
    ask: Callable[..., Charges | None] = import_string(settings.ENROLMENT_CHARGES)
    return ask(enrolment, on=on)
