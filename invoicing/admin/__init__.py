"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import (
    closing,
    company,
    dunning,
    exports,
    invoice,
    late_payment,
    money,
)

__all__ = [
    "closing",
    "company",
    "dunning",
    "exports",
    "invoice",
    "late_payment",
    "money",
]
