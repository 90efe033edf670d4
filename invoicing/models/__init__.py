"""Seller, VAT rates, number series, invoices with lines, files and deliveries."""

from .closing import BookClosing
from .delivery import Delivery, Means
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
    "Delivery",
    "FileKind",
    "Inspection",
    "InspectionKind",
    "Invoice",
    "InvoiceLine",
    "InvoiceStatus",
    "Means",
    "NumberSeries",
    "Seal",
    "Seller",
    "StoredFile",
    "VatRate",
]
