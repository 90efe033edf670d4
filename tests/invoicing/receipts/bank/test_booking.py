"""A bank file brought in: what matches is booked, once, and all else waits (PAY-3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict

from invoicing.models import (
    BankFile,
    BankTransaction,
    Bookkeeping,
    Channel,
    Invoice,
    Payment,
    Receipt,
    SetAside,
)
from invoicing.receipts import recording
from invoicing.receipts.bank import booking
from invoicing.receipts.bank.booking import Brought
from invoicing.receipts.bank.outlook import Judged, Part, Road, Verdict, Why
from invoicing.receipts.bank.statement import Refused
from invoicing.receipts.bank.worklist import counted, verdict_of, worklist
from invoicing.receipts.keeping import worked_out
from invoicing.receipts.recording import Exact, Money, NotRecorded
from programs.models import Enrolment
from programs.road import State
from tests.factories import complete_seller, noon

from .building import DAY, OURS, Row, camt, coda
from .stock import Wanted, digits, stock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "_seller")]

D = Decimal
TODAY = date(2026, 3, 20)
NOW = noon(TODAY)
PLAIN, VIA_WALLET = (
    Wanted(),
    Wanted(direct="126.00", wallet="600.00", application="2026KMO000001"),
)


@pytest.fixture
def _seller() -> None:
    complete_seller(iban=OURS)


def bring_in(content: bytes) -> Brought:
    return booking.bring_in(content, name="b.cod", now=NOW, today=TODAY, by=None)


def counts(done: Brought) -> tuple[int, int, int]:
    return done.new, done.booked, done.seen


def exact(invoice: Invoice, reference: str = "") -> Row:
    amount = f"{invoice.direct_amount}"
    return Row(amount, communication=digits(invoice), reference=reference)


def proposal() -> Judged:
    [one] = worklist()
    return one.judged


def confirm(row: BankTransaction) -> list[Payment]:
    judged = verdict_of(row)
    assert judged is not None
    return booking.confirm(row.pk, shown=judged.key, now=NOW, today=TODAY, by=None)


def book(row: BankTransaction, invoice: Invoice, amount: str) -> Payment:
    part = Part(invoice.pk, invoice.number, Road.DIRECT, D(amount))
    return booking.book(row.pk, part, now=NOW, today=TODAY, by=None)


def open_of(invoice: Invoice) -> dict[str, Decimal]:
    return dict(Receipt.objects.filter(invoice=invoice).values_list("channel", "open"))


# What matches


def test_what_is_exact_books_itself_and_the_rest_waits() -> None:
    one, other, via = stock([PLAIN, PLAIN, VIA_WALLET])
    content = coda(
        exact(one),
        replace(exact(other), amount="100.00"),
        Row("600.00", text="2026KMO000001", name="VLAIO"),
        Row("-850.00", text="huur"),
    )

    assert not booking.look(content, today=TODAY).seen
    assert not BankTransaction.objects.exists()
    assert counts(bring_in(content)) == (4, 1, 0)

    [payment] = Payment.objects.all()
    assert (payment.invoice, payment.channel, payment.amount, payment.received_on) == (
        one,
        Channel.DIRECT,
        D(121),
        DAY,
    )
    assert payment.transaction is not None
    assert payment.transaction.rest == 0
    assert open_of(one) == {"direct": D(0)}
    assert [judged.judged.verdict for judged in worklist()] == [Verdict.PROPOSED] * 2
    file = BankFile.objects.get()
    assert (file.account, file.first_on, file.seen) == (OURS, DAY, 0)
    assert counted(worklist()) == {(file.pk, True): 2}
    assert Enrolment.objects.get().state == State.ORDERED
    assert open_of(via)["wallet"] == D(600)


def test_the_same_file_again_and_one_that_overlaps_change_nothing() -> None:
    one, other = stock([PLAIN, PLAIN])
    first = coda(exact(one, "A"), Row("5.00", text="gift", reference="B"))

    assert counts(bring_in(first)) == (2, 1, 0)
    assert counts(bring_in(first)) == (0, 0, 2)
    longer = coda(
        exact(one, "A"), Row("5.00", text="gift", reference="B"), exact(other, "C")
    )
    assert counts(bring_in(longer)) == (1, 1, 2)
    assert Payment.objects.count() == 2
    assert BankFile.objects.count() == 2


@pytest.mark.parametrize("version", ["02", "08"])
def test_camt_of_the_same_days_as_coda_changes_nothing(version: str) -> None:
    [one] = stock([PLAIN])
    rows = (
        exact(one, "A"),
        Row("5.00", text="gift van  Élise, met dank", reference="B"),
        Row("-42.00", text="huur", name="Vastgoed Linde", reference="C"),
    )
    bring_in(coda(*rows))
    others = [replace(row, reference=f"S{row.reference}") for row in rows]

    assert counts(bring_in(camt(*others, version=version))) == (0, 0, 3)


def test_twins_of_one_day_both_come_in_and_both_come_in_once() -> None:
    twins = [Row("5.00", text="gift", reference=one) for one in "AB"]

    assert counts(bring_in(coda(*twins))) == (2, 0, 0)
    assert counts(bring_in(coda(*twins[::-1]))) == (0, 0, 2)
    third = replace(twins[0], reference="C")
    assert counts(bring_in(coda(twins[0], third))) == (1, 0, 1)
    nameless = [replace(one, reference="") for one in twins]
    assert counts(bring_in(camt(*nameless))) == (0, 0, 2)


def test_the_database_keeps_a_transaction_once() -> None:
    bring_in(coda(Row("5.00", text="gift")))
    row = BankTransaction.objects.get()
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_one_broken_line_of_many_books_nothing() -> None:
    [one] = stock([PLAIN])
    lines = coda(exact(one), *[Row("5.00", text=f"{at}") for at in range(199)])
    broken = lines.replace(b"000000000005000160326", b"00000000000500X160326", 1)

    with pytest.raises(Refused):
        bring_in(broken)

    assert not BankFile.objects.exists()
    assert not BankTransaction.objects.exists()
    assert not Payment.objects.exists()


def test_what_fails_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    [one] = stock([PLAIN])
    monkeypatch.setattr(booking, "record_exact", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring_in(coda(exact(one)))

    assert not BankFile.objects.exists()


def test_the_second_exact_payment_waits() -> None:
    [one] = stock([PLAIN])

    assert counts(bring_in(coda(exact(one, "A"), exact(one, "B")))) == (2, 1, 0)

    assert proposal().verdict is Verdict.PROPOSED
    assert open_of(one) == {"direct": D(0)}


def test_an_amount_that_changed_under_way_is_not_booked() -> None:
    [one] = stock([PLAIN])
    bring_in(coda(Row("121.00", text="x"), Row("5.00", text="y")))
    row = BankTransaction.objects.first()
    assert row is not None
    asked = Exact(one.pk, Money(Channel.DIRECT, D("120.00"), DAY), row.pk)

    done = recording.record_exact([asked], now=NOW, today=TODAY, by=None)

    assert (done, open_of(one)) == ([], {"direct": D(121)})


def test_many_at_once_give_the_rows_that_one_by_one_gives() -> None:
    wanted = [PLAIN, VIA_WALLET, replace(VIA_WALLET, application="2026KMO000002")]
    together, alone = stock(wanted[:2]), stock([PLAIN, wanted[2]])
    bring_in(coda(*map(exact, together)))
    for invoice in alone:
        money = Money(Channel.DIRECT, invoice.direct_amount or D(0), DAY)
        recording.record(invoice.pk, money, now=NOW, today=TODAY, by=None)

    def rows(invoices: list[Invoice]) -> list[dict[str, object]]:
        own = ["id", "invoice", "transaction"]
        found = [
            *Payment.objects.filter(invoice__in=invoices).order_by("invoice"),
            *Receipt.objects.filter(invoice__in=invoices).order_by("invoice", "pk"),
        ]
        return [
            model_to_dict(one, exclude=own)
            | {
                "at": getattr(one, "recorded_at", None),
                "due": getattr(one, "due_on", 0),
            }
            for one in found
        ]

    assert rows(together) == rows(alone)
    for invoice in Invoice.objects.all():
        kept = Receipt.objects.filter(invoice=invoice)
        worked = {(one.channel, one.open, one.due_on) for one in worked_out(invoice)}
        assert {(one.channel, one.open, one.due_on) for one in kept} == worked


# What she decides


def test_a_proposal_is_booked_as_it_was_shown() -> None:
    [via] = stock([VIA_WALLET])
    bring_in(coda(Row("600.00", text="2026KMO000001", name="KMO-Portefeuille")))
    row = BankTransaction.objects.get()

    with pytest.raises(NotRecorded, match="look at the proposal again"):
        booking.confirm(row.pk, shown="1:direct:1", now=NOW, today=TODAY, by=None)
    [payment] = confirm(row)

    assert (payment.channel, payment.transaction) == (Channel.WALLET, row)
    assert Enrolment.objects.get().state == State.PAID
    assert open_of(via) == {"wallet": D(0), "direct": D(126)}
    assert worklist() == []


def test_who_pays_for_the_wallet_is_a_setting() -> None:
    stock([VIA_WALLET])
    books = Bookkeeping.objects.current()
    books.wallet_payers = "Agentschap X\n"
    books.save()

    bring_in(
        coda(Row("600.00", text="?", name="agentschap x"), Row("9.00", name="VLAIO"))
    )

    first, second = worklist()
    assert [part.road for part in first.judged.parts] == [Road.WALLET]
    assert Why.PAYER in first.judged.why
    assert (second.judged.verdict, second.judged.why) == (Verdict.UNKNOWN, ())


def test_the_first_names_are_the_agencys_own() -> None:
    stock([VIA_WALLET])
    names = ["KMO PORTEFEUILLE", "Vlaio", "AGENTSCHAP INNOVEREN EN ONDERNEMEN"]
    bring_in(coda(*[Row("600.00", text="?", name=name) for name in names]))

    assert [Why.PAYER in one.judged.why for one in worklist()] == [True] * 3


def test_a_client_is_no_payer_of_the_wallet_for_its_name() -> None:
    [one] = stock([replace(VIA_WALLET, buyer="Sodexo Belgium NV")])
    books = Bookkeeping.objects.current()
    books.wallet_payers = "Sodexo\n"
    books.save()

    row = replace(exact(one), name="Sodexo Belgium NV")
    assert counts(bring_in(coda(row))) == (1, 1, 0)

    assert open_of(one) == {"wallet": D(600), "direct": D(0)}


def test_money_of_the_wallet_makes_no_account_known_as_a_clients() -> None:
    wanted = [VIA_WALLET, replace(VIA_WALLET, application="2026KMO000002")]
    _one, other = stock(wanted)
    came = Row("600.00", text="2026KMO000001", name="Agentschap X")
    bring_in(coda(came))
    confirm(BankTransaction.objects.get())

    bring_in(coda(replace(came, text=other.number or "")))

    assert [(part.invoice, part.road) for part in proposal().parts] == [
        (other.pk, Road.WALLET)
    ]


def test_an_application_that_was_paid_is_still_known_by_its_number() -> None:
    [one] = stock([replace(VIA_WALLET, direct="0.00")])
    came = Row("600.00", text="2026KMO000001", name="Agentschap X")
    bring_in(coda(came))
    confirm(BankTransaction.objects.get())

    bring_in(coda(replace(came, reference="twice")))

    assert [part.road for part in proposal().parts] == [Road.WALLET]
    assert "already_paid" in proposal().why
    assert open_of(one) == {"wallet": D(0)}


def test_a_payment_is_split_over_invoices_until_it_is_used_up() -> None:
    one, other = stock([PLAIN, PLAIN])
    bring_in(coda(Row("200.00", text="voorschot")))
    row = BankTransaction.objects.get()

    book(row, one, "121.00")
    with pytest.raises(NotRecorded, match=r"Only €79\.00 of it is left"):
        book(row, other, "79.01")
    book(row, other, "79.00")

    assert worklist() == []
    assert open_of(other) == {"direct": D("42.00")}


def test_a_payment_taken_back_opens_its_transaction_again() -> None:
    [one] = stock([PLAIN])
    bring_in(coda(exact(one)))
    assert worklist() == []

    payment = Payment.objects.get()
    recording.take_back(payment.pk, reason="wrong", now=NOW, by=None)

    assert proposal().verdict is Verdict.MATCHED
    assert counts(bring_in(coda(exact(one)))) == (0, 0, 1)
    [again] = confirm(BankTransaction.objects.get())
    assert again.amount == D(121)


def test_what_went_out_pays_back_where_too_much_came() -> None:
    [one] = stock([PLAIN])
    bring_in(coda(replace(exact(one), amount="150.00")))
    confirm(BankTransaction.objects.get())
    assert open_of(one) == {"direct": D(-29)}

    bring_in(
        coda(Row("-29.00", text=f"terug {one.number}"), Row("-850.00", text="huur"))
    )

    [waiting] = worklist()
    assert waiting.row.amount == D(-29)
    confirm(waiting.row)
    assert open_of(one) == {"direct": D(0)}
    assert worklist() == []


def test_money_goes_the_way_it_went_on_the_account() -> None:
    [one] = stock([PLAIN])
    bring_in(coda(Row("10.00", text="in"), Row("-10.00", text="out")))
    came, went = BankTransaction.objects.order_by("-amount")
    money = Money(Channel.DIRECT, D(10), DAY)

    with pytest.raises(NotRecorded, match="the other way"):
        recording.record(
            one.pk, money, now=NOW, today=TODAY, by=None, from_bank=went.pk
        )
    with pytest.raises(NotRecorded, match="the other way"):
        recording.pay_back(
            one.pk, money, now=NOW, today=TODAY, by=None, from_bank=came.pk
        )


def test_a_transaction_is_set_aside_with_a_reason_and_brought_back() -> None:
    [one] = stock([PLAIN])
    bring_in(coda(Row("7.00", text="gift")))
    row = BankTransaction.objects.get()

    with pytest.raises(NotRecorded, match="Say why"):
        booking.set_aside(row.pk, reason=" ", now=NOW, by=None)
    booking.set_aside(row.pk, reason="a gift", now=NOW, by=None)
    with pytest.raises(NotRecorded, match="set aside already"):
        booking.set_aside(row.pk, reason="twice", now=NOW, by=None)
    with pytest.raises(NotRecorded, match="bring it back first"):
        book(row, one, "7.00")
    assert worklist() == []

    booking.bring_back(row.pk, now=NOW, by=None)

    assert [waiting.row for waiting in worklist()] == [row]
    aside = SetAside.objects.get()
    assert (aside.reason, aside.correction) == ("a gift", "Brought back.")
    book(row, one, "7.00")
    with pytest.raises(NotRecorded, match="booked already"):
        booking.set_aside(row.pk, reason="late", now=NOW, by=None)


def test_an_account_is_known_by_what_came_from_it() -> None:
    one, other = stock([PLAIN, replace(PLAIN, direct="50.00", buyer="Andere NV")])
    bring_in(coda(replace(exact(one), name="P. Janssens")))

    bring_in(coda(Row("50.00", text="dank", name="P. Janssens")))

    [part] = proposal().parts
    assert part.invoice == other.pk
    assert "known_account" in proposal().why


def test_looking_asks_as_much_for_many_as_for_few(
    django_assert_max_num_queries: object,
) -> None:
    invoices = stock([PLAIN] * 40)
    few, many = coda(exact(invoices[0])), coda(*map(exact, invoices))
    for content in (few, many):
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            booking.look(content, today=TODAY)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        bring_in(many)
