"""Seller, VAT rates, number series, and invoices with all that belongs to them."""

from .closing import BookClosing
from .delivery import Delivery, Means
from .files import FileKind, StoredFile
from .inspection import Inspection, InspectionKind
from .invoice import Invoice, InvoiceStatus
from .lines import InvoiceLine
from .payment import Channel, Payment
from .seal import Seal
from .seller import Seller
from .series import NumberSeries
from .vat import VatRate

__all__ = [
    "BookClosing",
    "Channel",
    "Delivery",
    "FileKind",
    "Inspection",
    "InspectionKind",
    "Invoice",
    "InvoiceLine",
    "InvoiceStatus",
    "Means",
    "NumberSeries",
    "Payment",
    "Seal",
    "Seller",
    "StoredFile",
    "VatRate",
]
