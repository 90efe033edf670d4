"""The mail that goes with a document says what that document says (EIN-1, INV-6)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import transaction

from invoicing import crediting
from invoicing.delivery.letters import (
    AlreadyMailed,
    attachments_of,
    letter_for,
    mails_of,
    post,
    sender,
)
from invoicing.delivery.purposes import PURPOSES, purpose_of
from invoicing.delivery.values import values_of
from invoicing.documents.document import Document
from invoicing.models import FileKind, Invoice, Means
from ownyourstory.outbox import post as outbox
from ownyourstory.outbox.models import Dispatch, State
from tests.factories import (
    MONDAY,
    ContactFactory,
    OwnerFactory,
    PersonFactory,
    complete_seller,
    issued,
    issued_via_wallet,
    noon,
    ordinary_draft,
)
from tests.mail.server import mail_server
from tests.stored import bytes_of, file_of

pytestmark = pytest.mark.django_db

TO = ["anna@example.com"]


def to_a_person(language: str = "nl") -> Invoice:
    return issued(client=PersonFactory.create(language=language))


def credit_note(invoice: Invoice) -> Invoice:
    quantities = {line.pk: line.quantity for line in invoice.lines.all()}
    refund = "We storten € 726,00 terug." if invoice.via_wallet else ""
    request = crediting.Request(quantities=quantities, reason="Dubbel", refund=refund)
    return crediting.credit(invoice.pk, request, on=MONDAY, now=noon(MONDAY))


def plain(text: str) -> str:
    """Return ``text`` with ordinary spaces, to compare amounts."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_invoice_is_mailed_with_what_is_to_be_paid() -> None:
    invoice = to_a_person()

    letter = letter_for(invoice)

    assert letter.subject == "Factuur 2026-0001 van Own Your Story"
    body = plain(letter.body)
    assert f"Dag {invoice.client}," in body
    assert "factuur 2026-0001 van 2 maart 2026, voor een totaal van € 121,00" in body
    assert "tot en met 1 april 2026" in body
    assert f"BE68 5390 0754 7034, met de mededeling {invoice.communication}" in body
    assert "Peppol" not in body


def test_beside_an_e_invoice_the_pdf_is_a_copy_and_the_mail_says_so() -> None:
    """EIN-1."""
    letter = letter_for(issued())

    assert letter.subject == "Kopie van factuur 2026-0001 van Own Your Story"
    assert "als e-factuur via Peppol: dat is het wettelijke document" in letter.body
    assert "De pdf in bijlage is een leesbare kopie" in letter.body


def test_a_wallet_invoice_is_paid_in_two_parts_each_by_its_own_road() -> None:
    """INV-6, DOS-4 and DOS-11."""
    invoice = issued_via_wallet()

    letter = letter_for(invoice)

    body = plain(letter.body)
    assert "Het totaal is € 726,00. Je betaalt het in twee delen" in body
    assert "Via de KMO-portefeuille: € 600,00. Schrijf dit bedrag niet naar ons" in body
    assert "vul daarbij ons factuurnummer in: 2026-0001" in body
    assert "Rechtstreeks aan ons: € 126,00, tot en met 1 april 2026" in body
    assert "leesbare kopie" in body
    assert str(invoice.document().wallet.training_title) in letter.subject  # type: ignore[union-attr]


def test_where_nothing_is_paid_directly_nothing_is_asked() -> None:
    """DOS-11."""
    complete_seller(is_small_enterprise=True)
    invoice = issued_via_wallet()
    assert invoice.direct_amount == Decimal(0)

    body = letter_for(invoice).body

    assert "Rechtstreeks aan ons: je hoeft niets over te schrijven." in body
    assert invoice.communication not in body


def test_a_credit_note_names_its_invoice_its_reason_and_who_gets_what_back() -> None:
    """INV-4."""
    letter = letter_for(credit_note(issued_via_wallet()))

    assert letter.subject == "Kopie van creditnota CN2026-0001 bij factuur 2026-0001"
    assert "bij factuur 2026-0001 van 2 maart 2026" in letter.body
    assert "De reden: Dubbel\n\nWe storten" in letter.body


def test_a_credit_note_without_refund_leaves_no_hole() -> None:
    body = letter_for(credit_note(to_a_person())).body

    assert "De reden: Dubbel\n\nHeb je een vraag?" in body


