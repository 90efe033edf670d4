"""Whatever is on an invoice, its amounts agree to the cent, and so does its credit.

VAT-1 and INV-4 over the pure rules with a thousand invoices each; over what is really
stored, printed and credited with a few, because printing takes its time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invoicing import crediting
from invoicing.documents.credit import Left, left_of, part_of
from invoicing.documents.record import document_from_record, record_of
from invoicing.documents.totals import PricedLine, Totals, spread, totals
from invoicing.documents.vat import Treatment
from invoicing.models import Invoice, InvoiceLine
from invoicing.sealing import broken
from ownyourstory.templatetags.money import eur
from tests.factories import MONDAY, DraftFactory, enrolled, issue, noon
from tests.stored import text_of

from .documents import samples

D = Decimal
CENT = D("0.01")
KINDS = [
    (Treatment.STANDARD, D(21)),
    (Treatment.STANDARD, D(12)),
    (Treatment.STANDARD, D(6)),
    (Treatment.EXEMPT_TRAINING, D(0)),
]

cents = st.decimals("0.00", "9999.99", places=2)
quantities = st.one_of(
    st.decimals("0.0001", 1000, places=4), st.sampled_from([D(1), D(3), D("0.25")])
)
prices = st.one_of(
    st.decimals(0, 5000, places=6), st.sampled_from([D("0.005"), D("33.335"), D(600)])
)


@st.composite
def line(draw: st.DrawFn) -> PricedLine:
    quantity, unit_price = draw(quantities), draw(prices)
    most = (quantity * unit_price).quantize(CENT, rounding=ROUND_DOWN)
    treatment, rate = draw(st.sampled_from(KINDS))
    return PricedLine(
        quantity=quantity,
        unit_price=unit_price,
        discount=draw(st.one_of(st.just(D(0)), st.decimals(0, most, places=2))),
        treatment=treatment,
        vat_rate=rate,
        eligible=draw(st.booleans()),
    )


lines = st.lists(line(), min_size=1, max_size=4)
parts_of_one = st.one_of(st.just(D(0)), st.decimals(0, 1, places=4))


def discount_on(priced: list[PricedLine], part: Decimal) -> Decimal:
    """Return ``part`` (0 to 1) of what the lines come to, in whole cents."""
    whole = sum((each.net for each in priced), D(0))
    return (whole * part).quantize(CENT, rounding=ROUND_DOWN)


def credited_whole(priced: list[PricedLine], discount: Decimal) -> list[PricedLine]:
    """Return the lines of a credit note of all of ``priced``."""
    shares = spread(discount, over=[each.net for each in priced])
    return [
        part_of(
            each,
            quantity=each.quantity,
            left=left_of(each, credited=[], share=share),
            share=share,
        )
        for each, share in zip(priced, shares, strict=True)
    ]


def without_discounts(amounts: Totals) -> Totals:
    """Return ``amounts`` as they would be had the discount been in the lines."""
    groups = tuple(replace(group, discount=D("0.00")) for group in amounts.groups)
    return replace(amounts, groups=groups, discount=D("0.00"))


@settings(max_examples=1000)
@given(priced=lines, part=parts_of_one, via_wallet=st.booleans())
def test_crediting_all_lines_is_minus_the_invoice(
    priced: list[PricedLine], part: Decimal, *, via_wallet: bool
) -> None:
    """INV-4: per treatment and rate, and in each part of the payment."""
    discount = discount_on(priced, part)
    invoiced = totals(priced, via_wallet=via_wallet, discount=discount)

    note = totals(credited_whole(priced, discount), via_wallet=via_wallet)

    assert note == without_discounts(invoiced)


@settings(max_examples=1000)
@given(priced=lines, part=parts_of_one, data=st.data())
def test_credited_in_two_goes_it_comes_to_the_same_base(
    priced: list[PricedLine], part: Decimal, data: st.DataObject
) -> None:
    """INV-4: each go positive, both together exactly the base of each group."""
    discount = discount_on(priced, part)
    shares = spread(discount, over=[each.net for each in priced])
    found: dict[tuple[str, Decimal], Decimal] = defaultdict(D)
    for each, share in zip(priced, shares, strict=True):
        first = data.draw(st.decimals(0, each.quantity, places=4))
        credited: list[PricedLine] = []
        for quantity in (first, each.quantity - first):
            left = left_of(each, credited=credited, share=share)
            if quantity:
                credited.append(
                    part_of(each, quantity=quantity, left=left, share=share)
                )
                assert D(0) <= credited[-1].net <= left.net
        assert left_of(each, credited=credited, share=share) == Left(D(0), D(0))
        found[each.treatment, each.vat_rate] += sum((one.net for one in credited), D(0))

    invoiced = totals(priced, via_wallet=False, discount=discount)
    assert found == {
        (group.treatment, group.rate): group.base for group in invoiced.groups
    }


@settings(max_examples=1000)
@given(priced=lines, part=parts_of_one, via_wallet=st.booleans())
def test_what_is_recorded_is_what_was_worked_out(
    priced: list[PricedLine], part: Decimal, *, via_wallet: bool
) -> None:
    """VAT-1, INV-3: lines, groups and totals survive being stored, to the digit."""
    amounts = totals(priced, via_wallet=via_wallet, discount=discount_on(priced, part))
    document = replace(
        samples.ordinary_invoice(),
        lines=tuple(
            samples.line(
                at,
                "Lijn",
                f"{each.quantity:f}",
                f"{each.unit_price:f}",
                discount=f"{each.discount:f}",
                treatment=each.treatment,
                vat_rate=f"{each.vat_rate:f}",
                eligible=each.eligible,
            )
            for at, each in enumerate(priced, 1)
        ),
        totals=amounts,
    )

    again = document_from_record(json.loads(json.dumps(record_of(document))))

    assert again == document
    assert repr(again.totals) == repr(amounts)
    found: dict[tuple[str, Decimal], Decimal] = defaultdict(D)
    for each in again.lines:
        found[each.treatment, each.vat_rate] += each.net
    for group in again.totals.groups:
        assert group.base == found[group.treatment, group.rate] - group.discount
        assert group.vat == (group.base * group.rate / 100).quantize(
            CENT, rounding=ROUND_HALF_UP
        )
    assert again.totals.wallet + again.totals.direct == again.totals.gross


@pytest.mark.django_db
@settings(max_examples=10)
@given(priced=lines, part=parts_of_one, via_wallet=st.booleans())
def test_what_is_issued_printed_and_credited_says_the_same(
    priced: list[PricedLine], part: Decimal, *, via_wallet: bool
) -> None:
    """VAT-1, INV-4, INV-6: rows, record, PDF and credit note."""
    enrolment = enrolled(uses_wallet=True) if via_wallet else None
    draft = DraftFactory.create(
        **({"client": enrolment.client} if enrolment else {}),
        enrolment=enrolment,
        via_wallet=via_wallet,
        discount=discount_on(priced, part),
    )
    if via_wallet:  # the wallet has to have something to pay
        priced = [*priced, replace(priced[0], unit_price=D(600), eligible=True)]
    InvoiceLine.objects.bulk_create(
        _row(draft, each, at) for at, each in enumerate(priced)
    )

    invoice = issue(draft)
    note = crediting.credit(
        invoice.pk,
        crediting.Request(
            {row.pk: row.quantity for row in invoice.lines.all()}, "Fout"
        ),
        on=MONDAY,
        now=noon(MONDAY),
    )

    for document in (invoice, note):
        document.refresh_from_db()
        amounts = document.document().totals
        assert (document.net, document.vat) == (amounts.net, amounts.vat)
        assert document.gross == amounts.net + amounts.vat == amounts.gross
        assert (document.wallet_amount, document.direct_amount) == (
            amounts.wallet,
            amounts.direct,
        )
        nets = [row.net or D(0) for row in document.lines.all()]
        assert sum(nets) == amounts.subtotal
        printed = text_of(document)
        said = {amounts.gross, amounts.net, *(group.vat for group in amounts.groups)}
        assert [euros for euros in said if _plain(eur(euros)) not in printed] == []
        assert list(broken(document.seal.series)) == []
    assert note.amounts == without_discounts(invoice.amounts)


def _row(draft: Invoice, priced: PricedLine, at: int) -> InvoiceLine:
    return InvoiceLine(
        invoice=draft,
        position=at,
        description=f"Lijn {at}",
        quantity=priced.quantity,
        unit_price=priced.unit_price,
        discount=priced.discount,
        treatment=priced.treatment,
        vat_rate=priced.vat_rate,
        is_eligible=priced.eligible,
    )


def _plain(text: str) -> str:
    return " ".join(text.split())
