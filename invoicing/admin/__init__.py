"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import company, exports, invoice, money

__all__ = ["company", "exports", "invoice", "money"]