LANGUAGES = {
    "nl": ("Factuur 2026-0001", "2 maart 2026", "€ 121,00"),
    "fr": ("Facture 2026-0001", "2 mars 2026", "121,00 €"),
    "en": ("Invoice 2026-0001", "2 March 2026", "€121.00"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_document(language: str) -> None:
    letter = letter_for(to_a_person(language))

    subject, day, amount = LANGUAGES[language]
    assert letter.language == language
    assert letter.subject.startswith(subject)
    assert day in letter.body
    assert amount in plain(letter.body)


def test_it_speaks_another_language_where_asked() -> None:
    letter = letter_for(to_a_person("nl"), "fr")

    assert letter.subject.startswith("Facture 2026-0001")
    assert "121,00 €" in plain(letter.body)


def test_the_contact_person_for_invoices_is_addressed() -> None:
    client = PersonFactory.create()
    ContactFactory.create(client=client, name="Bert Voorbeeld", gets_invoices=True)

    assert letter_for(issued(client=client)).body.startswith("Dag Bert Voorbeeld,")


def documents_of_all_kinds() -> list[Document]:
    complete_seller()
    every = [
        to_a_person(),
        issued(),
        issued_via_wallet(),
        issued_via_wallet(client__einvoice_exemption="not_reachable"),
    ]
    every += [credit_note(every[0]), credit_note(every[1])]
    return [invoice.document() for invoice in every]


def test_each_purpose_is_met_and_has_a_value_for_each_of_its_places() -> None:
    purposes = {purpose.code: purpose for purpose in PURPOSES}
    met = {}
    for document in documents_of_all_kinds():
        values = values_of(document, "nl", seller="us")
        met[purpose_of(document)] = values.keys()

    assert met.keys() == purposes.keys()
    for code, given in met.items():
        assert purposes[code].places.keys() <= given


def test_at_the_foot_stand_the_particulars_of_the_company() -> None:
    """INV-2."""
    complete_seller()

    ours = sender("nl")

    foot = "\n".join(ours.particulars)
    for particular in (
        "ianka fleerackers CommV",
        "Voorbeeldstraat 1 · 2000 Antwerpen",
        "BTW BE 0824.677.865",
        "RPR Antwerpen, afdeling Antwerpen",
        "IBAN BE68 5390 0754 7034 · BIC TRIOBEBB · Voorbeeldbank",
        "info@example.com · www.example.com",
    ):
        assert particular.lower() in foot.lower()
    assert (ours.name, ours.reply_to) == ("Own Your Story", "info@example.com")


def test_the_files_of_the_document_go_along() -> None:
    invoice = issued()
    stored = file_of(invoice)

    pdf, xml = attachments_of(invoice)

    assert (pdf.name, pdf.mimetype) == ("2026-0001.pdf", "application/pdf")
    assert (pdf.sha256, pdf.size) == (stored.sha256, stored.size)
    assert (xml.name, xml.mimetype) == ("2026-0001.xml", "application/xml")
    assert xml.sha256 == file_of(invoice, FileKind.XML).sha256


def test_a_private_person_gets_no_file_for_programs() -> None:
    [pdf] = attachments_of(to_a_person())

    assert pdf.name == "2026-0001.pdf"


def test_it_is_put_in_the_outgoing_post_with_a_note_of_what_was_attached() -> None:
    invoice, owner = to_a_person(), OwnerFactory.create()

    delivery = post(invoice, letter_for(invoice), TO, by=owner)

    dispatch = Dispatch.objects.get()
    assert (delivery.means, delivery.dispatch) == (Means.MAIL, dispatch)
    assert delivery.handed_over_by == owner
    assert dispatch.key == f"invoice:{invoice.pk}:mail"
    assert (dispatch.channel, dispatch.recipient) == ("mail", "anna@example.com")
    assert dispatch.payload["to"] == TO
    assert dispatch.payload["reply_to"] == ["info@example.com"]
    [attached] = dispatch.payload["attachments"]
    assert attached["sha256"] == file_of(invoice).sha256


def test_the_pdf_that_arrives_is_the_one_that_was_issued() -> None:
    """INV-3."""
    invoice = to_a_person()
    delivery = post(invoice, letter_for(invoice), TO, by=None)
    assert delivery.dispatch is not None

    with mail_server() as server:
        outbox.deliver(delivery.dispatch.pk)

    [got] = server.mails
    [attached] = got.iter_attachments()
    assert attached.get_filename() == "2026-0001.pdf"
    assert attached.get_content() == bytes_of(invoice)
    assert Dispatch.objects.get().state == State.DELIVERED


def test_sent_once_more_it_is_another_mail() -> None:
    invoice = issued()

    for _ in range(3):
        post(invoice, letter_for(invoice), TO, by=None)

    key = f"invoice:{invoice.pk}:mail"
    keys = [mail.dispatch.key for mail in mails_of(invoice) if mail.dispatch]
    assert keys == [key, f"{key}:2", f"{key}:3"]


def test_one_click_too_many_is_no_second_mail(english: None) -> None:
    invoice = issued()
    post(invoice, letter_for(invoice), TO, by=None, seen=0)

    with pytest.raises(AlreadyMailed, match="in the meantime"):
        post(invoice, letter_for(invoice), TO, by=None, seen=0)

    assert mails_of(invoice).count() == 1
    post(invoice, letter_for(invoice), TO, by=None, seen=1)
    assert mails_of(invoice).count() == 2


def test_a_step_that_fails_leaves_nothing_in_the_post() -> None:
    invoice = issued()

    with transaction.atomic():
        post(invoice, letter_for(invoice), TO, by=None)
        transaction.set_rollback(True)

    assert not mails_of(invoice).exists()
    assert not Dispatch.objects.exists()


def test_a_draft_is_not_mailed() -> None:
    invoice, draft = issued(), ordinary_draft()

    with pytest.raises(ValueError, match="is a draft"):
        letter_for(draft)
    with pytest.raises(ValueError, match="is a draft"):
        post(draft, letter_for(invoice), TO, by=None)
