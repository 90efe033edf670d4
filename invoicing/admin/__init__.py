"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import company, dunning, invoice, late_payment, money

__all__ = ["company", "dunning", "invoice", "late_payment", "money"]
