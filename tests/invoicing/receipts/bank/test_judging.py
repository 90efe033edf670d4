"""What a movement of the account is for (PAY-2, PAY-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from invoicing.receipts.bank.judging import judge
from invoicing.receipts.bank.names import holds, is_similar
from invoicing.receipts.bank.outlook import Awaited, Judged, Outlook, Road, Verdict, Why
from invoicing.receipts.bank.statement import Transaction
from invoicing.receipts.bank.wording import REASONS, reasons
from invoicing.receipts.bank.words import candidates

D = Decimal
DAY = date(2026, 3, 16)
PLAIN, OTHER, WALLET, BACK = (
    "202600000192",
    "202600000293",
    "202600000394",
    "202600000495",
)


def outlook() -> Outlook:
    """Return a plain invoice, another, one with the wallet, and one with a surplus."""
    direct, wallet = Road.DIRECT, Road.WALLET
    return Outlook(
        [
            Awaited(
                invoice=1,
                number="2026-0001",
                communication=PLAIN,
                client=11,
                names=("Bakkerij Janssens BV",),
                open={direct: D("121.00")},
            ),
            Awaited(
                invoice=2,
                number="2026-0002",
                communication=OTHER,
                client=12,
                names=("Garage Peeters NV",),
                open={direct: D("50.00")},
            ),
            Awaited(
                invoice=3,
                number="2026-0003",
                communication=WALLET,
                application="2026KMO123456",
                client=13,
                names=("Linde BV",),
                open={wallet: D("600.00"), direct: D("126.00")},
            ),
            Awaited(
                invoice=4,
                number="2026-0004",
                communication=BACK,
                client=14,
                names=("Teveel BV",),
                open={direct: D("-29.00")},
            ),
            Awaited(
                invoice=5,
                number="2026-0005",
                application="2026KMO555555",
                client=15,
                names=("Sodexo Belgium NV",),
                open={wallet: D("300.00"), direct: D("63.00")},
            ),
        ],
        payers=["KMO-portefeuille", "vlaio", "Sodexo", ""],
        accounts={"BE1": 12, "BE3": 13},
    )


def told(amount: str, text: str = "", **more: Any) -> Transaction:
    return Transaction(
        booked_on=DAY, valued_on=DAY, amount=D(amount), text=text, **more
    )


def short(judged: Judged) -> tuple[Verdict, list[tuple[int, Road, Decimal]]]:
    parts = [(part.invoice, part.road, part.amount) for part in judged.parts]
    return judged.verdict, parts


M, P, U, N = Verdict.MATCHED, Verdict.PROPOSED, Verdict.UNKNOWN, Verdict.NOT_OURS
DIRECT, VIA = Road.DIRECT, Road.WALLET
PAYER = {"name": "VLAIO kmo-portefeuille"}
LINDE, SODEXO = {"name": "LINDE"}, {"name": "Sodexo Belgium"}

CASES: dict[str, tuple[Transaction, Verdict, int, Road | None, set[Why]]] = {
    "communication and amount exact": (
        told("121.00", communication=PLAIN),
        M,
        1,
        DIRECT,
        {Why.EXACT},
    ),
    "the direct part of a wallet invoice, exact": (
        told("126.00", communication=WALLET),
        M,
        3,
        DIRECT,
        {Why.EXACT},
    ),
    "a cent too little": (
        told("120.99", communication=PLAIN),
        P,
        1,
        DIRECT,
        {Why.COMMUNICATION, Why.PART},
    ),
    "a cent too much": (
        told("121.01", communication=PLAIN),
        P,
        1,
        DIRECT,
        {Why.COMMUNICATION, Why.TOO_MUCH},
    ),
    "nothing open any more": (
        told("10.00", communication=BACK),
        P,
        4,
        DIRECT,
        {Why.COMMUNICATION, Why.ALREADY_PAID},
    ),
    "two are named, and one of them is paid": (
        told("99.00", "2026-0004 en 2026-0002"),
        P,
        2,
        DIRECT,
        {Why.NUMBER, Why.TOO_MUCH},
    ),
    "the whole of a wallet invoice, directly": (
        told("726.00", communication=WALLET),
        P,
        3,
        DIRECT,
        {Why.COMMUNICATION, Why.WHOLE_DIRECTLY},
    ),
    "the part of the wallet, from who is called as the client": (
        told("600.00", communication=WALLET, **LINDE),
        P,
        3,
        DIRECT,
        {Why.COMMUNICATION, Why.WALLET_PART_DIRECTLY},
    ),
    "the part of the wallet, from the account of the client": (
        told("600.00", "2026-0003", iban="BE3", name="VLAIO"),
        P,
        3,
        DIRECT,
        {Why.NUMBER, Why.WALLET_PART_DIRECTLY},
    ),
    "the part of the wallet without a number, from the client": (
        told("600.00", "opleiding", **LINDE),
        P,
        3,
        DIRECT,
        {Why.SIMILAR_NAME, Why.WALLET_PART_DIRECTLY},
    ),
    "the part of the wallet with our number, from nobody known": (
        told("600.00", "2026-0003", name="Agentschap X"),
        P,
        3,
        VIA,
        {Why.NUMBER, Why.SAME_AMOUNT, Why.IF_THE_CLIENT},
    ),
    "the part of the wallet with our communication, from nobody known": (
        told("600.00", communication=WALLET, name="Agentschap X"),
        P,
        3,
        VIA,
        {Why.COMMUNICATION, Why.SAME_AMOUNT, Why.IF_THE_CLIENT},
    ),
    "a part with our number, from nobody known": (
        told("100.00", "2026-0003", name="Agentschap X"),
        P,
        3,
        DIRECT,
        {Why.NUMBER, Why.PART},
    ),
    "the part of the wallet as the only amount": (
        told("600.00", "opleiding", name="Agentschap X"),
        P,
        3,
        VIA,
        {Why.ONLY_AMOUNT, Why.IF_THE_CLIENT},
    ),
    "the part of the wallet as the only amount, from another client": (
        told("600.00", "opleiding", iban="BE1"),
        U,
        0,
        None,
        set(),
    ),
    "the wallet pays with our communication": (
        told("600.00", communication=WALLET, **PAYER),
        P,
        3,
        VIA,
        {Why.COMMUNICATION, Why.PAYER, Why.SAME_AMOUNT},
    ),
    "the direct part, exact, from one called as who pays for the wallet": (
        told("126.00", communication=WALLET, **PAYER),
        M,
        3,
        DIRECT,
        {Why.EXACT},
    ),
    "the direct part, exact, with an application number as well": (
        told("126.00", "2026KMO123456", communication=WALLET),
        M,
        3,
        DIRECT,
        {Why.EXACT},
    ),
    "the direct part with our number, from a client on the list": (
        told("63.00", "2026-0005", **SODEXO),
        P,
        5,
        DIRECT,
        {Why.NUMBER, Why.SAME_AMOUNT},
    ),
    "the direct part without a number, from a client on the list": (
        told("63.00", "dank", **SODEXO),
        P,
        5,
        DIRECT,
        {Why.SIMILAR_NAME, Why.SAME_AMOUNT},
    ),
    "the wallet pays and names the client": (
        told("600.00", "dank", name="KMO-portefeuille Linde"),
        P,
        3,
        VIA,
        {Why.SIMILAR_NAME, Why.SAME_AMOUNT, Why.PAYER},
    ),
    "a name that holds one of the list is another": (
        told("126.00", "2026-0003", name="PAVLAIOU"),
        P,
        3,
        DIRECT,
        {Why.NUMBER, Why.SAME_AMOUNT},
    ),
    "the wallet pays by application number": (
        told("600.00", "betaling 2026kmo123456", **PAYER),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.PAYER, Why.SAME_AMOUNT},
    ),
    "the wallet pays by invoice number": (
        told("600.00", "fact.2026-0003, dank", **PAYER),
        P,
        3,
        VIA,
        {Why.NUMBER, Why.PAYER, Why.SAME_AMOUNT},
    ),
    "the wallet pays by amount alone": (
        told("600.00", "zonder nummer", **PAYER),
        P,
        3,
        VIA,
        {Why.PAYER, Why.ONLY_AMOUNT},
    ),
    "the wallet pays an amount of nobody": (
        told("121.00", "zonder nummer", **PAYER),
        U,
        0,
        None,
        {Why.PAYER},
    ),
    "an application number from somebody else": (
        told("600.00", "2026KMO123456", name="Agentschap"),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.SAME_AMOUNT},
    ),
    "an application number before an invoice number": (
        told("600.00", "2026KMO123456 2026-0003"),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.SAME_AMOUNT},
    ),
    "an application number after an invoice number, for a part": (
        told("100.00", "2026-0003 / 2026kmo123456"),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.PART},
    ),
    "an application number beside the number of another invoice": (
        told("121.00", "2026-0001 2026KMO123456"),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.PART},
    ),
    "an application number beside our communication": (
        told("100.00", "2026KMO123456", communication=WALLET),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.PART},
    ),
    "an application number from the account of the client": (
        told("600.00", "2026KMO123456", iban="BE3"),
        P,
        3,
        VIA,
        {Why.APPLICATION, Why.SAME_AMOUNT, Why.IF_THE_CLIENT},
    ),
    "an application number with the direct part, from the client": (
        told("126.00", "2026KMO123456", iban="BE3"),
        P,
        3,
        DIRECT,
        {Why.APPLICATION, Why.SAME_AMOUNT},
    ),
    "the number in the text": (
        told("121.00", "Factuur 2026-0001"),
        P,
        1,
        DIRECT,
        {Why.NUMBER, Why.SAME_AMOUNT},
    ),
    "the communication within a text": (
        told("121.00", "dank +++202/6000/00192+++"),
        P,
        1,
        DIRECT,
        {Why.IN_TEXT, Why.SAME_AMOUNT},
    ),
    "the payer is called as the client": (
        told("121.00", "dank", name="JANSSENS BAKKERIJ"),
        P,
        1,
        DIRECT,
        {Why.SAME_AMOUNT, Why.SIMILAR_NAME},
    ),
    "the client paid from this account before": (
        told("50.00", "dank", iban="BE1"),
        P,
        2,
        DIRECT,
        {Why.SAME_AMOUNT, Why.KNOWN_ACCOUNT},
    ),
    "only the amount": (told("121.00", "dank"), P, 1, DIRECT, {Why.ONLY_AMOUNT}),
    "a communication of somebody else": (
        told("7.00", communication="123412341234"),
        U,
        0,
        None,
        {Why.OTHER_COMMUNICATION},
    ),
    "nothing fits": (told("7.00", "2012"), U, 0, None, set()),
    "a payment of ours that came back": (
        told("121.00", communication=PLAIN, is_reversal=True),
        U,
        0,
        None,
        {Why.REVERSAL},
    ),
    "money back where too much came": (
        told("-29.00", "terug 2026-0004"),
        P,
        4,
        DIRECT,
        {Why.NUMBER, Why.SURPLUS},
    ),
    "money back, by communication": (
        told("-20.00", communication=BACK),
        P,
        4,
        DIRECT,
        {Why.COMMUNICATION, Why.SURPLUS},
    ),
    "more back than came too much": (
        told("-29.01", "terug 2026-0004"),
        N,
        0,
        None,
        set(),
    ),
    "money back of an invoice that is open": (
        told("-121.00", communication=PLAIN),
        N,
        0,
        None,
        set(),
    ),
    "rent": (told("-850.00", "huur"), N, 0, None, set()),
}


@pytest.mark.parametrize(
    ("transaction", "verdict", "invoice", "road", "why"), CASES.values(), ids=CASES
)
def test_a_movement_gets_its_verdict(
    transaction: Transaction,
    verdict: Verdict,
    invoice: int,
    road: Road | None,
    why: set[Why],
) -> None:
    judged = judge(outlook(), transaction)

    amount = abs(transaction.amount)
    assert short(judged) == (verdict, [(invoice, road, amount)] if road else [])
    assert {*judged.why} == why


def test_what_came_directly_for_the_wallet_is_told() -> None:
    for amount in ("726.00", "600.00"):
        judged = judge(outlook(), told(amount, communication=WALLET, **LINDE))
        assert judged.astray == D("600.00")


def test_of_two_exact_payments_the_first_matches_and_the_second_is_proposed() -> None:
    one, twice = outlook(), told("121.00", communication=PLAIN)

    assert short(judge(one, twice)) == (M, [(1, DIRECT, D(121))])
    second = judge(one, twice)

    assert short(second) == (P, [(1, DIRECT, D(121))])
    assert second.why == (Why.COMMUNICATION, Why.ALREADY_PAID)


def test_an_amount_for_several_invoices_is_proposed_in_parts() -> None:
    judged = judge(outlook(), told("171.00", "2026-0001 + 2026-0002"))

    assert short(judged) == (P, [(1, DIRECT, D(121)), (2, DIRECT, D(50))])
    assert Why.SEVERAL in judged.why
    other = judge(outlook(), told("50.00", "2026-0001 + 2026-0002"))
    assert short(other) == (P, [(2, DIRECT, D(50))])


def test_an_amount_that_fits_two_clients_alike_is_unknown() -> None:
    one = outlook()
    twin = replace(
        one.by_number["2026-0001"], invoice=9, number="2026-0009", communication=""
    )
    both = Outlook([*one.awaited, twin])

    assert short(judge(both, told("121.00", "dank"))) == (U, [])
    named = judge(both, told("121.00", "dank", name="Bakkerij Janssens"))
    assert Why.SEVERAL_OPEN in named.why


def _with(**more: Any) -> Outlook:
    """Return the outlook with a second invoice like that of the wallet."""
    one = outlook()
    twin = replace(
        one.by_number["2026-0003"], invoice=9, number="2026-0009", communication=""
    )
    return Outlook([*one.awaited, replace(twin, **more)], payers=one.payers)


def test_an_amount_that_fits_more_than_one_part_is_unknown_with_a_reason() -> None:
    alike = {"application": "2026KMO999999", "client": 19, "names": ("Eik BV",)}
    for open_ in [{VIA: D(600)}, {DIRECT: D(600)}]:
        judged = judge(_with(open=open_, **alike), told("600.00", "opleiding"))
        assert (short(judged), judged.why) == ((U, []), (Why.SEVERAL_FIT,))

    judged = judge(_with(**alike), told("600.00", "opleiding", **PAYER))
    assert (short(judged), judged.why) == ((U, []), (Why.PAYER, Why.SEVERAL_FIT))


def test_an_amount_that_both_roads_expect_is_direct_unless_more_is_said() -> None:
    halves = _with(open={VIA: D(80), DIRECT: D(80)})
    for text, road in {"2026-0009": DIRECT, "2026-0009 2026KMO123456": VIA}.items():
        assert short(judge(halves, told("80.00", text))) == (P, [(9, road, D(80))])


def test_the_wallet_parts_of_several_invoices_are_proposed_together() -> None:
    for text in ("2026-0003 2026-0005", "2026KMO123456 2026-0005"):
        judged = judge(outlook(), told("900.00", text))
        assert short(judged) == (P, [(3, VIA, D(600)), (5, VIA, D(300))])

    direct = judge(outlook(), told("189.00", "2026-0003 2026-0005"))
    assert short(direct) == (P, [(3, DIRECT, D(126)), (5, DIRECT, D(63))])


def test_an_application_is_for_the_invoice_of_which_the_wallet_still_pays() -> None:
    paid = _with(open={VIA: D(0), DIRECT: D(126)})
    assert short(judge(paid, told("600.00", "2026KMO123456 2026-0009"))) == (
        P,
        [(3, VIA, D(600))],
    )

    both = judge(_with(), told("600.00", "2026KMO123456 2026-0009"))
    assert short(both) == (P, [(9, VIA, D(600))])


def test_she_reads_what_to_do_if_the_client_paid_what_the_wallet_pays(
    english: None,
) -> None:
    judged = judge(outlook(), told("600.00", "2026-0003", name="Agentschap X"))

    assert reasons(judged)[-1] == (
        "If the client paid this itself, pay it back and let it be ordered in the "
        "wallet."
    )
    written = set(REASONS) | {Why.WHOLE_DIRECTLY, Why.WALLET_PART_DIRECTLY}
    assert written == set(Why)


def test_nothing_of_the_wallet_books_itself() -> None:
    texts = ["2026KMO123456", "2026-0003", "dank", ""]
    for text in texts:
        for more in [PAYER, LINDE, {"name": "Agentschap X"}, {"iban": "BE3"}]:
            for communication in (WALLET, ""):
                given = told("600.00", text, communication=communication, **more)
                assert judge(outlook(), given).verdict is P


WORDS = {
    "2012": (set(), {"12"}),
    "factuur 12 van mei": ({"12"}, set()),
    "25-12-2026": ({"25-12-2026"}, {"12", "2026", "25"}),
    "12,50 euro": (set(), {"12", "50"}),
    "fact.2026-0001, dank": ({"2026-0001"}, set()),
    "2026-0001,2026-0002": ({"2026-0001", "2026-0002"}, set()),
    "12026-0001": ({"12026-0001"}, {"2026-0001"}),
    "2026-00011": ({"2026-00011"}, {"2026-0001"}),
    "5-2026-0001": (set(), {"2026-0001"}),
    "2026-0001-5": (set(), {"2026-0001"}),
    "FV/2026/12": ({"FV/2026/12"}, {"12"}),
    "(2026-0001)": ({"2026-0001"}, set()),
    "x2026-0001": (set(), {"2026-0001"}),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.items(), ids=WORDS)
def test_only_whole_words_are_numbers(
    text: str, expected: tuple[set[str], set[str]]
) -> None:
    found = set(candidates(text))

    assert expected[0] <= found
    assert not expected[1] & found


SIMILAR = {
    "order and capitals": ("JANSSENS bakkerij", "Bakkerij Janssens BV", True),
    "accents and dots": ("Societe Elan S.A.", "Société Élan", True),
    "cut off": ("Bakkerij Janssens en", "Bakkerij Janssens en Zonen BV", True),
    "another name": ("Bakkerij Peeters", "Bakkerij Janssens BV", False),
    "only a legal form": ("BV", "Bakkerij Janssens BV", False),
    "nothing": ("", "Bakkerij Janssens BV", False),
}


@pytest.mark.parametrize(("name", "other", "same"), SIMILAR.values(), ids=SIMILAR)
def test_names_are_similar_but_for_form(name: str, other: str, same: bool) -> None:
    assert is_similar(name, [other]) is same


HOLDS = {
    "the name alone": ("VLAIO", "VLAIO", True),
    "one word of it": ("Agentschap VLAIO Brussel", "vlaio", True),
    "a part of a word": ("PAVLAIOU BV", "VLAIO", False),
    "the beginning of a word": ("Vlaiox", "VLAIO", False),
    "accents and capitals": ("REGION BRUXELLES", "Région", True),
    "signs between words": ("KMO PORTEFEUILLE 2026", "KMO-portefeuille", True),
    "no sign between words": ("Kmoportefeuille", "KMO-portefeuille", True),
    "words in another order": ("Portefeuille KMO", "KMO-portefeuille", False),
    "words apart": ("KMO advies portefeuille", "KMO-portefeuille", False),
    "only one of the words": ("KMO Advies", "KMO-portefeuille", False),
    "nothing on the list": ("VLAIO", " - ", False),
    "no name": ("", "VLAIO", False),
}


@pytest.mark.parametrize(("name", "entry", "held"), HOLDS.values(), ids=HOLDS)
def test_who_pays_for_the_wallet_is_known_by_whole_words(
    name: str, entry: str, held: bool
) -> None:
    assert holds(name, entry) is held
