"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import bank, company, invoice, money

__all__ = ["bank", "company", "invoice", "money"]
