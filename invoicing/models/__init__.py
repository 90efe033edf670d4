"""Seller, VAT rates, number series, and invoices with all that belongs to them."""

from .bank import BankFile, BankSource, BankTransaction, SetAside
from .bookkeeping import Bookkeeping
from .closing import BookClosing
from .delivery import Delivery, Means
from .dispute import Dispute, DunningPause
from .dunning import DunningLevel, DunningNotice
from .entry import JournalEntry
from .files import FileKind, StoredFile
from .inspection import Inspection, InspectionKind
from .invoice import Invoice, InvoiceStatus
from .late_payment import ConsumerLumpSum, DunningSettings, LateInterest
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
    "BankFile",
    "BankSource",
    "BankTransaction",
    "BookClosing",
    "Bookkeeping",
    "Channel",
    "ConsumerLumpSum",
    "Delivery",
    "Dispute",
    "DunningLevel",
    "DunningNotice",
    "DunningPause",
    "DunningSettings",
    "ExportPack",
    "FileKind",
    "Inspection",
    "InspectionKind",
    "Invoice",
    "InvoiceLine",
    "InvoiceStatus",
    "JournalEntry",
    "LateInterest",
    "LedgerCode",
    "Means",
    "NumberSeries",
    "Payment",
    "PaymentKind",
    "Receipt",
    "Sale",
    "Seal",
    "Seller",
    "SetAside",
    "StoredFile",
    "VatRate",
]
