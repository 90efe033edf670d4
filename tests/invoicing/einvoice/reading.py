"""What an e-invoice says, by path: ``cac:TaxTotal/cbc:TaxAmount``."""

from __future__ import annotations

from lxml import etree

from invoicing.documents.document import Document
from invoicing.einvoice.elements import PREFIXES
from invoicing.einvoice.ubl import ubl

from .samples import PDF


def written(document: Document) -> etree._Element:
    """Return the e-invoice of ``document``, read again."""
    return etree.fromstring(ubl(document, pdf=PDF, pdf_name="2026-0012.pdf"))


def said(root: etree._Element, path: str) -> list[str]:
    """Return the texts at ``path``, from wherever in the e-invoice it starts."""
    return [element.text or "" for element in root.iterfind(f".//{path}", PREFIXES)]
