"""Admin pages of the invoicing app: layout and permissions, no rules."""

from . import company, invoice

__all__ = ["company", "invoice"]
