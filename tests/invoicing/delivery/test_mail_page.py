"""An issued document by mail, looked through and changed before it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from invoicing.delivery.letters import letter_for, post
from invoicing.models import Delivery, Invoice, Means
from ownyourstory.mail.models import MailText
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import (
    MONDAY,
    OwnerFactory,
    PersonFactory,
    UserFactory,
    issued,
    issued_via_wallet,
    noon,
)
from tests.stored import file_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_press")]

TO = "jan@example.com"


@pytest.fixture(autouse=True)
def _monday(settings: Settings) -> Iterator[None]:
    settings.DEFAULT_FROM_EMAIL = "facturen@example.com"
    with time_machine.travel(noon(MONDAY), tick=False):
        yield


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create(username="owner"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def invoice() -> Invoice:
    return issued(client=PersonFactory.create(invoice_email=TO))


def page_of(invoice: Invoice) -> str:
    return reverse("admin:invoicing_invoice_mail", args=[invoice.pk])


def typed(invoice: Invoice, **changes: str) -> dict[str, str]:
    """Return what the page of ``invoice`` sends, with ``changes`` typed over it."""
    letter = letter_for(invoice)
    sent = {"to": TO, "subject": letter.subject, "body": letter.body}
    return {"shown": invoice.language, "mailed": "0", **sent, **changes}


def values(page: Any) -> dict[str, Any]:
    form = page.context["form"]
    return {name: form[name].value() for name in form.fields}


def hidden(page: Any, name: str) -> str:
    found = re.search(
        rf'type="hidden" name="{name}" value="(.*?)"', page.content.decode()
    )
    assert found is not None
    return found[1]


def preview(page: Any) -> str:
    """Return the letter that the page shows, as the browser reads it."""
    found = re.search(r'srcdoc="([^"]*)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def test_the_page_shows_the_letter_how_it_looks_and_what_goes_along(
    owner: Browser,
    invoice: Invoice,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(20):
        page = owner.get(page_of(invoice))

    letter = letter_for(invoice)
    assert values(page) == {"to": TO, "subject": letter.subject, "body": letter.body}
    text = page.content.decode()
    assert "2026-0001.pdf" in text
    assert file_of(invoice).sha256 in text
    assert preview(page).lstrip().startswith("<!DOCTYPE html>")
    assert "Factuur" in preview(page)
    assert 'sandbox=""' in text


def test_she_sends_it_as_she_changed_it(owner: Browser, invoice: Invoice) -> None:
    sent = typed(invoice, subject="Mijn factuur", body="Dag\r\n\r\nTot gauw")

    done = owner.post(page_of(invoice), sent | {"send": ""}, follow=True)

    payload = Dispatch.objects.get().payload
    assert payload["subject"] == "Mijn factuur"
    assert payload["text"].startswith("Dag\n\nTot gauw\n\n-- \n")
    assert payload["to"] == [TO]
    [message] = done.context["messages"]
    assert str(message) == "The mail with 2026-0001 is in the outgoing post."
    delivery = Delivery.objects.get(means=Means.MAIL)
    assert str(delivery.handed_over_by) == "owner"


def test_two_clicks_on_send_are_one_mail(owner: Browser, invoice: Invoice) -> None:
    sent = typed(invoice) | {"send": ""}
    owner.post(page_of(invoice), sent)

    again = owner.post(page_of(invoice), sent)

    assert again.status_code == 200
    assert "in the meantime. Send it once more?" in again.content.decode()
    assert Dispatch.objects.count() == 1


def test_asked_whether_to_send_it_once_more_she_can(
    owner: Browser, invoice: Invoice
) -> None:
    sent = typed(invoice, body="Mijn tekst") | {"send": ""}
    owner.post(page_of(invoice), sent)
    asked = owner.post(page_of(invoice), sent)
    assert values(asked)["body"] == "Mijn tekst"

    sent["mailed"] = hidden(asked, "mailed")
    owner.post(page_of(invoice), sent)

    assert Dispatch.objects.count() == 2


@pytest.mark.parametrize(
    "mailed", ["1", "-1", "9" * 20, "9" * 5000, "x", "", "\x00", "²", "1e99"]
)
def test_another_number_of_mails_than_there_are_sends_none(
    owner: Browser, invoice: Invoice, mailed: str
) -> None:
    sent = typed(invoice, mailed=mailed) | {"send": ""}

    page = owner.post(page_of(invoice), sent)

    assert page.status_code == 200
    assert "Send it once more?" in page.content.decode()
    assert not Dispatch.objects.exists()


def test_it_says_how_often_it_was_mailed(owner: Browser, invoice: Invoice) -> None:
    for _ in range(2):
        post(invoice, letter_for(invoice), [TO], by=None)

    page = owner.get(page_of(invoice))

    assert "It was mailed 2 times already." in page.content.decode()
    assert hidden(page, "mailed") == "2"


def test_a_mail_that_did_not_leave_does_not_count_but_is_shown(
    owner: Browser, invoice: Invoice
) -> None:
    for _ in range(2):
        post(invoice, letter_for(invoice), [TO], by=None)
    failed, _other = Dispatch.objects.order_by("pk")
    Dispatch.objects.filter(pk=failed.pk).update(state=State.FAILED)

    page = owner.get(page_of(invoice))

    text = page.content.decode()
    assert "It was mailed 1 time already." in text
    assert reverse("admin:outbox_dispatch_change", args=[failed.pk]) in text
    assert hidden(page, "mailed") == "2"


REQUIRED, ONE_LINE = "This field is required.", "A subject is one line."
WRONG = {
    "nobody": ({"to": ""}, "to", REQUIRED),
    "no address": ({"to": "jan"}, "to", "Enter a valid email address."),
    "two addresses": (
        {"to": f"{TO}, an@example.com"},
        "to",
        "Enter a valid email address.",
    ),
    "a header": (
        {"to": f"{TO}\r\nBcc: spy@example.com"},
        "to",
        "Enter a valid email address.",
    ),
    "no subject": ({"subject": "  "}, "subject", REQUIRED),
    "two lines": ({"subject": "Hallo\r\nBcc: spy@example.com"}, "subject", ONE_LINE),
    "another line": ({"subject": "Hallo\u2028x"}, "subject", ONE_LINE),
    "a null": ({"subject": "Ha\x00llo"}, "subject", "Null characters are not allowed."),
    "no text": ({"body": " \r\n "}, "body", REQUIRED),
    "a null in the text": (
        {"body": "Ha\x00llo"},
        "body",
        "Null characters are not allowed.",
    ),
}


@pytest.mark.parametrize("step", ["send", "preview"])
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_all_stays_typed(
    owner: Browser,
    invoice: Invoice,
    wrong: tuple[dict[str, str], str, str],
    step: str,
) -> None:
    changes, field, said = wrong
    sent = typed(invoice, **{"body": "Mijn eigen tekst", **changes})

    page = owner.post(page_of(invoice), sent | {step: ""})

    assert page.status_code == 200
    assert dict(page.context["form"].errors) == {field: [said]}
    assert said in page.content.decode()
    assert values(page) == {name: sent[name] for name in ("to", "subject", "body")}
    assert not Dispatch.objects.exists()


FAR_OUT = {
    "braces": "{number} {{ x }} {% load x %} {" + "{" * 500,
    "markup": "</iframe><script>alert(1)</script>\"'&quot;&lt;b&gt;",
    "one long word": "x" * 19_000,
    "many lines": "\r\n" * 5_000 + "x",
    "other scripts": "\u202e\u200bمرحبا 你好 🎉\ufeff\x0b\x0c\x1b",
}


@pytest.mark.parametrize("body", FAR_OUT.values(), ids=FAR_OUT)
def test_any_text_is_shown_and_sent_as_text(
    owner: Browser, invoice: Invoice, body: str
) -> None:
    sent = typed(invoice, body=body)

    shown = owner.post(page_of(invoice), sent | {"preview": ""})
    owner.post(page_of(invoice), sent | {"send": ""})

    assert "<script>alert" not in shown.content.decode()
    assert "<script" not in preview(shown)
    payload = Dispatch.objects.get().payload
    assert payload["text"].startswith(body.replace("\r\n", "\n").strip())
    assert "<script" not in payload["html"]


def test_a_text_that_is_too_long_is_said(owner: Browser, invoice: Invoice) -> None:
    sent = typed(invoice, body="x" * 20_001, subject="y" * 301)

    page = owner.post(page_of(invoice), sent | {"send": ""})

    assert page.context["form"].errors.keys() == {"subject", "body"}


def test_the_preview_follows_what_was_typed(owner: Browser, invoice: Invoice) -> None:
    sent = typed(invoice, body="Iets <b>anders</b> & “meer”")

    page = owner.post(page_of(invoice), sent | {"preview": ""})

    assert "Iets &lt;b&gt;anders&lt;/b&gt; &amp; “meer”" in preview(page)
    assert not Dispatch.objects.exists()


# In another language


def test_an_untouched_letter_changes_with_the_language(
    owner: Browser, invoice: Invoice
) -> None:
    sent = typed(invoice, to="an@example.com", language="fr")
    sent["body"] = sent["body"].replace("\n", "\r\n")  # as browsers send it

    page = owner.post(page_of(invoice), sent)

    french = letter_for(invoice, "fr")
    assert values(page) == {
        "to": "an@example.com",
        "subject": french.subject,
        "body": french.body,
    }
    assert hidden(page, "shown") == "fr"
    assert '<html lang="fr">' in preview(page)


def test_what_was_typed_stays_in_another_language(
    owner: Browser, invoice: Invoice
) -> None:
    sent = typed(invoice, body="Mijn eigen tekst")

    page = owner.post(page_of(invoice), sent | {"language": "fr"})

    kept = {name: sent[name] for name in ("to", "subject", "body")}
    assert values(page) == kept
    owner.post(page_of(invoice), sent | {"shown": "fr", "send": ""})
    assert Dispatch.objects.get().payload["language"] == "fr"


@pytest.mark.parametrize("language", ["", "de", "x" * 500, "\x00", "../nl"])
def test_a_language_that_is_not_there_changes_nothing(
    owner: Browser, invoice: Invoice, language: str
) -> None:
    sent = typed(invoice, language=language, shown=language)

    page = owner.post(page_of(invoice), sent)

    assert page.status_code == 200
    assert hidden(page, "shown") == "nl"
    assert values(page)["body"] == letter_for(invoice).body


def test_the_enter_key_presses_no_language(owner: Browser, invoice: Invoice) -> None:
    """Browsers press the first button of a form."""
    page = owner.get(page_of(invoice)).content.decode()

    form = page[page.index('name="shown"') - 500 :]
    [first, *_others] = re.findall(r'<button[^>]*name="(\w+)"', form)
    assert first == "preview"


# Which letter


def test_beside_an_e_invoice_it_says_that_it_is_a_copy(owner: Browser) -> None:
    """EIN-1."""
    page = owner.get(page_of(issued_via_wallet()))

    text = page.content.decode()
    assert "The e-invoice itself goes over Peppol." in text
    assert "leesbare kopie" in values(page)["body"]
    assert "2026-0001.xml" in text


def test_her_own_text_is_proposed(owner: Browser, invoice: Invoice) -> None:
    MailText.objects.create(
        purpose="invoice", language="nl", subject="N° {number}", body="Dag {client}"
    )

    page = owner.get(page_of(invoice))

    assert values(page)["subject"] == "N° 2026-0001"
    text = reverse("admin:mail_mailtext_text", args=["invoice", "nl"])
    assert text in page.content.decode()


def test_who_may_not_change_texts_finds_no_way_there(
    client: Browser, invoice: Invoice
) -> None:
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_invoice"))
    client.force_login(user)

    page = client.get(page_of(invoice))

    assert page.status_code == 200
    assert "mailtext" not in page.content.decode()


def test_without_mail_server_it_says_so(
    owner: Browser, invoice: Invoice, settings: Settings
) -> None:
    settings.DEFAULT_FROM_EMAIL = ""

    page = owner.get(page_of(invoice), follow=True)

    [message] = page.context["messages"]
    assert "There is no sender yet" in str(message)
