"""What was stored of an issued document, read back from the archive."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from invoicing.models import FileKind, Invoice, StoredFile
from ownyourstory import archive


def file_of(invoice: Invoice, kind: FileKind = FileKind.PDF) -> StoredFile:
    """Return the row of a stored file: the PDF if nothing else is asked."""
    return invoice.files.get(kind=kind)


def bytes_of(invoice: Invoice, kind: FileKind = FileKind.PDF) -> bytes:
    """Return the bytes of a stored file: the PDF if nothing else is asked."""
    return archive.read(file_of(invoice, kind).sha256)


def text_of(invoice: Invoice) -> str:
    """Return the text of the stored PDF, each space and line break as one space."""
    pages = PdfReader(BytesIO(bytes_of(invoice))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())
