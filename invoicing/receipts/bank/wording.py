"""What the owner reads of bank files: why one is refused, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from invoicing.bank import format_iban
from invoicing.models import Channel
from invoicing.receipts.standing import Advice
from invoicing.receipts.wording import advice_in_words
from ownyourstory.templatetags.money import eur

from .outlook import Judged, Verdict, Why
from .statement import Flaw, Refused, Transaction

FLAWS = {
    Flaw.EMPTY: gettext_lazy("The file is empty."),
    Flaw.TOO_LARGE: gettext_lazy(
        "This file is larger than 25 MB. Ask your bank for fewer days at a time."
    ),
    Flaw.NO_BANK_FILE: gettext_lazy("This is neither a CODA nor a camt.053 file."),
    Flaw.ENCODING: gettext_lazy("There are signs in it that cannot be read."),
    Flaw.LENGTH: gettext_lazy(
        "A line of CODA has 128 signs, this one has %(length)s: the file is damaged."
    ),
    Flaw.RECORD: gettext_lazy("This line is not as CODA has it: the file is damaged."),
    Flaw.TRUNCATED: gettext_lazy("The file stops too early: its end is missing."),
    Flaw.NO_STATEMENT: gettext_lazy("There is no statement in it."),
    Flaw.ACCOUNTS: gettext_lazy(
        "It is of more than one account: download one for your account alone."
    ),
    Flaw.OTHER_ACCOUNT: gettext_lazy(
        "It is of account %(account)s, not of yours, %(ours)s."
    ),
    Flaw.CURRENCY: gettext_lazy("It is in %(currency)s, not in euro."),
    Flaw.UNBALANCED: gettext_lazy(
        "It does not add up: the movements lead to %(reached)s, the new balance "
        "says %(closing)s."
    ),
    Flaw.TOTALS: gettext_lazy(
        "It does not add up: it says %(told)s in all, its movements come to %(found)s."
    ),
    Flaw.COUNT: gettext_lazy(
        "It is not whole: it says %(told)s lines or movements, there are %(found)s."
    ),
    Flaw.XML: gettext_lazy("This is not sound XML: the file is damaged or cut off."),
    Flaw.OTHER_XML: gettext_lazy("This is XML, but not a camt.053."),
    Flaw.DOCTYPE: gettext_lazy("It holds a DOCTYPE, which no bank writes."),
    Flaw.DETAILS: gettext_lazy(
        "A movement of %(told)s is made of parts that come to %(found)s."
    ),
    Flaw.MISSING: gettext_lazy("Something is missing or wrong here: %(name)s."),
    Flaw.AMOUNT: gettext_lazy("There is no amount in euro and cents here."),
    Flaw.DAY: gettext_lazy("%(day)s cannot be the day of a movement."),
}

VERDICTS = {
    Verdict.MATCHED: gettext_lazy("matches"),
    Verdict.PROPOSED: gettext_lazy("proposed"),
    Verdict.UNKNOWN: gettext_lazy("unknown"),
    Verdict.NOT_OURS: gettext_lazy("not for an invoice"),
}

REASONS = {
    Why.EXACT: gettext_lazy(
        "The structured communication and the amount are exactly right."
    ),
    Why.COMMUNICATION: gettext_lazy("The structured communication is of this invoice."),
    Why.IN_TEXT: gettext_lazy(
        "The structured communication of this invoice stands in the text."
    ),
    Why.NUMBER: gettext_lazy("The number of this invoice stands in the text."),
    Why.APPLICATION: gettext_lazy("Its application number stands in the text."),
    Why.PAYER: gettext_lazy("It comes from who pays for the wallet."),
    Why.KNOWN_ACCOUNT: gettext_lazy("This client paid from this account before."),
    Why.SIMILAR_NAME: gettext_lazy("Who pays is called as the client."),
    Why.SAME_AMOUNT: gettext_lazy("The amount is exactly what is open."),
    Why.ONLY_AMOUNT: gettext_lazy(
        "Only the amount fits, and it fits no other open invoice."
    ),
    Why.PART: gettext_lazy("It is a part of what is open."),
    Why.TOO_MUCH: gettext_lazy("It is more than what is open."),
    Why.ALREADY_PAID: gettext_lazy("There is nothing open on it any more."),
    Why.SEVERAL: gettext_lazy(
        "It names several invoices, and together they come to this amount."
    ),
    Why.SEVERAL_OPEN: gettext_lazy(
        "More invoices of this client have this amount open: this is the oldest."
    ),
    Why.SEVERAL_FIT: gettext_lazy(
        "Only the amount fits, and it fits more than one open amount: say what it is "
        "for."
    ),
    Why.IF_THE_CLIENT: gettext_lazy(
        "If the client paid this itself, pay it back and let it be ordered in the "
        "wallet."
    ),
    Why.SURPLUS: gettext_lazy("Too much came for this invoice: this pays it back."),
    Why.REVERSAL: gettext_lazy(
        "The bank undid an earlier payment of yours: this is for no invoice."
    ),
    Why.OTHER_COMMUNICATION: gettext_lazy(
        "Its structured communication is of none of your invoices."
    ),
}


def refusal(refused: Refused) -> str:
    """Return why a file is refused, with the line where there is one."""
    told = {name: _told(value) for name, value in refused.told.items()}
    reason = str(FLAWS[refused.flaw]) % told
    if not refused.line:
        return reason
    return _("Line %(line)s: %(reason)s") % {"line": refused.line, "reason": reason}


def _told(value: object) -> str:
    if isinstance(value, Decimal):
        return eur(value)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value)


def reasons(judged: Judged) -> list[str]:
    """Return why something is proposed, and what to do, in sentences."""
    return [_reason(why, judged) for why in judged.why]


def _reason(why: Why, judged: Judged) -> str:
    if why not in {Why.WHOLE_DIRECTLY, Why.WALLET_PART_DIRECTLY}:
        return str(REASONS[why])
    return advice_in_words(
        Advice.DIRECT_FOR_WALLET, judged.astray, number=judged.parts[0].number
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A transaction with its verdict, as a page shows it; ``pk`` once it is kept.

    What is proposed for an invoice that ``is_paid`` already may have come twice.
    """

    booked_on: date
    amount: Decimal
    name: str
    account: str
    message: str
    line: int
    verdict: Verdict
    reasons: list[str]
    parts: list[tuple[str, int, str]]
    key: str
    is_paid: bool = False
    pk: int | None = None

    @property
    def verdict_in_words(self) -> str:
        """What it is, in a word or two."""
        return str(VERDICTS[self.verdict])


def line_of(told: Transaction, judged: Judged, *, pk: int | None = None) -> Line:
    """Return what a page shows of a transaction and its verdict."""
    return Line(
        booked_on=told.booked_on,
        amount=told.amount,
        name=told.name,
        account=format_iban(told.iban),
        message=message(told.communication, told.text),
        line=told.line,
        verdict=judged.verdict,
        reasons=reasons(judged),
        parts=_proposal(judged),
        key=judged.key,
        is_paid=Why.ALREADY_PAID in judged.why,
        pk=pk,
    )


def message(communication: str, text: str) -> str:
    """Return what was written with a payment, a communication as it is printed."""
    if not communication:
        return text
    digits = communication
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++ {text}".strip()


def _proposal(judged: Judged) -> list[tuple[str, int, str]]:
    """Return the words, the invoice and its number for each part proposed."""
    return [
        (
            _("%(amount)s %(road)s")
            % {"amount": eur(part.amount), "road": Channel(part.road).label},
            part.invoice,
            part.number,
        )
        for part in judged.parts
    ]
