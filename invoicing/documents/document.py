"""A document as its readers see it: PDF, e-invoice, exports and pages read only this.

Pure and frozen, so that no two writers can disagree. Amounts are ``Decimal`` in
EUR, percentages are 21 for 21 %, days are dates in Belgium. Sentences are in the
language of the document already. INV-2, INV-3 and INV-6 in docs/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ownyourstory.money import percent_of

from .totals import Totals
from .vat import CATEGORY, Treatment


class Kind(StrEnum):
    """The kinds of document. The values are stored."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Unit(StrEnum):
    """What a quantity counts; the values are UN/ECE Recommendation 20 codes."""

    HOUR = "HUR"
    DAY = "DAY"
    PIECE = "C62"
    PERSON = "IE"
    LUMP_SUM = "LS"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; ``country`` is an ISO 3166 code, ``country_name`` its name."""

    street: str
    postal_code: str
    city: str
    country: str
    country_name: str


@dataclass(frozen=True, slots=True)
class SellerParty:
    """The seller as printed; numbers are formatted (``BE 0824.677.865``).

    ``court`` is the division of the register of legal persons, as in "RPR Gent,
    afdeling Gent".
    """

    legal_name: str
    trade_name: str
    legal_form: str
    address: Address
    enterprise_number: str
    vat_number: str
    court: str
    iban: str
    bic: str
    bank: str
    email: str
    phone: str
    website: str

    @property
    def full_name(self) -> str:
        """The legal name with the legal form, which may be part of it already."""
        if self.legal_name.endswith(self.legal_form):
            return self.legal_name
        return f"{self.legal_name} {self.legal_form}"


@dataclass(frozen=True, slots=True)
class BuyerParty:
    """The buyer as printed; numbers are empty where there is none.

    ``endpoint`` is the Peppol id, as ``0208:0824677865``.
    """

    client_number: str
    legal_name: str
    trade_name: str
    attention: str
    address: Address
    enterprise_number: str
    vat_number: str
    email: str
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its amounts; ``net`` is what counts, ``unit_label`` is printed."""

    position: int
    description: str
    quantity: Decimal
    unit: Unit
    unit_label: str
    unit_price: Decimal
    discount: Decimal
    net: Decimal
    treatment: Treatment
    vat_rate: Decimal
    eligible: bool

    @property
    def category(self) -> str:
        """The e-invoice category, such as ``S``."""
        return CATEGORY[self.treatment]


@dataclass(frozen=True, slots=True)
class SubsidyEstimate:
    """What the wallet may bring, in EUR: an estimate, the agency decides (SUB-2).

    ``own_contribution + subsidy == base``; ``year`` is that of the cap (SUB-3).
    """

    year: int
    size_label: str
    base: Decimal
    rate: Decimal
    subsidy: Decimal
    own_contribution: Decimal

    @property
    def is_capped(self) -> bool:
        """True where the year's cap leaves less than the rate would bring."""
        return self.subsidy < percent_of(self.base, self.rate)


@dataclass(frozen=True, slots=True)
class WalletPart:
    """The facts the client types into the wallet, with this document's own dates.

    ``apply_by`` is the last day to apply (DOS-2), ``contribution_days`` the days
    for the own contribution after the application (DOS-3), ``contribution_by`` its
    last day where the application date is known, ``pay_by`` the last day on which
    the wallet pays (DOS-5). No ``estimate`` where the client's size is not known.
    """

    registration_number: str
    pillar_label: str
    registered_from: date
    registered_until: date
    theme: str
    training_title: str
    first_day: date
    last_day: date
    hours: Decimal
    participants: tuple[str, ...]
    application_number: str
    apply_by: date
    contribution_days: int
    contribution_by: date | None
    pay_by: date
    estimate: SubsidyEstimate | None


@dataclass(frozen=True, slots=True)
class Credited:
    """What a credit note takes back, and why (INV-4).

    ``refund`` says in words who gets what back, as the owner confirmed it.
    """

    number: str
    issued_on: date
    reason: str
    refund: str


@dataclass(frozen=True, slots=True)
class Document:
    """An invoice or credit note, or the draft of one (no number, no issue date).

    ``notes`` are the legal sentences, in printing order. ``communication`` is
    empty on a draft and on a credit note. ``wallet`` is ``None`` on an ordinary
    invoice, which then carries no wallet text at all; ``credits`` is ``None`` on all
    but credit notes. Where the e-invoice is the legal document (EIN-1), it
    ``is_structured`` and ``copy_note`` says on paper that the paper is a copy.
    """

    kind: Kind
    language: str
    number: str
    issued_on: date | None
    due_on: date | None
    service_from: date
    service_until: date
    seller: SellerParty
    buyer: BuyerParty
    buyer_reference: str
    order_reference: str
    currency: str
    lines: tuple[Line, ...]
    totals: Totals
    communication: str
    wallet: WalletPart | None
    notes: tuple[str, ...]
    credits: Credited | None = None
    is_structured: bool = False
    copy_note: str = ""

    def file_name(self, extension: str) -> str:
        """Return the name its file is handed over under: ``2026-0001.pdf``."""
        return f"{self.number.replace('/', '-')}.{extension}"

    @property
    def is_draft(self) -> bool:
        """True while it has no number."""
        return not self.number
