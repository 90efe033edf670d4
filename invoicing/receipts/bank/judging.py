"""What a movement of the account is for: matched, proposed with why, or unknown.

Pure; PAY-2 and PAY-3 in docs/rules.md. Only the exact communication with exactly what
is open directly books itself, whoever pays. Money of the wallet comes with no standard
text: it is proposed, never booked.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from decimal import Decimal

from ownyourstory.money import ZERO

from .outlook import Awaited, Judged, Outlook, Part, Road, Verdict, Why
from .roads import Named, doubts, road_of
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
        (found for look in WAYS if (found := look(outlook, transaction)) is not None),
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


def _exact(outlook: Outlook, told: Transaction) -> Judged | None:
    """Match the communication with exactly what is open directly, whoever pays."""
    one = outlook.by_communication.get(told.communication)
    if one is None or one.open.get(Road.DIRECT) != told.amount:
        return None
    return Judged(Verdict.MATCHED, (_part(one, Road.DIRECT, told),), (Why.EXACT,))


def _by_application(outlook: Outlook, told: Transaction) -> Judged | None:
    """Propose what the text names, an application before all else it says."""
    named = _named(outlook, told)
    applied = [pair for pair in named if pair[1] is Why.APPLICATION]
    if not applied:
        return None
    several = _several(outlook, told, named) or _several(outlook, told, applied)
    return several or _fitting(outlook, told, applied)


def _by_communication(outlook: Outlook, told: Transaction) -> Judged | None:
    one = outlook.by_communication.get(told.communication)
    return _proposed(outlook, told, one, because=Why.COMMUNICATION) if one else None


def _by_text(outlook: Outlook, told: Transaction) -> Judged | None:
    """Propose what the text names: communications and invoice numbers."""
    named = _named(outlook, told)
    if not named:
        return None
    return _several(outlook, told, named) or _fitting(outlook, told, named)


def _named(outlook: Outlook, told: Transaction) -> list[Named]:
    """Return the invoices a text names, those by their application number first."""
    if not told.text:
        return []
    named: dict[int, Named] = {}
    for digits in structured_in(told.text):
        if one := outlook.by_communication.get(digits):
            named.setdefault(one.invoice, (one, Why.IN_TEXT))
    applied: dict[int, Named] = {}
    words = list(candidates(told.text))
    for word in words:
        if one := outlook.by_number.get(word):
            named.setdefault(one.invoice, (one, Why.NUMBER))
    for word in words:
        if same := outlook.by_application.get(word):
            one = min(same, key=lambda one: _is_later(one, named))
            applied[one.invoice] = (one, Why.APPLICATION)
    return list((applied | named | applied).values())


def _is_later(one: Awaited, named: Collection[int]) -> tuple[bool, bool]:
    """Order invoices of one dossier: what the wallet still pays, what was named."""
    return one.open.get(Road.WALLET, ZERO) <= ZERO, one.invoice not in named


def _several(outlook: Outlook, told: Transaction, named: list[Named]) -> Judged | None:
    """Propose one amount for all invoices the text names, where they add up to it."""
    road = road_of(outlook, told, named)
    parts = tuple(
        Part(one.invoice, one.number, road, amount)
        for one, _why in named
        if (amount := one.open.get(road, ZERO)) > ZERO
    )
    if len(parts) < 2 or sum(part.amount for part in parts) != told.amount:
        return None
    more = doubts(outlook, told, named) if road is Road.WALLET else ()
    return Judged(Verdict.PROPOSED, parts, (named[0][1], Why.SEVERAL, *more))


def _fitting(outlook: Outlook, told: Transaction, named: list[Named]) -> Judged:
    """Propose the first that the amount fits, else one that is open, else any."""
    fits = [pair for pair in named if told.amount in pair[0].open.values()]
    unpaid = [pair for pair in named if max(pair[0].open.values(), default=ZERO) > ZERO]
    one, why = (fits or unpaid or named)[0]
    return _proposed(outlook, told, one, because=why)


def _by_client(outlook: Outlook, told: Transaction) -> Judged | None:
    """Propose the oldest invoice of who pays of which exactly the amount is open."""
    for road in (Road.DIRECT, Road.WALLET):
        found = outlook.still(road, told.amount)
        theirs = [(outlook.client_by(told, one), one) for one in found]
        for why in (Why.KNOWN_ACCOUNT, Why.SIMILAR_NAME):
            same = [one for by, one in theirs if by is why]
            if same:
                judged = _proposed(outlook, told, same[0], because=why)
                more = (Why.SEVERAL_OPEN,) if len(same) > 1 else ()
                return replace(judged, why=(*judged.why, *more))
    return None


def _by_wallet_payer(outlook: Outlook, told: Transaction) -> Judged | None:
    if not outlook.is_wallet_payer(told.name):
        return None
    found = outlook.still(Road.WALLET, told.amount)
    if len(found) != 1:
        more = (Why.SEVERAL_FIT,) if found else ()
        return Judged(Verdict.UNKNOWN, why=(Why.PAYER, *more))
    part = _part(found[0], Road.WALLET, told)
    return Judged(Verdict.PROPOSED, (part,), (Why.PAYER, Why.ONLY_AMOUNT))


def _by_amount(outlook: Outlook, told: Transaction) -> Judged | None:
    """Propose the one part open that the amount fits: no client pays for the wallet."""
    roads = [Road.DIRECT] if told.iban in outlook.accounts else list(Road)
    fits = [(one, road) for road in roads for one in outlook.still(road, told.amount)]
    if not fits:
        return None
    if len(fits) > 1:
        return Judged(Verdict.UNKNOWN, why=(Why.SEVERAL_FIT,))
    [(one, road)] = fits
    more = (Why.IF_THE_CLIENT,) if road is Road.WALLET else ()
    part = _part(one, road, told)
    return Judged(Verdict.PROPOSED, (part,), (Why.ONLY_AMOUNT, *more))


WAYS: tuple[Callable[[Outlook, Transaction], Judged | None], ...] = (
    _exact,
    _by_application,
    _by_communication,
    _by_text,
    _by_client,
    _by_wallet_payer,
    _by_amount,
)
"""The ways to find what money is for, the surest first."""


def _proposed(
    outlook: Outlook, told: Transaction, one: Awaited, *, because: Why
) -> Judged:
    """Propose money for one invoice, on the road it came, and say what does not fit."""
    named = [(one, because)]
    road = road_of(outlook, told, named)
    wallet = one.open.get(Road.WALLET, ZERO)
    misfit = _misfit(
        told.amount, still=one.open.get(road, ZERO), wallet=wallet, road=road
    )
    more = tuple(doubts(outlook, told, named)) if road is Road.WALLET else ()
    is_astray = misfit in {Why.WHOLE_DIRECTLY, Why.WALLET_PART_DIRECTLY}
    return Judged(
        Verdict.PROPOSED,
        (_part(one, road, told),),
        (because, misfit, *more),
        wallet if is_astray else ZERO,
    )


def _misfit(amount: Decimal, *, still: Decimal, wallet: Decimal, road: Road) -> Why:
    if amount == still:
        return Why.SAME_AMOUNT
    if road is Road.DIRECT and amount == wallet:
        return Why.WALLET_PART_DIRECTLY
    if road is Road.DIRECT and wallet > ZERO and amount == still + wallet:
        return Why.WHOLE_DIRECTLY
    if still <= ZERO:
        return Why.ALREADY_PAID
    return Why.PART if amount < still else Why.TOO_MUCH


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
