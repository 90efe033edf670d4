"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import (
    bank,
    closing,
    company,
    dunning,
    exports,
    invoice,
    late_payment,
    money,
)

__all__ = [
    "bank",
    "closing",
    "company",
    "dunning",
    "exports",
    "invoice",
    "late_payment",
    "money",
]
