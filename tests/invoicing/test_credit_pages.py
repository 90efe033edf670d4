"""The two steps from an invoice to its credit note, as the owner takes them (INV-4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from invoicing.models import BookClosing, Invoice
from tests.factories import (
    MONDAY,
    LineFactory,
    OwnerFactory,
    UserFactory,
    issue,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
)

from .tampering import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create(username="owner"))
    client.cookies["django_language"] = "en"
    return client


def page_of(invoice: Invoice) -> str:
    return reverse("admin:invoicing_invoice_credit", args=[invoice.pk])


def answers(invoice: Invoice, **changes: str) -> dict[str, str]:
    """Return what the first step sends for the whole of ``invoice``."""
    lines = {f"line_{line.pk}": f"{line.quantity:f}" for line in invoice.lines.all()}
    wallet = {"cause": "client", "state": "nothing"} if invoice.via_wallet else {}
    return {"on": "2026-03-02", "reason": "Double", **lines, **wallet, **changes}


def notes() -> int:
    return Invoice.objects.filter(kind="credit_note").count()


def two_lines() -> Invoice:
    draft = ordinary_draft()
    draft.lines.update(quantity=3)
    LineFactory.create(invoice=draft, position=2, description="Lunch\nwith drinks")
    return issue(draft)


def test_the_first_step_proposes_all_that_is_left(owner: Browser) -> None:
    page = owner.get(page_of(two_lines()))

    form, text = page.context["form"], page.content.decode()
    assert form["on"].value() == MONDAY
    assert [form[name].value() for name in form.fields if "line_" in name] == [
        Decimal(3),
        Decimal(1),
    ]
    assert "3 of 3 left to credit: €300.00 excl. VAT." in text
    assert [form[name].label for name in form.fields if "line_" in name] == [
        "Advies",
        "Lunch",
    ]
    assert "Who backs out?" not in text


def test_two_steps_make_a_credit_note(owner: Browser) -> None:
    invoice = issued()

    checked = owner.post(page_of(invoice), answers(invoice))
    assert checked.context["amounts"].gross == Decimal("121.00")
    assert "€121.00" in checked.content.decode()
    assert notes() == 0
    done = owner.post(page_of(invoice), answers(invoice, confirm=""))

    note = Invoice.objects.get(credits=invoice)
    assert done["Location"] == reverse("admin:invoicing_invoice_change", args=[note.pk])
    assert (note.number, note.credit_reason) == ("CN2026-0001", "Double")
    assert (str(note.issued_by), note.issued_at) == ("owner", noon(MONDAY))


def test_the_second_step_carries_every_answer_of_the_first(owner: Browser) -> None:
    invoice = issued_via_wallet()
    sent = answers(invoice, state="part", paid="1.000,50", reason="“Fout” & <b>")

    page = owner.post(page_of(invoice), sent)

    form = page.context["form"]
    assert {name: form[name].value() for name in form.fields} == sent
    for name in sent:
        assert f'type="hidden" name="{name}"' in page.content.decode()


def test_going_back_loses_nothing(owner: Browser) -> None:
    invoice = issued_via_wallet()
    [line] = invoice.lines.all()
    half = {f"line_{line.pk}": "0,5"}
    sent = answers(invoice, reason="Half of it", state="all", **half)

    page = owner.post(page_of(invoice), sent | {"back": ""})

    assert "confirm" not in page.context
    text = page.content.decode()
    assert all(f'value="{typed}"' in text for typed in ("Half of it", "0,5", "all"))
    assert notes() == 0


def carried(page: Any) -> dict[str, str]:
    """Return what a page sends along unseen, beside what is typed on it."""
    hidden = re.compile(r'type="hidden" name="(refund|redo)" value="(.*?)"')
    found = hidden.findall(page.content.decode())
    return {name: unescape(text) for name, text in found}


def test_going_back_keeps_her_own_words_on_the_refund(owner: Browser) -> None:
    invoice = issued_via_wallet()
    sent = answers(invoice)
    mine = {"refund": "We settle it by “phone” & mail", "redo": "on"}

    back = owner.post(page_of(invoice), sent | mine | {"back": ""})
    assert carried(back) == mine
    wrong = owner.post(page_of(invoice), sent | carried(back) | {"reason": ""})
    assert carried(wrong) == mine
    again = owner.post(page_of(invoice), sent | carried(wrong))

    assert again.context["confirm"]["refund"].value() == mine["refund"]
    assert again.context["confirm"]["redo"].value() == "on"
    assert again.context["proposal"] in unescape(again.content.decode())
    assert notes() == 0


def test_a_proposal_that_she_left_as_it_was_follows_the_amounts(owner: Browser) -> None:
    invoice = issued_via_wallet()
    [line] = invoice.lines.all()
    first = owner.post(page_of(invoice), answers(invoice))
    proposal = first.context["confirm"]["refund"].value()

    sent = answers(invoice, refund=proposal, back="")
    back = owner.post(page_of(invoice), sent)
    assert carried(back) == {}
    half = answers(invoice, **{f"line_{line.pk}": "0,5"})
    again = owner.post(page_of(invoice), half | carried(back))

    changed = again.context["confirm"]["refund"].value()
    assert "600,00" in proposal
    assert "300,00" in changed
    assert "Your own words are kept" not in again.content.decode()


WRONG: dict[str, tuple[dict[str, str], str, str]] = {
    "no reason": ({"reason": ""}, "reason", "This field is required."),
    "no date": ({"on": ""}, "on", "This field is required."),
    "no such day": ({"on": "31-02-2026"}, "on", "Enter a valid date."),
    "a word for a number": ({"line_1": "three"}, "line_1", "Enter a number."),
    "more than is left": (
        {"line_1": "3,0001"},
        "line_1",
        "Only 3 can still be credited.",
    ),
    "less than nothing": (
        {"line_1": "-1"},
        "line_1",
        "Ensure this value is greater than or equal to 0.",
    ),
    "five decimals": (
        {"line_1": "1,00001"},
        "line_1",
        "Ensure that there are no more than 4 decimal places.",
    ),
    "nothing": (
        {"line_1": "0", "line_2": ""},
        "__all__",
        "Nothing was chosen to credit.",
    ),
}


@pytest.mark.parametrize("step", [{}, {"confirm": ""}], ids=["next", "confirm"])
@pytest.mark.parametrize(("typed", "field", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_stays(
    owner: Browser, typed: dict[str, str], field: str, said: str, step: dict[str, str]
) -> None:
    invoice = two_lines()
    names = {
        f"line_{at}": f"line_{line.pk}"
        for at, line in enumerate(invoice.lines.all(), 1)
    }
    typed = {names.get(name, name): text for name, text in typed.items()}
    sent = answers(invoice, order="", **typed)

    page = owner.post(page_of(invoice), sent | step)

    form = page.context["form"]
    assert page.status_code == 200
    assert dict(form.errors) == {names.get(field, field): [said]}
    assert said in page.content.decode()
    kept = {name: form[name].value() for name in form.fields}
    assert kept == {name: sent[name] for name in form.fields}
    assert notes() == 0


WALLET_WRONG = {
    "not who backs out": ({"cause": ""}, "cause", "This field is required."),
    "not what was paid": ({"state": ""}, "state", "This field is required."),
    "a part, not how much": (
        {"state": "part"},
        "paid",
        "How much has the wallet paid?",
    ),
}


@pytest.mark.parametrize(
    ("typed", "field", "said"), WALLET_WRONG.values(), ids=WALLET_WRONG
)
def test_a_wallet_invoice_asks_what_the_wallet_did(
    owner: Browser, typed: dict[str, str], field: str, said: str
) -> None:
    invoice = issued_via_wallet()

    page = owner.post(page_of(invoice), answers(invoice, **typed))

    assert dict(page.context["form"].errors) == {field: [said]}


def test_the_owner_confirms_the_refund_or_nothing_is_issued(owner: Browser) -> None:
    invoice = issued_via_wallet()

    checked = owner.post(page_of(invoice), answers(invoice))
    proposal = checked.context["confirm"]["refund"].value()
    assert "600,00" in proposal
    unconfirmed = {"confirm": "", "refund": "My own words"}
    refused = owner.post(page_of(invoice), answers(invoice, **unconfirmed))
    assert refused.context["confirm"].errors.keys() == {"confirmed"}
    assert "My own words" in refused.content.decode()
    empty = {"confirm": "", "refund": "", "confirmed": "on"}
    refused = owner.post(page_of(invoice), answers(invoice, **empty))
    assert refused.context["confirm"].errors.keys() == {"refund"}
    assert notes() == 0
    owner.post(page_of(invoice), answers(invoice, **unconfirmed, confirmed="on"))

    assert Invoice.objects.get(credits=invoice).refund == "My own words"


def test_a_redo_opens_the_new_draft(owner: Browser) -> None:
    invoice = issued()

    done = owner.post(page_of(invoice), answers(invoice, confirm="", redo="on"))

    draft = Invoice.objects.drafts().get()
    assert done["Location"] == reverse(
        "admin:invoicing_invoice_change", args=[draft.pk]
    )
    assert notes() == 1


def test_a_redo_of_a_part_says_why_not_and_issues_nothing(owner: Browser) -> None:
    invoice = two_lines()
    [first, _second] = invoice.lines.all()
    sent = answers(invoice, confirm="", redo="on", **{f"line_{first.pk}": "1"})

    page = owner.post(page_of(invoice), sent)

    assert "Credit all of it to make a new draft" in page.content.decode()
    assert Invoice.objects.get() == invoice


def test_what_has_to_be_mended_first_is_shown_with_its_remedy(owner: Browser) -> None:
    """EXP-4."""
    invoice = issued()
    BookClosing.objects.create(until=MONDAY)

    page = owner.post(page_of(invoice), answers(invoice, confirm=""))

    text = page.content.decode()
    assert "The books are closed up to" in text
    assert reverse("admin:invoicing_bookclosing_changelist") in text
    assert [problem.rule for problem in page.context["problems"]] == ["EXP-4"]
    assert notes() == 0


def test_only_what_is_left_is_offered(owner: Browser) -> None:
    invoice = two_lines()
    first, second = invoice.lines.all()
    sent = answers(invoice, confirm="", **{f"line_{first.pk}": "0"})
    owner.post(page_of(invoice), sent)

    page = owner.get(page_of(invoice))
    assert f"line_{first.pk}" in page.context["form"].fields
    assert f"line_{second.pk}" not in page.context["form"].fields

    owner.post(
        page_of(invoice), answers(invoice, confirm="", **{f"line_{second.pk}": ""})
    )
    assert (
        "All of it is credited already." in owner.get(page_of(invoice)).content.decode()
    )


def test_a_second_click_does_not_credit_twice(owner: Browser) -> None:
    invoice = issued()
    sent = answers(invoice, confirm="")
    owner.post(page_of(invoice), sent)

    again = owner.post(page_of(invoice), sent)

    assert again.status_code == 200
    assert notes() == 1


def test_only_an_issued_invoice_has_the_page(owner: Browser) -> None:
    invoice, draft = issued(), ordinary_draft()
    owner.post(page_of(invoice), answers(invoice, confirm=""))
    note = Invoice.objects.get(credits=invoice)

    for other in (draft, note, Invoice(pk=0)):
        assert owner.get(page_of(other)).status_code == 404
        assert owner.post(page_of(other), {"confirm": ""}).status_code == 404


def test_who_may_not_make_invoices_makes_no_credit_notes(client: Browser) -> None:
    invoice = issued()
    sent = answers(invoice, confirm="")

    assert "/login/" in client.post(page_of(invoice), sent)["Location"]
    client.force_login(UserFactory.create(is_staff=True))
    assert client.get(page_of(invoice)).status_code == 403
    assert client.post(page_of(invoice), sent).status_code == 403
    assert notes() == 0


def test_its_pdf_is_served_from_the_archive_to_who_may_see_it(
    owner: Browser, documents: Path
) -> None:
    """INV-3: no other road leads to the file."""
    invoice = issued()
    owner.post(page_of(invoice), answers(invoice, confirm=""))
    note = Invoice.objects.get(credits=invoice)
    path = path_of(note, documents)
    address = reverse("admin:invoicing_invoice_pdf", args=[note.pk])

    assert owner.get(address).content == path.read_bytes()
    for guess in (f"/documents/{path.name}", f"/media/{path.parent.name}/{path.name}"):
        assert owner.get(guess).status_code == 404
    owner.logout()
    assert "/login/" in owner.get(address)["Location"]


def test_the_invoice_leads_to_the_page(owner: Browser) -> None:
    invoice = issued()
    change: Any = owner.get(
        reverse("admin:invoicing_invoice_change", args=[invoice.pk])
    )

    assert page_of(invoice) in change.content.decode()
