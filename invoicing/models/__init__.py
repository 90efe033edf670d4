"""Seller, VAT rates, number series, invoices with their lines and stored files."""

from .closing import BookClosing
from .files import FileKind, StoredFile
from .inspection import Inspection, InspectionKind
from .invoice import Invoice, InvoiceStatus
from .lines import InvoiceLine
from .seal import Seal
from .seller import Seller
from .series import NumberSeries
from .vat import VatRate

__all__ = [
    "BookClosing",
    "FileKind",
    "Inspection",
    "InspectionKind",
    "Invoice",
    "InvoiceLine",
    "InvoiceStatus",
    "NumberSeries",
    "Seal",
    "Seller",
    "StoredFile",
    "VatRate",
]
