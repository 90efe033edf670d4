"""What was really issued and credited makes e-invoices that pass (EIN-2, EIN-4)."""

from __future__ import annotations

from base64 import b64decode

import pytest
from lxml import etree

from invoicing.einvoice.ubl import PEPPOL
from invoicing.models import FileKind, Invoice
from tests.factories import issued_via_wallet
from tests.invoicing.test_crediting import all_of, credit
from tests.stored import bytes_of

from .checking import complaints
from .reading import said

APPLICATION = "2026KMO123456"


@pytest.mark.django_db
def test_a_wallet_invoice_and_its_credit_note_both_go_over_peppol() -> None:
    invoice = issued_via_wallet(application_number=APPLICATION)
    note = credit(invoice, all_of(invoice))

    for issued in (invoice, note):
        xml = bytes_of(issued, FileKind.XML)

        assert complaints(xml) == []
        _check(etree.fromstring(xml), issued, bytes_of(issued))


def _check(root: etree._Element, issued: Invoice, paper: bytes) -> None:
    references = said(root, "cac:ProjectReference/cbc:ID")
    references += said(root, "cac:AdditionalDocumentReference/cbc:ID")

    assert said(root, "cbc:CustomizationID") == [PEPPOL]
    assert said(root, "cbc:ID")[0] == issued.number
    assert said(root, "cbc:PayableAmount") == [str(issued.gross)]
    assert APPLICATION in references
    [embedded] = said(root, "cbc:EmbeddedDocumentBinaryObject")
    assert b64decode(embedded) == paper
