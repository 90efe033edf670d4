"""The outlook of the day: what is open on invoices, read for some transactions.

A handful of questions to the database, however many transactions there are. PAY-3.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from invoicing.models import BankTransaction, Bookkeeping, Channel, Payment, Receipt

from .judging import judge
from .outlook import Awaited, Judged, Outlook, Road
from .statement import Transaction, structured_in
from .words import candidates

AT_ONCE = 5000
"""How many keys one question names."""

COLUMNS = (
    "invoice",
    "channel",
    "open",
    "invoice__number",
    "invoice__communication",
    "invoice__client",
    "invoice__buyer_name",
    "invoice__client__legal_name",
    "invoice__client__trade_name",
    "invoice__enrolment__application_number",
)


def outlook_for(transactions: Sequence[Transaction]) -> Outlook:
    """Return all that ``transactions`` may be for: what is open, and what they name."""
    rows = {row[:2]: row for row in _rows(Receipt.objects.exclude(open=0))}
    words = {word for one in transactions for word in _named(one)}
    for some in _chunks(words):
        named = Receipt.objects.filter(open=0).filter(
            Q(invoice__number__in=some)
            | Q(invoice__communication__in=_written(some))
            | Q(invoice__enrolment__application_number__in=some)
        )
        rows |= {row[:2]: row for row in _rows(named)}
    payers = Bookkeeping.objects.current().wallet_payers.splitlines()
    accounts = _accounts({one.iban for one in transactions if one.iban})
    return Outlook(_awaited(rows.values()), payers=payers, accounts=accounts)


def judged(transactions: Sequence[Transaction]) -> list[Judged]:
    """Return the verdict over each transaction, in their order."""
    outlook = outlook_for(transactions)
    return [judge(outlook, one) for one in transactions]


def as_told(row: BankTransaction) -> Transaction:
    """Return what is left of a kept transaction, as its file told it."""
    sign = 1 if row.amount > 0 else -1
    return Transaction(
        booked_on=row.booked_on,
        valued_on=row.valued_on,
        amount=row.rest * sign,
        name=row.name,
        iban=row.iban,
        communication=row.communication,
        text=row.text,
        reference=row.reference,
        is_reversal=row.is_reversal,
        line=row.line,
    )


def _rows(receipts: QuerySet[Receipt]) -> Iterator[tuple[Any, ...]]:
    rows = receipts.order_by("due_on", "pk").values_list(*COLUMNS)
    yield from rows.iterator(AT_ONCE)


def _awaited(rows: Iterable[tuple[Any, ...]]) -> list[Awaited]:
    found: dict[int, Awaited] = {}
    for key, channel, amount, number, digits, client, *names, application in rows:
        if key not in found:
            found[key] = Awaited(
                invoice=key,
                number=number,
                communication="".join(filter(str.isdigit, digits)),
                application=application or "",
                client=client,
                names=tuple(dict.fromkeys(filter(None, names))),
                open={},
            )
        found[key].open[Road(channel)] = amount
    return list(found.values())


def _named(told: Transaction) -> Iterator[str]:
    """Yield what a transaction says that may name an invoice."""
    if told.communication:
        yield told.communication
    yield from structured_in(told.text)
    for word in candidates(told.text):
        if any(map(str.isdigit, word)):
            yield word


def _written(words: Iterable[str]) -> list[str]:
    """Return communications as an invoice has them."""
    return [
        f"+++{word[:3]}/{word[3:7]}/{word[7:]}+++"
        for word in words
        if len(word) == 12 and word.isdigit()
    ]


def _accounts(ibans: Collection[str]) -> dict[str, int]:
    """Return whose money came directly from an account before, by the account.

    An account that money of the wallet came from is no client's.
    """
    found: dict[str, int] = {}
    of_the_wallet: set[str] = set()
    for some in _chunks(ibans):
        rows = Payment.objects.standing().filter(transaction__iban__in=some)
        columns = "transaction__iban", "invoice__client", "channel"
        for iban, client, channel in rows.order_by("pk").values_list(*columns):
            if channel == Channel.WALLET:
                of_the_wallet.add(iban)
            found[iban] = client
    return {iban: found[iban] for iban in found.keys() - of_the_wallet}


def _chunks(keys: Collection[str]) -> Iterator[list[str]]:
    every = sorted(keys)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
