"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import closing, company, exports, invoice, money

__all__ = ["closing", "company", "exports", "invoice", "money"]
