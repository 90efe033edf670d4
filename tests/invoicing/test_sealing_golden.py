"""A record of version 1 as it was first sealed: it must hold for ever (INV-3).

Whatever becomes of the program, this text keeps its digest, and the rows it was made
of keep making it. If this test fails, mend the program; never the text.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from invoicing import sealing
from invoicing.documents.seal import canonical, digest
from invoicing.models import Invoice, Seal, StoredFile
from ownyourstory import archive
from tests.factories import (
    ClientFactory,
    DraftFactory,
    LineFactory,
    NumberSeriesFactory,
    UserFactory,
)

PREVIOUS = "5e" * 32
RECORD = (
    '{"files":[{"id":9001,"kind":"pdf","sha256":"fbf536c9da41d9f267a234e9ae2d1484cd63'
    '461439845a7f021491f5f3a1ae0a","size":15}],"invoice":{"accepted_warnings":{"a_cod'
    'e":"Zaken, aanvaard"},"buyer_name":"Bakkerij De Gouden Korst BV","client_id":900'
    '1,"communication":"+++202/6000/01202+++","created_at":"2026-03-01T08:00:00+00:00'
    '","credit_reason":"","credits_id":null,"direct_amount":"342.15","discount":"10.5'
    '0","due_on":"2026-04-19","enrolment_id":null,"gross":"342.15","id":9001,"issued_'
    'at":"2026-03-20T09:30:15.123456+00:00","issued_by_id":9001,"issued_on":"2026-03-'
    '20","kind":"invoice","language":"nl","net":"299.53","number":"2026-0012","order_'
    'reference":"PO-7781","record":{"document":{"a":"é","b":[1,null,true]},"version":'
    '1},"refund":"","remark":"Bedankt, Zoë!\\nTot ziens.","sequence":12,"series_id":9'
    '001,"service_from":"2026-03-12","service_until":"2026-03-19","status":"issued","'
    'subsidy_estimate":"61.80","subsidy_year":2026,"vat":"42.62","via_wallet":false,"'
    'wallet_amount":"0.00"},"lines":[{"credits_id":null,"description":"Advies “op maa'
    't”","discount":"4.00","id":9001,"is_eligible":true,"net":"210.03","position":1,"'
    'proposed_because":"belgian_customer","quantity":"2.2500","treatment":"standard",'
    '"unit":"HUR","unit_price":"95.123456","vat_rate":"21.00"},{"credits_id":null,"de'
    'scription":"Cursus","discount":"0.00","id":9002,"is_eligible":false,"net":"100.0'
    '0","position":2,"proposed_because":"","quantity":"1.0000","treatment":"exempt_44'
    '","unit":"LS","unit_price":"100.000000","vat_rate":"0.00"}],"version":1}'
)
DIGEST = "369be95aa4ce6e1303d85fb9c88435423a195d1627ec28d068fb112611a2373d"


def test_the_record_is_in_its_one_spelling() -> None:
    assert canonical(json.loads(RECORD)) == RECORD


def test_the_record_keeps_its_digest() -> None:
    assert digest(RECORD, previous=PREVIOUS) == DIGEST


def test_version_1_has_the_columns_it_always_had() -> None:
    record = json.loads(RECORD)
    places = {Invoice: record["invoice"], StoredFile: record["files"][0]}

    assert record["version"] == 1
    for model, columns in sealing.COLUMNS[1].items():
        place = places.get(model, record["lines"][0])
        assert sorted(columns) == sorted(place)


@pytest.mark.django_db
def test_the_rows_still_make_the_record() -> None:
    seal = _sealed_long_ago()

    [what] = [found.what for found in sealing.broken(seal.series)]

    # What was issued before it is not in this test, and that is all.
    assert what == ("the chain is broken before it",)


def _sealed_long_ago() -> Seal:
    client = ClientFactory.create(pk=9001)
    series = NumberSeriesFactory.create(pk=9001, last=12)
    draft = DraftFactory.create(
        pk=9001,
        client=client,
        service_from=date(2026, 3, 12),
        service_until=date(2026, 3, 19),
        order_reference="PO-7781",
        remark="Bedankt, Zoë!\nTot ziens.",
        discount=Decimal("10.5"),
    )
    LineFactory.create(
        pk=9001,
        invoice=draft,
        description="Advies “op maat”",
        quantity=Decimal("2.25"),
        unit="HUR",
        unit_price=Decimal("95.123456"),
        discount=Decimal(4),
        proposed_because="belgian_customer",
        is_eligible=True,
        net=Decimal("210.03"),
    )
    LineFactory.create(
        pk=9002,
        invoice=draft,
        position=2,
        description="Cursus",
        treatment="exempt_44",
        vat_rate=Decimal(0),
        net=Decimal(100),
    )
    content = b"%PDF-1.7 golden"
    StoredFile.objects.create(
        pk=9001,
        invoice=draft,
        kind="pdf",
        sha256=archive.store(content),
        size=len(content),
    )
    # While it is a draft no guard minds.
    Invoice.objects.filter(pk=draft.pk).update(
        status="issued",
        number="2026-0012",
        series=series,
        sequence=12,
        issued_on=date(2026, 3, 20),
        due_on=date(2026, 4, 19),
        issued_at=datetime(2026, 3, 20, 9, 30, 15, 123456, tzinfo=UTC),
        issued_by=UserFactory.create(pk=9001),
        language="nl",
        buyer_name="Bakkerij De Gouden Korst BV",
        communication="+++202/6000/01202+++",
        net=Decimal("299.53"),
        vat=Decimal("42.62"),
        gross=Decimal("342.15"),
        wallet_amount=Decimal(0),
        direct_amount=Decimal("342.15"),
        subsidy_year=2026,
        subsidy_estimate=Decimal("61.8"),
        accepted_warnings={"a_code": "Zaken, aanvaard"},
        record={"version": 1, "document": {"b": [1, None, True], "a": "é"}},
        created_at=datetime(2026, 3, 1, 8, 0, tzinfo=UTC),
    )
    return Seal.objects.create(
        invoice_id=9001,
        series=series,
        sequence=12,
        version=1,
        record=RECORD,
        previous=PREVIOUS,
        digest=DIGEST,
    )
