"""What a movement of the account is for: matched, proposed with why, or unknown.

Pure; PAY-2 and PAY-3 in docs/rules.md. Only the exact communication with exactly what
is open directly books itself. Money of the wallet comes with no standard text: it is
proposed, never booked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from ownyourstory.money import ZERO

from .names import is_similar
from .outlook import Awaited, Judged, Outlook, Part, Road, Verdict, Why
from .statement import Transaction, structured_in
from .words import candidates


def judge(outlook: Outlook, transaction: Transaction) -> Judged:
    """Return the verdict over a transaction, and take what is matched off the outlook.

    The second of two exact payments finds nothing open any more (PAY-3).
    """
    if transaction.amount < 0:
        return _judge_outgoing(outlook, transaction)
    if transaction.is_reversal:
        return Judged(Verdict.UNKNOWN, why=(Why.REVERSAL,))
    judged = next(
        (found for look in ROADS if (found := look(outlook, transaction)) is not None),
        Judged(Verdict.UNKNOWN),
    )
    if judged.verdict is Verdict.MATCHED:
        for part in judged.parts:
            one = outlook.by_number[part.number.upper()]
            one.open[part.road] -= part.amount
    known = outlook.by_communication
    if transaction.communication and transaction.communication not in known:
        return replace(judged, why=(Why.OTHER_COMMUNICATION, *judged.why))
    return judged


def _by_communication(outlook: Outlook, told: Transaction) -> Judged | None:
    one = outlook.by_communication.get(told.communication)
    if one is None:
        return None
    payer = outlook.is_wallet_payer(told.name)
    if not payer and one.open.get(Road.DIRECT) == told.amount:
        return Judged(Verdict.MATCHED, (_part(one, Road.DIRECT, told),), (Why.EXACT,))
    return _proposed(outlook, told, one, because=(Why.COMMUNICATION,))


def _by_text(outlook: Outlook, told: Transaction) -> Judged | None:
    """Propose what the text names: communications, applications, invoice numbers."""
    if not told.text:
        return None
    named: dict[int, tuple[Awaited, Why]] = {}
    for digits in structured_in(told.text):
        if one := outlook.by_communication.get(digits):
            named.setdefault(one.invoice, (one, Why.IN_TEXT))
    for word in candidates(told.text):
        if one := outlook.by_application.get(word):
            named.setdefault(one.invoice, (one, Why.APPLICATION))
        if one := outlook.by_number.get(word):
            named.setdefault(one.invoice, (one, Why.NUMBER))
    found = list(named.values())
    if not found:
        return None
    if len(found) > 1 and (several := _several(outlook, told, found)):
        return several
    fits = [(one, why) for one, why in found if told.amount in one.open.values()]
    one, why = (fits or found)[0]
    return _proposed(outlook, told, one, because=(why,))


def _several(
    outlook: Outlook, told: Transaction, found: list[tuple[Awaited, Why]]
) -> Judged | None:
    """Propose one amount for all invoices the text names, where they add up to it."""
    road = Road.WALLET if outlook.is_wallet_payer(told.name) else Road.DIRECT
    opens = [(one, one.open.get(road, ZERO)) for one, _why in found]
    parts = tuple(
        Part(one.invoice, one.number, road, amount)
        for one, amount in opens
        if amount > ZERO
    )
    if len(parts) < 2 or sum(part.amount for part in parts) != told.amount:
        return None
    return Judged(Verdict.PROPOSED, parts, (found[0][1], Why.SEVERAL))


def _by_wallet_payer(outlook: Outlook, told: Transaction) -> Judged | None:
    if not outlook.is_wallet_payer(told.name):
        return None
    found = outlook.still(Road.WALLET, told.amount)
    if len(found) != 1:
        return Judged(Verdict.UNKNOWN, why=(Why.PAYER,))
    part = _part(found[0], Road.WALLET, told)
    return Judged(Verdict.PROPOSED, (part,), (Why.PAYER, Why.ONLY_AMOUNT))


def _by_amount(outlook: Outlook, told: Transaction) -> Judged | None:
    """Propose by the amount open directly: of who pays, or of one invoice alone."""
    found = outlook.still(Road.DIRECT, told.amount)
    client = outlook.accounts.get(told.iban)
    theirs = [one for one in found if client is not None and one.client == client]
    named = [one for one in found if is_similar(told.name, one.names)]
    for why, same in [(Why.KNOWN_ACCOUNT, theirs), (Why.SIMILAR_NAME, named)]:
        if same:
            more = (Why.SEVERAL_OPEN,) if len(same) > 1 else ()
            part = _part(same[0], Road.DIRECT, told)
            return Judged(Verdict.PROPOSED, (part,), (Why.SAME_AMOUNT, why, *more))
    if len(found) == 1:
        part = _part(found[0], Road.DIRECT, told)
        return Judged(Verdict.PROPOSED, (part,), (Why.ONLY_AMOUNT,))
    return None


ROADS: tuple[Callable[[Outlook, Transaction], Judged | None], ...] = (
    _by_communication,
    _by_text,
    _by_wallet_payer,
    _by_amount,
)
"""The ways to find what money is for, the surest first."""


def _proposed(
    outlook: Outlook, told: Transaction, one: Awaited, *, because: tuple[Why, ...]
) -> Judged:
    """Propose money for one invoice, on the road it fits, and say what does not."""
    wallet = one.open.get(Road.WALLET, ZERO)
    if outlook.is_wallet_payer(told.name) and Road.WALLET in one.open:
        road, because = Road.WALLET, (*because, Why.PAYER)
    elif because == (Why.APPLICATION,) and told.amount == wallet:
        road = Road.WALLET
    else:
        road = Road.DIRECT
    why = tuple(
        _misfit(
            told.amount,
            still=one.open.get(road, ZERO),
            wallet=wallet,
            road=road,
        )
    )
    astray = wallet if {*why} & {Why.WHOLE_DIRECTLY, Why.WALLET_PART_DIRECTLY} else ZERO
    part = _part(one, road, told)
    return Judged(Verdict.PROPOSED, (part,), (*because, *why), astray)


def _misfit(
    amount: Decimal, *, still: Decimal, wallet: Decimal, road: Road
) -> Iterator[Why]:
    if amount == still:
        yield Why.SAME_AMOUNT
    elif road is Road.DIRECT and amount == wallet:
        yield Why.WALLET_PART_DIRECTLY
    elif road is Road.DIRECT and wallet > ZERO and amount == still + wallet:
        yield Why.WHOLE_DIRECTLY
    elif still <= ZERO:
        yield Why.ALREADY_PAID
    elif amount < still:
        yield Why.PART
    else:
        yield Why.TOO_MUCH


def _judge_outgoing(outlook: Outlook, told: Transaction) -> Judged:
    """Propose money that goes back where too much came; other money is not ours."""
    named = [
        (outlook.by_communication.get(told.communication), Why.COMMUNICATION),
        *(
            (outlook.by_communication.get(digits), Why.IN_TEXT)
            for digits in structured_in(told.text)
        ),
        *((outlook.by_number.get(word), Why.NUMBER) for word in candidates(told.text)),
    ]
    for one, why in named:
        if one is None:
            continue
        for road, amount in one.open.items():
            if amount < ZERO and -told.amount <= -amount:
                part = Part(one.invoice, one.number, road, -told.amount)
                return Judged(Verdict.PROPOSED, (part,), (why, Why.SURPLUS))
    return Judged(Verdict.NOT_OURS)


def _part(one: Awaited, road: Road, told: Transaction) -> Part:
    return Part(one.invoice, one.number, road, told.amount)
