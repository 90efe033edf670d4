"""A paper as its writer sees it: frozen, and in the language of the paper already.

Amounts are ``Decimal`` in EUR excl. VAT, percentages are 30 for 30 %, days are dates
in Belgium. Names and sentences that come from rows are translated when it is built.
DOS-10 (what a confirmation names) and DOS-9 (what a dossier holds) in docs/rules.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from ownyourstory.letterhead import Letterhead
from ownyourstory.money import ZERO, percent_of


class Paper(StrEnum):
    """The papers there are. The values stand in addresses."""

    CONFIRMATION = "confirmation"
    APPLICATION = "application"
    STEPS = "steps"
    CERTIFICATES = "certificates"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Enterprise:
    """The client as printed; ``country_name`` is empty in Belgium.

    ``vat_number`` and ``enterprise_number`` are formatted and empty where there is
    none. A private person has no enterprise: ``is_person``.
    """

    client_number: str
    legal_name: str
    trade_name: str
    street: str
    postal_code: str
    city: str
    country_name: str
    enterprise_number: str
    vat_number: str
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One session of a training; its times where they are known."""

    day: date
    hours: Decimal
    starts_at: time | None = None
    ends_at: time | None = None


@dataclass(frozen=True, slots=True)
class Training:
    """What is taught, and when: at least one session, in order.

    ``kind`` is what it is called, as in "Training".
    """

    kind: str
    title: str
    content: str
    theme: str
    delivery: str
    place: str
    sessions: tuple[Session, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which there is a session, each once."""
        return tuple(dict.fromkeys(session.day for session in self.sessions))

    @property
    def first_day(self) -> date:
        """The day of the first session."""
        return self.days[0]

    @property
    def last_day(self) -> date:
        """The day of the last session."""
        return self.days[-1]

    @property
    def hours(self) -> Decimal:
        """The hours of all sessions together: those of each participant."""
        return sum((session.hours for session in self.sessions), Decimal(0))


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A part of the price; ``eligible`` tells whether the wallet may pay it."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    discount: Decimal
    amount: Decimal
    eligible: bool


@dataclass(frozen=True, slots=True)
class Price:
    """What was agreed, in EUR excl. VAT."""

    lines: tuple[PriceLine, ...]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def eligible(self) -> Decimal:
        """What the wallet may pay."""
        return sum((line.amount for line in self.lines if line.eligible), ZERO)

    @property
    def not_eligible(self) -> Decimal:
        """What is paid to us directly, beside the VAT."""
        return self.total - self.eligible

    @property
    def has_discount(self) -> bool:
        """True where something is taken off."""
        return any(line.discount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Registered:
    """The registration under which the training is eligible (REG-2)."""

    number: str
    pillar: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class Estimated:
    """What the wallet may bring, in EUR: an estimate, the agency decides (SUB-2).

    ``own_contribution + subsidy == base``. Once the agency decided it ``is_granted``:
    then size and rate are not printed.
    """

    size_label: str
    rate: Decimal
    base: Decimal
    subsidy: Decimal
    own_contribution: Decimal
    is_granted: bool = False

    @property
    def is_capped(self) -> bool:
        """True where the year's maximum leaves less than the rate would bring."""
        return self.subsidy < percent_of(self.base, self.rate)


@dataclass(frozen=True, slots=True)
class Charged:
    """The wallet invoice issued for it: its number and who is paid what (INV-6).

    ``wallet`` goes through the wallet, ``direct`` to us, VAT included, by ``due_on``;
    both in EUR, less what was credited since.
    """

    number: str
    issued_on: date
    due_on: date | None
    wallet: Decimal
    direct: Decimal
    communication: str
    estimate: Estimated | None


@dataclass(frozen=True, slots=True)
class WalletRoad:
    """The road to the subsidy, with the days of this dossier (DOS-1 … DOS-5).

    A last day is ``None`` while the application, on which it depends, is not known;
    ``contribution_days`` and ``finish_years`` then say how it will be counted.
    """

    registered: Registered
    application_number: str
    applied_on: date | None
    apply_by: date
    contribution_days: int
    contribution_by: date | None
    finish_years: int
    pay_by: date | None
    estimate: Estimated | None
    charged: Charged | None
    has_contributed: bool = False
    has_ordered: bool = False

    @property
    def has_applied(self) -> bool:
        """True once the client applied, also where the number is not known yet."""
        return self.applied_on is not None or bool(self.application_number)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed with a client: confirmation, info sheet and steps print it.

    ``wallet`` is ``None`` where the client does not pay with the KMO-portefeuille; no
    paper then says a word of it.
    """

    language: str
    made_on: date
    letterhead: Letterhead
    enterprise: Enterprise
    agreed_on: date
    order_reference: str
    training: Training
    participants: tuple[str, ...]
    price: Price
    wallet: WalletRoad | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who takes part, and the enterprise that sends them, if one does.

    ``hours`` are those attended, on a certificate.
    """

    name: str
    enterprise: str
    hours: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """Who is to sign on which day."""

    language: str
    letterhead: Letterhead
    training: Training
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Certificates:
    """A certificate for each of ``people``."""

    language: str
    letterhead: Letterhead
    training: Training
    people: tuple[Person, ...]
