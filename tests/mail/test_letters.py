"""A letter says the same as text and as HTML, and what is in it is never markup."""

from __future__ import annotations

import pytest

from ownyourstory.mail.letters import Letter, Sender, compose, html_of, text_of
from ownyourstory.mail.models import MailText
from ownyourstory.mail.purposes import purposes

SENDER = Sender(
    "Own Your Story", ("Voorbeeldstraat 1", "us@x.test · www.example.com"), "us@x.test"
)


def test_a_text_ends_with_who_writes() -> None:
    letter = Letter("Hallo", "Dag Anna,\n\nTot gauw", "nl")

    assert text_of(letter, SENDER) == (
        "Dag Anna,\n\nTot gauw\n\n-- \nOwn Your Story\nVoorbeeldstraat 1\n"
        "us@x.test · www.example.com\n"
    )


def test_html_has_paragraphs_lines_and_the_foot() -> None:
    html = html_of(Letter("Hallo", "Dag Anna,\n\nTot\ngauw", "nl"), SENDER)

    assert '<html lang="nl">' in html
    assert html.count("<p ") == 2
    assert "Tot<br>gauw</p>" in html
    assert "Own Your Story</strong>" in html
    assert 'href="mailto:us@x.test"' in html


def test_whatever_is_typed_stays_text() -> None:
    nasty = '<script>alert(1)</script> & "x" javascript:alert(1)'
    html = html_of(
        Letter(f"{nasty}", nasty, "nl"), Sender(nasty, (nasty,), "us@x.test")
    )

    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4
    assert 'href="javascript' not in html


def test_addresses_can_be_clicked_on() -> None:
    body = "Kijk op https://example.com/a?b=1&c=2 of mail anna@example.com."

    html = html_of(Letter("Hallo", body, "nl"), SENDER)

    assert 'href="https://example.com/a?b=1&amp;c=2"' in html
    assert 'href="mailto:anna@example.com"' in html


@pytest.mark.parametrize("end", ["\n", "\r", "\r\nBcc: spy@example.com", "\u2028x"])
def test_a_subject_is_one_line(end: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        Letter(f"Hallo{end}", "Dag", "nl")


@pytest.mark.django_db
def test_a_value_brings_no_second_line_into_the_subject() -> None:
    values = {"number": "1\r\nBcc: spy@example.com", "seller": "us"}

    letter = compose("invoice", "nl", values)

    assert letter.subject == "Factuur 1 Bcc: spy@example.com van us"


@pytest.mark.django_db
def test_the_owners_own_text_goes_before_the_standard_one() -> None:
    standard = compose("invoice", "fr", {"number": "7", "seller": "us"})
    MailText.objects.create(
        purpose="invoice", language="fr", subject="N° {number}", body="Voilà {number}"
    )

    own = compose("invoice", "fr", {"number": "7", "seller": "us"})

    assert standard.subject == "Facture 7 de us"
    assert (own.subject, own.body, own.language) == ("N° 7", "Voilà 7", "fr")
    assert compose("invoice", "nl", {"number": "7"}).subject.startswith("Factuur 7")


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("code", purposes())
@pytest.mark.django_db
def test_each_standard_text_is_whole(code: str, language: str) -> None:
    """It passes as the owner's own would, and its sample fills every place."""
    purpose = purposes()[code]
    text = purpose.standards[language]
    own = MailText(
        purpose=code, language=language, subject=text.subject, body=text.body
    )
    own.full_clean()

    sample = purpose.sample(language)
    letter = compose(code, language, sample)

    assert "{" not in letter.subject + letter.body
    assert purpose.places.keys() <= sample.keys()
