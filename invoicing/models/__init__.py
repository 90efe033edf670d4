"""Seller, VAT rates, number series, and invoices with all that belongs to them."""

from .bookkeeping import Bookkeeping
from .closing import BookClosing
from .delivery import Delivery, Means
from .entry import JournalEntry
from .files import FileKind, StoredFile
from .inspection import Inspection, InspectionKind
from .invoice import Invoice, InvoiceStatus
from .ledger import LedgerCode, Sale
from .lines import InvoiceLine
from .pack import ExportPack
from .payment import Payment, PaymentKind
from .receipt import Channel, Receipt
from .seal import Seal
from .seller import Seller
from .series import NumberSeries
from .vat import VatRate

__all__ = [
    "BookClosing",
    "Bookkeeping",
    "Channel",
    "Delivery",
    "ExportPack",
    "FileKind",
    "Inspection",
    "InspectionKind",
    "Invoice",
    "InvoiceLine",
    "InvoiceStatus",
    "JournalEntry",
    "LedgerCode",
    "Means",
    "NumberSeries",
    "Payment",
    "PaymentKind",
    "Receipt",
    "Sale",
    "Seal",
    "Seller",
    "StoredFile",
    "VatRate",
]
