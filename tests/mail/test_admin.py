"""The mail texts as the owner reads, tries and changes them, per language."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from ownyourstory.mail.models import MailText
from ownyourstory.mail.purposes import purposes
from tests.factories import OwnerFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:mail_mailtext_changelist")


@pytest.fixture
def owner(client: Browser, english: None) -> Browser:
    client.force_login(OwnerFactory.create(username="owner"))
    client.cookies["django_language"] = "en"
    return client


def page_of(purpose: str = "invoice", language: str = "nl") -> str:
    return reverse("admin:mail_mailtext_text", args=[purpose, language])


def typed(**changes: str) -> dict[str, str]:
    return {"subject": "Factuur {number}", "body": "Dag {name},\r\n\r\nDank!"} | changes


def preview(page: Any) -> str:
    found = re.search(r'srcdoc="([^"]*)"', page.content.decode())
    assert found is not None
    return unescape(found[1])


def her_own(**fields: str) -> MailText:
    given = {"purpose": "invoice", "language": "nl", "subject": "S", "body": "B"}
    return MailText.objects.create(**given | fields)


def test_the_list_leads_to_every_text_and_says_which_are_her_own(
    owner: Browser, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    her_own(language="fr")

    with django_assert_max_num_queries(6):
        shown = owner.get(LIST).content.decode()

    for code in purposes():
        for language in ("nl", "fr", "en"):
            assert page_of(code, language) in shown
    assert shown.count("own text") == 1


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("code", purposes())
def test_each_text_opens_with_its_places_and_how_it_will_look(
    owner: Browser,
    code: str,
    language: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(8):
        page = owner.get(page_of(code, language))

    purpose, shown = purposes()[code], page.content.decode()
    assert page.context["form"]["body"].value() == purpose.standards[language].body
    assert all(f"<code>{{{place}}}</code>" in shown for place in purpose.places)
    assert f'<html lang="{language}">' in preview(page)
    assert "{" not in preview(page).partition("<body")[2]
    assert "This is the standard text." in shown


SPOKEN = {
    "nl": "Schrijven voor je zaak",
    "fr": "Écrire pour son entreprise",
    "en": "Writing for your business",
}


@pytest.mark.parametrize(("language", "title"), SPOKEN.items())
def test_the_example_in_it_speaks_the_language_of_the_text(
    owner: Browser, language: str, title: str
) -> None:
    assert title in preview(owner.get(page_of("wallet_invoice", language)))


def test_she_changes_a_text_and_it_is_hers(owner: Browser) -> None:
    done = owner.post(page_of(), typed(save=""), follow=True)

    text = MailText.objects.get()
    assert (text.purpose, text.language) == ("invoice", "nl")
    assert (text.subject, text.body) == ("Factuur {number}", "Dag {name},\n\nDank!")
    assert "Saved: Invoice (Dutch)." in done.content.decode()
    assert "This is your own text." in owner.get(page_of()).content.decode()


def test_two_clicks_on_save_are_one_text(owner: Browser) -> None:
    for body in ("Een", "Een", "Twee"):
        owner.post(page_of(), typed(body=body, save=""))

    text = MailText.objects.get()
    assert text.body == "Twee"
    assert [record.body for record in text.history.all()] == ["Twee", "Een"]


def test_to_try_a_text_keeps_nothing(owner: Browser) -> None:
    page = owner.post(page_of(), typed(body="Dag {name} <b>", preview=""))

    assert "Dag Anna Voorbeeld &lt;b&gt;" in preview(page)
    assert page.context["form"]["body"].value() == "Dag {name} <b>"
    assert not MailText.objects.exists()


def test_back_to_the_standard_text(owner: Browser) -> None:
    her_own()
    other = her_own(language="fr")

    done = owner.post(page_of(), typed(standard=""), follow=True)

    assert MailText.objects.get() == other
    assert "The standard text is used again." in done.content.decode()


def test_the_standard_text_itself_is_not_kept_as_hers(owner: Browser) -> None:
    standard = purposes()["invoice"].standards["nl"]
    sent = {"subject": standard.subject, "body": standard.body.replace("\n", "\r\n")}
    her_own()

    owner.post(page_of(), sent | {"save": ""})

    assert not MailText.objects.exists()


REQUIRED = "This field is required."
WRONG = {
    "a place that is not known": (
        {"body": "Dag {naam} en {x.y}"},
        "body",
        "Nothing is known to fill in here: {naam}, {x.y}.",
    ),
    "a place of another purpose": (
        {"subject": "{training}"},
        "subject",
        "Nothing is known to fill in here: {training}.",
    ),
    "empty braces": ({"body": "{}"}, "body", "Nothing is known to fill in here: {}."),
    "no subject": ({"subject": " "}, "subject", REQUIRED),
    "no text": ({"body": ""}, "body", REQUIRED),
    "two lines": ({"subject": "a\r\nb"}, "subject", "A subject is one line."),
    "a null": ({"body": "a\x00"}, "body", "Null characters are not allowed."),
}


@pytest.mark.parametrize("step", ["save", "preview"])
@pytest.mark.parametrize(("changes", "field", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_all_stays_typed(
    owner: Browser, changes: dict[str, str], field: str, said: str, step: str
) -> None:
    sent = typed(**changes)

    page = owner.post(page_of(), sent | {step: ""})

    form = page.context["form"]
    assert page.status_code == 200
    assert dict(form.errors) == {field: [said]}
    assert said in unescape(page.content.decode())
    assert {name: form[name].value() for name in sent} == sent
    assert not MailText.objects.exists()


FAR_OUT = ["{" * 5_000, "}" * 5_000, "{{{number}}}", "<script>" * 500, "é\x0b" * 9_000]


@pytest.mark.parametrize("body", FAR_OUT, ids=range(len(FAR_OUT)))
@pytest.mark.parametrize("step", ["save", "preview", "standard", "x"])
def test_any_text_is_answered_with_a_page(owner: Browser, body: str, step: str) -> None:
    page = owner.post(page_of(), typed(body=body) | {step: ""}, follow=True)

    assert page.status_code == 200
    assert "<script><script>" not in page.content.decode()


@pytest.mark.parametrize(
    ("purpose", "language"), [("invoice", "de"), ("nothing", "nl"), ("x" * 500, "nl")]
)
def test_a_text_that_is_not_there_is_not_found(
    owner: Browser, purpose: str, language: str
) -> None:
    assert owner.get(page_of(purpose, language)).status_code == 404
    assert owner.post(page_of(purpose, language), typed(save="")).status_code == 404


def test_the_row_itself_leads_to_the_page_of_its_text(owner: Browser) -> None:
    text = her_own()
    change = reverse("admin:mail_mailtext_change", args=[text.pk])

    assert owner.get(change)["Location"] == page_of()
    assert owner.get(reverse("admin:mail_mailtext_add")).status_code == 403
    history = reverse("admin:mail_mailtext_history", args=[text.pk])
    assert owner.get(history).status_code == 200


def test_the_enter_key_presses_no_button_that_changes_something(owner: Browser) -> None:
    """Browsers press the first button of a form."""
    her_own()

    page = owner.get(page_of()).content.decode()

    form = page[page.index("srcdoc") - 20_000 :]
    names = re.findall(r'<button[^>]*name="(\w+)"', form)
    assert names == ["preview", "standard", "preview", "save"]


def colleague(*names: str) -> Any:
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


@pytest.mark.parametrize("step", ["save", "standard", "preview"])
def test_who_may_only_look_changes_nothing(client: Browser, step: str) -> None:
    text = her_own()
    client.force_login(colleague("view_mailtext"))

    shown = client.get(page_of())
    answer = client.post(page_of(), typed() | {step: ""})

    assert (shown.status_code, answer.status_code) == (200, 403)
    assert 'name="save"' not in shown.content.decode()
    assert shown.context["form"].fields["body"].disabled
    assert client.get(LIST).status_code == 200
    text.refresh_from_db()
    assert text.body == "B"


def test_who_may_not_look_sees_nothing(client: Browser) -> None:
    client.force_login(colleague())

    assert client.get(LIST).status_code == 403
    assert client.get(page_of()).status_code == 403
    assert client.post(page_of(), typed(save="")).status_code == 403
