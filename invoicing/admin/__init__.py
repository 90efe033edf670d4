"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import bank, company, dunning, invoice, late_payment, money

__all__ = ["bank", "company", "dunning", "invoice", "late_payment", "money"]
