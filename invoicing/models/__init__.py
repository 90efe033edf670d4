"""Seller, VAT rates, number series, invoices with their lines and stored files."""

from .files import FileKind, StoredFile
from .invoice import Invoice, InvoiceLine, InvoiceStatus
from .seller import Seller
from .series import NumberSeries
from .vat import VatRate

__all__ = [
    "FileKind",
    "Invoice",
    "InvoiceLine",
    "InvoiceStatus",
    "NumberSeries",
    "Seller",
    "StoredFile",
    "VatRate",
]
