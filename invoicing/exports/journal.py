"""The rows of the sales journal: one per document and VAT group. Pure.

EXP-1 and EXP-2 in docs/rules.md. Column names are fixed, and Dutch: programs read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from invoicing.documents.document import Kind
from invoicing.documents.grids import grids
from invoicing.documents.vat import CATEGORY, Treatment
from ownyourstory.tables import Cell, Column

from .period import financial_month

CURRENCY = "EUR"
INVOICE, CREDIT_NOTE = "F", "CN"

COLUMNS = (
    Column("dagboek"),
    Column("boekjaar", Cell.WHOLE),
    Column("periode"),
    Column("documenttype"),
    Column("nummer"),
    Column("factuurdatum", Cell.DAY),
    Column("datum_belastbaar_feit", Cell.DAY),
    Column("vervaldatum", Cell.DAY),
    Column("klantnummer"),
    Column("klantnaam"),
    Column("ondernemingsnummer"),
    Column("btw_nummer"),
    Column("land"),
    Column("omschrijving"),
    Column("grootboek_klant"),
    Column("grootboek_omzet"),
    Column("btw_code"),
    Column("btw_percentage", Cell.PERCENT),
    Column("btw_categorie"),
    Column("maatstaf", Cell.AMOUNT),
    Column("btw_bedrag", Cell.AMOUNT),
    Column("totaal_incl", Cell.AMOUNT),
    Column("rooster_maatstaf"),
    Column("rooster_btw"),
    Column("munt"),
    Column("ogm"),
    Column("referentie_oorspronkelijke_factuur"),
    Column("aanvraagnummer_kmo"),
    Column("via_portefeuille", Cell.AMOUNT),
    Column("rechtstreeks", Cell.AMOUNT),
    Column("betaald_op", Cell.DAY),
    Column("betaald_bedrag", Cell.AMOUNT),
    Column("bestandsnaam_ubl"),
    Column("bestandsnaam_pdf"),
)


class Booked(NamedTuple):
    """One VAT group of an issued document as the database has it, amounts positive."""

    invoice_id: int
    position: int
    kind: str
    number: str
    issued_on: date
    service_until: date
    due_on: date | None
    buyer_number: str
    buyer_name: str
    enterprise_number: str
    vat_number: str
    country: str
    description: str
    treatment: str
    vat_rate: Decimal
    base: Decimal
    vat: Decimal
    base_grid: str
    vat_grid: str
    communication: str
    credited: str | None
    application_number: str | None
    wallet_amount: Decimal
    direct_amount: Decimal


class Paid(NamedTuple):
    """What came in for a document so far, and the day on which it was paid in full."""

    on: date | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Codes:
    """The account and the VAT codes of one sort of sale."""

    revenue_account: str
    vat_code: str
    credit_vat_code: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the accountant's program wants: see ``Bookkeeping`` and ``LedgerCode``.

    ``codes`` are by the grid of the base on an invoice, under ``""`` for what stands in
    none; ``rate_grids`` tell the grid of a VAT rate.
    """

    journal: str
    credit_journal: str
    receivable_account: str
    first_month: int
    codes: Mapping[str, Codes]
    rate_grids: Mapping[Decimal, str]


@dataclass(slots=True)
class Journal:
    """Turns what was booked into rows, each in the order of ``COLUMNS``."""

    settings: Settings
    _seen: dict[tuple[str, Decimal, str, str], tuple[str, str, str]] = field(
        default_factory=dict
    )

    def rows(
        self, booked: Iterable[Booked], paid: Mapping[int, Paid]
    ) -> Iterator[tuple[object, ...]]:
        """Yield a row for each of ``booked``.

        What is of the whole document (its roads and its payments) stands on its first
        row only, so that a column can be summed. Amounts of a credit note are negative.
        The structured communication is in its twelve digits.
        """
        settings = self.settings
        for one in booked:
            is_note = one.kind == Kind.CREDIT_NOTE
            base = -one.base if is_note else one.base
            vat = -one.vat if is_note else one.vat
            year, month = financial_month(
                one.issued_on, first_month=settings.first_month
            )
            account, vat_code, category = self._codes(one)
            stem = file_stem(one.number)
            yield (
                settings.credit_journal if is_note else settings.journal,
                year,
                month,
                CREDIT_NOTE if is_note else INVOICE,
                one.number,
                one.issued_on,
                one.service_until,
                one.due_on,
                one.buyer_number,
                one.buyer_name,
                one.enterprise_number,
                one.vat_number,
                one.country,
                one.description,
                settings.receivable_account,
                account,
                vat_code,
                one.vat_rate,
                category,
                base,
                vat,
                base + vat,
                one.base_grid,
                one.vat_grid,
                CURRENCY,
                one.communication.strip("+").replace("/", ""),
                one.credited,
                one.application_number,
                *_of_the_whole(one, paid.get(one.invoice_id), is_note=is_note),
                f"ubl/{stem}.xml",
                f"pdf/{stem}.pdf",
            )

    def _codes(self, one: Booked) -> tuple[str, str, str]:
        """Return account of the revenue, VAT code (of a note its own) and category."""
        key = (one.treatment, one.vat_rate, one.country, one.kind)
        if key not in self._seen:
            sale = sale_of(
                one.kind,
                treatment=one.treatment,
                vat_rate=one.vat_rate,
                country=one.country,
                base_grid=one.base_grid,
                rate_grids=self.settings.rate_grids,
            )
            codes = self.settings.codes[sale]
            vat_code = codes.vat_code
            if one.kind == Kind.CREDIT_NOTE and codes.credit_vat_code:
                vat_code = codes.credit_vat_code
            category = CATEGORY[Treatment(one.treatment)]
            self._seen[key] = (codes.revenue_account, vat_code, category)
        return self._seen[key]


def sale_of(
    kind: str,
    *,
    treatment: str,
    vat_rate: Decimal,
    country: str,
    base_grid: str,
    rate_grids: Mapping[Decimal, str],
) -> str:
    """Return the grid in which a base stands, or would stand on an invoice.

    That of a credit note is of what it credits; ``base_grid`` is that of the document
    itself. A rate that is not among ``rate_grids`` any more has ``""``: no grid is
    guessed.
    """
    if kind == Kind.INVOICE:
        return base_grid
    of = Treatment(treatment)
    rate_grid = rate_grids.get(vat_rate, "")
    if of is Treatment.STANDARD:
        return rate_grid
    return grids(of, rate_grid=rate_grid, country=country, kind=Kind.INVOICE).base


def _of_the_whole(
    one: Booked, paid: Paid | None, *, is_note: bool
) -> tuple[Decimal | None, Decimal | None, date | None, Decimal | None]:
    """Return the roads and the payments of a document, on its first row."""
    if one.position != 1:
        return None, None, None, None
    if is_note:
        return -one.wallet_amount, -one.direct_amount, None, None
    if paid is None:
        return one.wallet_amount, one.direct_amount, None, None
    return one.wallet_amount, one.direct_amount, paid.on, paid.amount


def file_stem(number: str) -> str:
    """Return what the files of a document are called in the pack: ``2026-0001``."""
    return number.replace("/", "-")
