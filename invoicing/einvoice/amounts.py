"""VAT and totals of an e-invoice: copied from the document, never worked out anew.

VAT-1, VAT-2 and EIN-5 in docs/rules.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from lxml import etree

from invoicing.documents.notes import vat_note
from invoicing.documents.totals import Totals, VatGroup
from invoicing.documents.vat import EXEMPTION_CODE, Treatment
from ownyourstory.money import ZERO

from .elements import cac, cbc, money, number

OUTSIDE_SCOPE = "O"
DISCOUNT = "95"
"""UNCL 5189: the allowance is a discount."""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """What a document charges in one category at one rate, in EUR.

    More than one treatment can share a category; ``reason`` speaks for all of them.
    """

    category: str
    rate: Decimal
    base: Decimal
    vat: Decimal
    discount: Decimal
    reason_code: str
    reason: str


def subtotals(groups: Iterable[VatGroup]) -> list[Subtotal]:
    """Return the VAT groups of a document, one for each category and rate."""
    together: dict[tuple[str, Decimal], list[VatGroup]] = defaultdict(list)
    for group in groups:
        together[group.category, group.rate].append(group)
    return [
        Subtotal(
            category=category,
            rate=rate,
            base=sum((group.base for group in members), ZERO),
            vat=sum((group.vat for group in members), ZERO),
            discount=sum((group.discount for group in members), ZERO),
            reason_code=_reason_code([group.treatment for group in members]),
            reason=" ".join(filter(None, (vat_note(g.treatment) for g in members))),
        )
        for (category, rate), members in together.items()
    ]


def _reason_code(treatments: list[Treatment]) -> str:
    """Return the code of the one ground there is: no code speaks for two."""
    return EXEMPTION_CODE.get(treatments[0], "") if len(treatments) == 1 else ""


def discounts(parts: Iterable[Subtotal]) -> Iterator[etree._Element | None]:
    """Yield the discount on the whole document, in its shares per VAT group."""
    for part in parts:
        yield discount(
            part.discount, tax_category("TaxCategory", part.category, part.rate)
        )


def discount(
    amount: Decimal, category: etree._Element | None = None
) -> etree._Element | None:
    """Return a discount of ``amount`` (EUR), ``None`` where there is none.

    On the whole document it needs its VAT ``category``; that of a line has the line's.
    """
    if not amount:
        return None
    return cac(
        "AllowanceCharge",
        cbc("ChargeIndicator", "false"),
        cbc("AllowanceChargeReasonCode", DISCOUNT),
        cbc("AllowanceChargeReason", _("Discount")),
        money("Amount", amount),
        category,
    )


def tax_total(totals: Totals, parts: Iterable[Subtotal]) -> etree._Element | None:
    """Return the VAT of the document with what it is made of."""
    return cac(
        "TaxTotal",
        money("TaxAmount", totals.vat),
        *(
            cac(
                "TaxSubtotal",
                money("TaxableAmount", part.base),
                money("TaxAmount", part.vat),
                tax_category(
                    "TaxCategory",
                    part.category,
                    part.rate,
                    cbc("TaxExemptionReasonCode", part.reason_code),
                    cbc("TaxExemptionReason", part.reason),
                ),
            )
            for part in parts
        ),
    )


def tax_category(
    name: str, category: str, rate: Decimal, *reasons: etree._Element | None
) -> etree._Element | None:
    """Return the VAT category ``name``; outside VAT there is no rate, not even 0."""
    return cac(
        name,
        cbc("ID", category),
        cbc("Percent", "" if category == OUTSIDE_SCOPE else number(rate)),
        *reasons,
        cac("TaxScheme", cbc("ID", "VAT")),
    )


def monetary_total(totals: Totals) -> etree._Element | None:
    """Return the totals; all of it is payable, whoever pays what of it (EIN-5)."""
    return cac(
        "LegalMonetaryTotal",
        money("LineExtensionAmount", totals.subtotal),
        money("TaxExclusiveAmount", totals.net),
        money("TaxInclusiveAmount", totals.gross),
        money("AllowanceTotalAmount", totals.discount) if totals.discount else None,
        money("PayableAmount", totals.gross),
    )
