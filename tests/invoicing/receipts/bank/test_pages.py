"""The pages of the bank: bringing a file in, and what is still to look at (PAY-3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from invoicing.models import BankFile, BankTransaction, Payment, SetAside
from tests.factories import OwnerFactory, complete_seller, noon

from .building import DAY, OURS, THEIRS, Row, camt, coda
from .stock import Wanted, digits, stock

pytestmark = pytest.mark.django_db

ADD = "/admin/invoicing/bankfile/bring-in/"
FILES = "/admin/invoicing/bankfile/"
OPEN = "/admin/invoicing/banktransaction/open/"
ALL = "/admin/invoicing/banktransaction/"


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel(noon(DAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    complete_seller(iban=OURS)
    client.force_login(OwnerFactory.create())
    client.cookies["django_language"] = "en"
    return client


def sent(browser: Browser, content: bytes, *, name: str = "march.cod") -> Any:
    return browser.post(ADD, {"file": SimpleUploadedFile(name, content)})


def brought_in(browser: Browser, *rows: Row) -> Any:
    page = sent(browser, coda(*rows))
    return browser.post(ADD, {"ticket": page.context["ticket"]}, follow=True)


def said(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def of(row: BankTransaction, step: str) -> str:
    return reverse(f"admin:invoicing_banktransaction_{step}", args=[row.pk])


def colleague(*names: str) -> User:
    user: User = OwnerFactory.create(is_superuser=False)
    for name in names:
        app, _, codename = name.partition(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


def test_a_file_is_shown_first_and_booked_with_one_button(owner: Browser) -> None:
    one, other = stock([Wanted(), Wanted(direct="77.00")])
    rows = (
        Row("121.00", communication=digits(one)),
        Row("70.00", communication=digits(other), name="<b>Élan</b>"),
        Row("3.00", text="gift"),
        Row("-850.00", text="rent"),
    )

    page = sent(owner, coda(*rows))

    text = page.content.decode()
    for heading in (
        "Matches (1)",
        "Proposed (1)",
        "Unknown (1)",
        "Not for an invoice (1)",
        "It is a part of what is open.",
        "&lt;b&gt;Élan&lt;/b&gt;",
    ):
        assert heading in text
    assert not BankTransaction.objects.exists()
    done = owner.post(ADD, {"ticket": page.context["ticket"]}, follow=True)
    assert said(done) == ["Brought in: 4 new transactions, 1 booked, 0 seen before."]
    assert done.request["PATH_INFO"] == OPEN
    assert "2 transactions to look at" in done.content.decode()
    payment = Payment.objects.get()
    assert (payment.invoice, payment.recorded_by) == (one, User.objects.get())
    again = sent(owner, coda(*rows)).content.decode()
    assert "There is nothing new in this file." in again
    for ticket in (page.context["ticket"], "", "x:y"):
        gone = owner.post(ADD, {"ticket": ticket}, follow=True)
        assert "no longer at hand" in said(gone)[0]


REFUSED = {
    "nothing chosen": (None, "This field is required."),
    "empty": (b"", "The file is empty."),
    "a picture": (b"\x89PNG\r\n", "This is neither a CODA nor a camt.053 file."),
    "another account": (
        coda(Row("1.00"), account=THEIRS),
        f"Line 1: It is of account {THEIRS}, not of yours, {OURS}.",
    ),
    "does not add up": (
        camt(Row("1.00")).replace(b">1001.00<", b">1002.00<"),
        (
            "Line 3: It does not add up: the movements lead to €1,001.00, "
            "the new balance says €1,002.00."
        ),
    ),
    "broken XML": (
        camt(Row("1.00"))[:-20],
        "Line 16: This is not sound XML: the file is damaged or cut off.",
    ),
    "a line too short": (
        coda(Row("1.00")).replace(b"VOBEBEBB", b"VOBEBEB"),
        "Line 1: A line of CODA has 128 signs, this one has 127: the file is damaged.",
    ),
}


@pytest.mark.parametrize(("content", "message"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_refused_says_why_beside_the_field(
    owner: Browser, content: bytes | None, message: str
) -> None:
    page = owner.post(ADD, {}) if content is None else sent(owner, content)

    assert page.context["form"].errors == {"file": [message]}
    assert not BankFile.objects.exists()


def test_without_an_account_of_our_own_there_is_nothing_to_compare(
    owner: Browser,
) -> None:
    complete_seller(iban="", bic="", bank="")

    for page in (owner.get(ADD), sent(owner, coda(Row("1.00")))):
        assert "First fill in the IBAN" in page.content.decode()


def test_a_proposal_is_booked_with_one_click(owner: Browser) -> None:
    [one] = stock([Wanted()])
    brought_in(owner, Row("100.00", communication=digits(one)))
    row = BankTransaction.objects.get()
    [line] = owner.get(OPEN).context["lines"]

    done = owner.post(of(row, "confirm"), {"shown": line.key}, follow=True)

    assert said(done) == ["Booked."]
    payment = Payment.objects.get()
    assert (payment.transaction_id, payment.amount) == (row.pk, Decimal(100))
    money = owner.get(f"/admin/invoicing/invoice/{one.pk}/change/").content.decode()
    assert f'<a href="{of(row, "look")}">march.cod</a>' in money
    stale = owner.post(of(row, "confirm"), {"shown": line.key}, follow=True)
    assert "look at the proposal again" in said(stale)[0]


def test_what_may_have_come_twice_is_not_offered_as_the_thing_to_do(
    owner: Browser,
) -> None:
    [one] = stock([Wanted()])
    twice = [Row("121.00", communication=digits(one), reference=at) for at in "ab"]
    brought_in(owner, *twice)

    page = owner.get(OPEN)

    assert [line.is_paid for line in page.context["lines"]] == [True]
    assert "Book it all the same" in page.content.decode()


def test_another_invoice_and_another_road_are_chosen(owner: Browser) -> None:
    one, other = stock([Wanted(), Wanted(direct="77.00", wallet="500.00")])
    brought_in(owner, Row("200.00", text="x"))
    row = BankTransaction.objects.get()
    page = of(row, "look")
    asked = {"invoice": one.pk, "channel": "direct", "amount": "150"}

    wrong = owner.post(page, asked | {"amount": "200,01"})
    assert wrong.context["form"].errors == {
        "amount": ["Only €200.00 of it is left to book."]
    }
    no_such_road = owner.post(page, asked | {"channel": "wallet"})
    assert no_such_road.context["form"].errors == {
        "channel": ["This invoice has no part via the wallet."]
    }
    none = owner.post(page, asked | {"invoice": "9" * 30})
    assert "invoice" in none.context["form"].errors
    first = owner.post(page, asked, follow=True)
    assert said(first) == ["Booked. €50.00 of it is left."]
    second = owner.post(
        page, {"invoice": other.pk, "channel": "wallet", "amount": "50"}, follow=True
    )
    assert said(second) == ["Booked."]
    assert [
        (one.invoice_id, one.channel) for one in Payment.objects.order_by("pk")
    ] == [
        (one.pk, "direct"),
        (other.pk, "wallet"),
    ]
    closed = owner.get(page)
    assert closed.context["form"] is None
    assert "Take back…" in closed.content.decode()


def test_a_transaction_is_set_aside_and_brought_back(owner: Browser) -> None:
    brought_in(owner, Row("3.00", text="gift"))
    row = BankTransaction.objects.get()

    bare = owner.post(of(row, "aside"), {"reason": ""})
    assert bare.context["aside_form"].errors == {"reason": ["This field is required."]}
    owner.post(of(row, "aside"), {"reason": "a gift"})
    assert "Nothing left to look at" in owner.get(OPEN).content.decode()
    assert "a gift" in owner.get(of(row, "look")).content.decode()
    owner.post(of(row, "back"))

    assert SetAside.objects.get().corrected_by is not None
    assert len(owner.get(OPEN).context["lines"]) == 1


@pytest.mark.parametrize(("page", "most"), [(FILES, 18), (OPEN, 14), (ALL, 12)])
def test_lists_ask_the_database_as_much_for_many_as_for_few(
    owner: Browser, page: str, most: int, django_assert_max_num_queries: Any
) -> None:
    assert "your bank" in owner.get(FILES).content.decode()
    invoices = stock([Wanted()] * 30)
    rows = [Row("100.00", communication=digits(one)) for one in invoices]
    brought_in(owner, *rows, Row("1.00", text="gift"))

    with django_assert_max_num_queries(most):
        shown = owner.get(page)

    assert shown.status_code == 200
    for became in ("open", "booked", "aside"):
        assert owner.get(ALL, {"became": became}).status_code == 200


MAY_LOOK = ["invoicing.view_bankfile", "invoicing.view_banktransaction"]


def test_who_may_look_does_not_book_and_who_may_not_look_sees_nothing(
    owner: Browser,
) -> None:
    [one] = stock([Wanted()])
    brought_in(owner, Row("100.00", communication=digits(one)))
    row = BankTransaction.objects.get()
    steps = [of(row, step) for step in ("look", "confirm", "aside", "back")]

    owner.force_login(colleague(*MAY_LOOK))
    for page in (FILES, OPEN, ALL, steps[0]):
        shown = owner.get(page)
        assert shown.status_code == 200
        assert "Book this" not in shown.content.decode()
        assert "Bring in a bank file" not in shown.content.decode()
    assert owner.get(ADD).status_code == 403
    for step in steps:
        assert owner.post(step, {"reason": "x"}).status_code == 403

    owner.force_login(colleague("invoicing.add_payment"))
    for page in (FILES, OPEN, ALL, steps[0], ADD):
        assert owner.get(page).status_code == 403
    for step in steps:
        assert owner.post(step, {"reason": "x"}).status_code == 403
    assert not Payment.objects.exists()


def test_a_step_is_never_taken_by_looking(owner: Browser) -> None:
    brought_in(owner, Row("1.00", text="gift"))
    row = BankTransaction.objects.get()

    for step in ("confirm", "aside", "back"):
        assert owner.get(of(row, step)).status_code == 405
