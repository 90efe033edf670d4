"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import company, invoice, money

__all__ = ["company", "invoice", "money"]
