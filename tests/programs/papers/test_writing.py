from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from programs.papers.paper import Agreement, Person
from programs.papers.writing import (
    application_pdf,
    attendance_pdf,
    certificates_pdf,
    confirmation_pdf,
    steps_pdf,
)

from . import samples
from .reading import lacking, pages, text

LANGUAGES = ["nl", "fr", "en"]
ORDINARY: dict[str, Callable[[str], bytes]] = {
    "confirmation": lambda code: confirmation_pdf(samples.agreement(code)),
    "without wallet": lambda code: confirmation_pdf(samples.without_wallet(code)),
    "application": lambda code: application_pdf(samples.agreement(code)),
    "application, invoiced": lambda code: application_pdf(samples.invoiced(code)),
    "steps": lambda code: steps_pdf(samples.agreement(code)),
    "steps, invoiced": lambda code: steps_pdf(samples.invoiced(code)),
    "attendance": lambda code: attendance_pdf(samples.attendance(code)),
    "certificates": lambda code: certificates_pdf(samples.certificates(code)),
}
LONG: dict[str, Callable[[str], bytes]] = {
    "confirmation": lambda code: confirmation_pdf(samples.long_agreement(code)),
    "application": lambda code: application_pdf(samples.long_agreement(code)),
    "steps": lambda code: steps_pdf(samples.long_agreement(code)),
    "attendance": lambda code: attendance_pdf(samples.long_attendance(code)),
    "certificates": lambda code: certificates_pdf(samples.long_certificates(code)),
}


@cache
def ordinary(name: str, language: str) -> bytes:
    """Return an ordinary paper; printing takes most of the time of these tests."""
    return ORDINARY[name](language)


OF_AGREEMENT = [confirmation_pdf, application_pdf, steps_pdf]

OWN_PARTICULARS = [
    "Own Your Story",
    "ianka fleerackers CommV",
    "Voorbeeldstraat 12, 9000 Gent",
    "BE 0824.677.865",
    "RPR Gent, afdeling Gent",
    "IBAN BE68 5390 0754 7034",
    "BIC TRIOBEBB",
    "hallo@example.com",
    "www.example.com",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ORDINARY)
def test_our_particulars_stand_on_every_paper(name: str, language: str) -> None:
    shown = text(ordinary(name, language))

    assert lacking(shown, OWN_PARTICULARS) == []  # INV-2


# The confirmation (DOS-10).

CONFIRMED = {
    "nl": [
        "Bevestiging van inschrijving",
        "Dit spraken we af op 20 februari 2026.",
        "Startdatum 12 maart 2026",
        "Einddatum 26 maart 2026",
        "Duur 2 dagen",
        "Uren per deelnemer 12",
        "Strategisch vertellen",
        "Inhoud In twee dagen maak je van wat jouw zaak bijzonder maakt",
        "Thema digitalisering",
        "Open opleiding · De Zolderkamer, Gent",
        "12 maart 2026, 9:30 – 16:30",
        "Dienstverlener ianka fleerackers CommV · DV.O222378, pijler opleiding",
        "Vlaams Gewest (VLAIO), geldig 31 augustus 2022 – 1 september 2027",
        "Noémie D'Hondt Bakkerij De Gouden Korst BV 12",
        "Strategisch vertellen 3 650,00 −150,00 1.800,00",
        "Lunch, twee dagen niet via de KMO-portefeuille 6 22,00 132,00",
        "Komt in aanmerking voor de KMO-portefeuille € 1.875,00",
        "Komt niet in aanmerking € 132,00",
        "Totaal excl. btw € 2.007,00",
        "verandert niets aan je overeenkomst met ons",
        "Opgemaakt op 23 februari 2026.",
    ],
    "fr": [
        "Confirmation d’inscription",
        "Voici ce que nous avons convenu le 20 février 2026.",
        "Date de début 12 mars 2026",
        "Date de fin 26 mars 2026",
        "Durée 2 jours",
        "Heures par participant 12",
        "Raconter sa stratégie",
        "Contenu En deux jours, vous faites de ce qui distingue votre entreprise",
        "Thème numérisation",
        "Formation ouverte · De Zolderkamer, Gent",
        "12 mars 2026, 9:30 – 16:30",
        "Prestataire ianka fleerackers CommV · DV.O222378, pilier formation",
        "Région flamande (VLAIO), valable 31 août 2022 – 1 septembre 2027",
        "Noémie D'Hondt Bakkerij De Gouden Korst BV 12",
        "Raconter sa stratégie 3 650,00 −150,00 1 800,00",
        "Repas de midi, deux jours pas via le KMO-portefeuille 6 22,00 132,00",
        "Éligible au KMO-portefeuille 1 875,00 €",
        "Non éligible 132,00 €",
        "Total hors TVA 2 007,00 €",
        "ne change rien à votre accord avec nous",
        "Établi le 23 février 2026.",
    ],
    "en": [
        "Enrolment confirmation",
        "This is what we agreed on 20 February 2026.",
        "Start date 12 March 2026",
        "End date 26 March 2026",
        "Duration 2 days",
        "Hours per participant 12",
        "Strategic storytelling",
        "Content In two days you turn what sets your business apart",
        "Theme digitalisation",
        "Open course · De Zolderkamer, Gent",
        "12 March 2026, 9:30 – 16:30",
        "Provider ianka fleerackers CommV · DV.O222378, pillar training",
        "Flemish Region (VLAIO), valid 31 August 2022 – 1 September 2027",
        "Noémie D'Hondt Bakkerij De Gouden Korst BV 12",
        "Strategic storytelling 3 650.00 −150.00 1,800.00",
        "Lunch, two days not through the wallet 6 22.00 132.00",
        "Eligible for the KMO-portefeuille €1,875.00",
        "Not eligible €132.00",
        "Total excl. VAT €2,007.00",
        "changes nothing in your agreement with us",
        "Made on 23 February 2026.",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confirmation_names_all_that_the_agency_asks(language: str) -> None:
    shown = text(confirmation_pdf(samples.agreement(language)))

    assert lacking(shown, [*CONFIRMED[language], *samples.NAMES, "PO-7781"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_wallet_no_paper_says_a_word_of_it(language: str) -> None:
    shown = text(confirmation_pdf(samples.without_wallet(language))).lower()

    words = ["portefeuille", "wallet", "vlaio", "dv.o", "subsid", "steun", "eligible"]
    assert [word for word in words if word in shown] == []
    assert "2.007,00" in shown or "2 007,00" in shown or "2,007.00" in shown


def test_a_private_person_comes_for_no_enterprise() -> None:
    agreed = samples.without_wallet()
    person = replace(samples.BAKERY, legal_name="Lotte Peeters", is_person=True)

    shown = text(confirmation_pdf(replace(agreed, enterprise=person)))

    assert "Onderneming" not in shown
    assert "Zoë Çelik 12" in shown


# What the client types (the info sheet), in the order of the form.

TYPED = {
    "nl": [
        "1 Registratienummer van de dienstverlener DV.O222378",
        "2 Pijler opleiding",
        "3 Thema digitalisering",
        "4 Titel van de opleiding Strategisch vertellen",
        "5 Startdatum 12/03/2026",
        "6 Einddatum 26/03/2026",
        "7 Aantal uren 12",
        "8 Prijs excl. btw € 1.875,00",
        "9 Aantal deelnemers 3",
        "10 Namen van de deelnemers Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
        "11 Ons factuurnummer",
    ],
    "fr": [
        "1 Numéro d’enregistrement du prestataire DV.O222378",
        "2 Pilier formation",
        "3 Thème numérisation",
        "4 Titre de la formation Raconter sa stratégie",
        "5 Date de début 12/03/2026",
        "6 Date de fin 26/03/2026",
        "7 Nombre d’heures 12",
        "8 Prix hors TVA 1 875,00 €",
        "9 Nombre de participants 3",
        "10 Noms des participants Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
        "11 Notre numéro de facture",
    ],
    "en": [
        "1 Registration number of the provider DV.O222378",
        "2 Pillar training",
        "3 Theme digitalisation",
        "4 Title of the training Strategic storytelling",
        "5 Start date 12/03/2026",
        "6 End date 26/03/2026",
        "7 Number of hours 12",
        "8 Price excl. VAT €1,875.00",
        "9 Number of participants 3",
        "10 Names of the participants Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
        "11 Our invoice number",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_info_sheet_follows_the_order_of_the_form(language: str) -> None:
    shown = text(application_pdf(samples.agreement(language)))

    places = [shown.find(field) for field in TYPED[language]]
    assert lacking(shown, TYPED[language]) == []
    assert places == sorted(places)


UNKNOWN = {
    "nl": [
        "t.e.m. 26 maart 2026",
        "volgt: het staat op onze factuur",
        "€ 1.312,50 geschat binnen 14 dagen na je aanvraag",
        "t.e.m. 31 december 2027",
        "€ 132,00 plus de btw tegen de vervaldatum van onze factuur",
        "Schatting (kleine onderneming, 30 %): steun € 562,50",
    ],
    "fr": [
        "jusqu’au 26 mars 2026 inclus",
        "suit : il figure sur notre facture",
        "1 312,50 € estimation dans les 14 jours suivant votre demande",
        "jusqu’au 31 décembre 2027",
        "132,00 € plus la TVA à l’échéance de notre facture",
        "Estimation (petite entreprise, 30 %) : subside 562,50 €",
    ],
    "en": [
        "up to and including 26 March 2026",
        "follows: it stands on our invoice",
        "€1,312.50 estimate within 14 days of your application",
        "up to and including 31 December 2027",
        "€132.00 plus the VAT by the due date of our invoice",
        "Estimate (small enterprise, 30%): subsidy €562.50",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_yet_says_what_it_follows_from(language: str) -> None:
    shown = text(application_pdf(samples.agreement(language)))

    assert lacking(shown, UNKNOWN[language]) == []


KNOWN = {
    "nl": [
        "onder nummer 2026KMO123456",
        "11 Ons factuurnummer 2026-0012",
        "uiterlijk op 16 maart 2026",
        "€ 553,47 uiterlijk op 29 maart 2026 +++001/2345/67810+++",
    ],
    "fr": [
        "sous le numéro 2026KMO123456",
        "11 Notre numéro de facture 2026-0012",
        "au plus tard le 16 mars 2026",
        "553,47 € au plus tard le 29 mars 2026 +++001/2345/67810+++",
    ],
    "en": [
        "under number 2026KMO123456",
        "11 Our invoice number 2026-0012",
        "by 16 March 2026",
        "€553.47 by 29 March 2026 +++001/2345/67810+++",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_has_its_day_and_amount(language: str) -> None:
    shown = text(application_pdf(samples.invoiced(language)))

    assert lacking(shown, KNOWN[language]) == []


def test_nothing_is_asked_directly_where_nothing_is_due() -> None:
    agreed = samples.invoiced("en")
    assert agreed.wallet
    assert agreed.wallet.charged
    paid = replace(agreed.wallet.charged, direct=Decimal(0))
    agreed = replace(agreed, wallet=replace(agreed.wallet, charged=paid))

    for pdf in (application_pdf(agreed), steps_pdf(agreed)):
        assert "Nothing to transfer." in text(pdf)
        assert "+++" not in text(pdf)


# The steps (DOS-1).

STEPS = {
    "nl": [
        "Zo werkt het: je steun in vijf stappen",
        "12 maart 2026 – 26 maart 2026, 12 uur",
        "1 Registreer je bij VLAIO",
        "2 Spreek met ons af en krijg onze factuur We spraken af op 20 februari 2026.",
        "3 Vraag de steun aan",
        "uiterlijk op 26 maart 2026",
        "4 Stort je eigen bijdrage in je portefeuille",
        "€ 1.312,50 en het agentschap legt er € 562,50 bij: allebei een schatting.",
        "binnen 14 dagen na je aanvraag",
        "5 Geef de betaalopdracht in je portefeuille Betaal ons € 1.875,00",
        "uiterlijk op 31 december 2027",
        "Het agentschap beslist.",
        "verandert niets aan je overeenkomst met ons",
    ],
    "fr": [
        "Comment ça marche : votre subside en cinq étapes",
        "12 mars 2026 – 26 mars 2026, 12 heures",
        "1 Enregistrez-vous auprès de VLAIO",
        "2 Convenez avec nous et recevez notre facture",
        "3 Demandez le subside",
        "au plus tard le 26 mars 2026",
        "4 Versez votre contribution propre dans votre portefeuille",
        "1 312,50 € et l’agence ajoute 562,50 € : deux estimations.",
        "dans les 14 jours suivant votre demande",
        "5 Donnez l’ordre de paiement dans votre portefeuille Payez-nous 1 875,00 €",
        "au plus tard le 31 décembre 2027",
        "L’agence décide.",
        "ne change rien à votre accord avec nous",
    ],
    "en": [
        "How it works: your subsidy in five steps",
        "12 March 2026 – 26 March 2026, 12 hours",
        "1 Register at VLAIO",
        "2 Agree with us and get our invoice We agreed on 20 February 2026.",
        "3 Apply for the subsidy",
        "by 26 March 2026",
        "4 Pay your own contribution into your wallet",
        "You pay €1,312.50 and the agency adds €562.50: both an estimate.",
        "within 14 days of your application",
        "5 Give the payment order in your wallet Pay us €1,875.00",
        "by 31 December 2027",
        "The agency decides.",
        "changes nothing in your agreement with us",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_have_the_days_of_this_dossier(language: str) -> None:
    shown = text(steps_pdf(samples.agreement(language)))

    assert lacking(shown, STEPS[language]) == []


def test_once_invoiced_the_last_step_names_the_number_to_type() -> None:
    shown = text(steps_pdf(samples.invoiced("en")))

    wanted = [
        "Our invoice is 2026-0012 of 27 February 2026. done",
        "Apply to VLAIO: done, under number 2026KMO123456. done",
        "by 16 March 2026",
        "type our invoice number 2026-0012: it never happens on its own.",
        "€553.47 to BE68 5390 0754 7034, communication +++001/2345/67810+++",
        "You never transfer us what goes through the wallet.",
    ]
    assert lacking(shown, wanted) == []


def test_who_applied_and_has_no_number_yet_is_not_asked_to_apply_again() -> None:
    agreed = samples.agreement("en")
    assert agreed.wallet
    applied = replace(agreed.wallet, applied_on=date(2026, 3, 2))
    agreed = replace(agreed, wallet=applied)

    for pdf in (application_pdf(agreed), steps_pdf(agreed)):
        assert "Apply to VLAIO: done, on 2 March 2026." in text(pdf)
        assert "apply today" not in text(pdf)


def on_the_road(**facts: object) -> Agreement:
    agreed = samples.invoiced("en")
    assert agreed.wallet
    return replace(agreed, wallet=replace(agreed.wallet, **facts))  # type: ignore[arg-type]


def test_what_the_agency_granted_is_no_estimate_any_more() -> None:
    estimate = samples.road("en").estimate
    assert estimate
    granted = replace(
        estimate,
        subsidy=Decimal("500.00"),
        own_contribution=Decimal("1375.00"),
        is_granted=True,
    )
    agreed = on_the_road(estimate=granted)

    for pdf in (application_pdf(agreed), steps_pdf(agreed)):
        shown = text(pdf)
        assert "Granted by the agency: subsidy €500.00" in shown
        assert "€1,375.00" in shown
        assert "stimate" not in shown
        assert "30%" not in shown


def test_a_step_that_was_taken_is_done() -> None:
    taken = on_the_road(has_contributed=True, has_ordered=True)

    for pdf in (application_pdf(taken), steps_pdf(taken)):
        shown = text(pdf)
        assert "by 16 March 2026" not in shown
        assert "31 December 2027" not in shown
    assert text(steps_pdf(taken)).count(" done") == 6
    assert text(steps_pdf(samples.invoiced("en"))).count(" done") == 4


def test_the_year_to_finish_in_follows_from_an_application_that_is_not_made() -> None:
    agreed = samples.agreement("en")
    assert agreed.wallet
    agreed = replace(agreed, wallet=replace(agreed.wallet, pay_by=None))

    assert "by 31 December of the year after your application" in text(
        steps_pdf(agreed)
    )
    assert "up to 31 December of the year after that of your application" in text(
        application_pdf(agreed)
    )


def test_without_an_estimate_no_amount_is_made_up() -> None:
    agreed = samples.agreement("en")
    assert agreed.wallet
    agreed = replace(agreed, wallet=replace(agreed.wallet, estimate=None))

    for pdf in (application_pdf(agreed), steps_pdf(agreed)):
        assert "our wallet names the amount" in text(pdf)
        assert "stimate" not in text(pdf)


@pytest.mark.parametrize("write", [application_pdf, steps_pdf])
def test_there_are_no_steps_without_a_wallet(
    write: Callable[[Agreement], bytes],
) -> None:
    with pytest.raises(ValueError, match="no wallet"):
        write(samples.without_wallet())


# The list to sign (DOS-9).

SIGNED = {
    "nl": [
        "Aanwezigheidslijst 12 maart 2026",
        "Opleiding Strategisch vertellen",
        "Plaats De Zolderkamer, Gent",
        "Uren 6",
        "Handtekening voormiddag vanaf 9:30",
        "Handtekening namiddag tot 16:30",
        "Trainer (naam)",
    ],
    "fr": [
        "Liste de présence 12 mars 2026",
        "Formation Raconter sa stratégie",
        "Lieu De Zolderkamer, Gent",
        "Heures 6",
        "Signature, matin dès 9:30",
        "Signature, après-midi jusqu’à 16:30",
        "Formateur ou formatrice (nom)",
    ],
    "en": [
        "Attendance list 12 March 2026",
        "Training Strategic storytelling",
        "Place De Zolderkamer, Gent",
        "Hours 6",
        "Signature, morning from 9:30",
        "Signature, afternoon until 16:30",
        "Trainer (name)",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_has_a_page_with_everybody_on_it(language: str) -> None:
    first, second = pages(attendance_pdf(samples.attendance(language)))

    people = [f"{person.name} {person.enterprise}" for person in samples.people()]
    assert lacking(first, [*SIGNED[language], *people]) == []
    assert lacking(second, people) == []
    assert "12 " not in second.split("26 ")[0]


def test_twelve_people_and_the_trainer_fit_on_the_page_of_a_day() -> None:
    attendance = replace(samples.attendance(), people=samples.people(12))

    assert len(pages(attendance_pdf(attendance))) == 2


@pytest.mark.parametrize("count", range(12, 34))
def test_the_trainer_never_signs_a_page_alone(count: int) -> None:
    attendance = samples.attendance("en")
    training = replace(attendance.training, sessions=attendance.training.sessions[:1])
    attendance = replace(attendance, training=training, people=samples.people(count))

    shown = pages(attendance_pdf(attendance))

    [last] = [page for page in shown if "Trainer (name)" in page]
    assert f"Anna Voorbeeld {count} " in last
    assert all("Signature, morning" in page for page in shown)
    assert all("12 March 2026" in page for page in shown)


# Certificates.

CERTIFIED = {
    "nl": [
        "Bewijs van deelname Wij bevestigen dat Zoë Çelik van Bakkerij De Gouden Korst",
        "heeft deelgenomen aan Strategisch vertellen 12 maart 2026 · 26 maart 2026",
        "12 uur gevolgd · De Zolderkamer, Gent",
        "Handtekening · 26 maart 2026",
    ],
    "fr": [
        "Attestation de participation Nous confirmons que Zoë Çelik de Bakkerij De",
        "a participé à Raconter sa stratégie 12 mars 2026 · 26 mars 2026",
        "12 heures suivies · De Zolderkamer, Gent",
        "Signature · 26 mars 2026",
    ],
    "en": [
        "Certificate of attendance We confirm that Zoë Çelik of Bakkerij De Gouden",
        "took part in Strategic storytelling 12 March 2026 · 26 March 2026",
        "12 hours attended · De Zolderkamer, Gent",
        "Signature · 26 March 2026",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_has_a_certificate(language: str) -> None:
    shown = pages(certificates_pdf(samples.certificates(language)))

    assert lacking(shown[0], CERTIFIED[language]) == []
    assert [name in page for name, page in zip(samples.NAMES, shown, strict=True)] == [
        True
    ] * 3


def test_a_private_person_is_certified_as_such() -> None:
    certificates = samples.certificates("en")
    person = Person(name="Lotte Peeters", enterprise="", hours=Decimal("7.5"))

    shown = text(certificates_pdf(replace(certificates, people=(person,))))

    assert "We confirm that Lotte Peeters took part in" in shown
    assert "7.5 hours attended" in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ORDINARY)
def test_nothing_is_said_about_quality(name: str, language: str) -> None:
    shown = text(ordinary(name, language)).lower()

    words = ["kwaliteit", "qualit", "quality", "gecertificeerd", "certifié", "label"]
    assert [word for word in words if word in shown] == []  # REG-2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_does_not_boast_of_the_registration(language: str) -> None:
    shown = text(certificates_pdf(samples.certificates(language))).lower()

    words = ["dv.o", "vlaio", "portefeuille", "erken", "reconnu", "recogni"]
    assert [word for word in words if word in shown] == []  # REG-2


# Pages.

PAGES = {"attendance": 2, "certificates": 3}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ORDINARY)
def test_with_ordinary_facts_it_fits_on_one_page(name: str, language: str) -> None:
    assert len(pages(ordinary(name, language))) == PAGES.get(name, 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LONG)
def test_long_names_are_all_there(name: str, language: str) -> None:
    shown = text(LONG[name](language)).replace(" ", "")

    wanted = [samples.LONG_TITLE, samples.LONG_ENTERPRISE]
    if name != "steps":
        wanted += samples.LONG_NAMES[:2]
    assert lacking(shown, [phrase.replace(" ", "") for phrase in wanted]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_is_one_page_however_long_the_names(language: str) -> None:
    for certificates in (samples.long_certificates, samples.endless_certificates):
        assert len(pages(certificates_pdf(certificates(language)))) == 2


LETTERS = st.characters(
    categories=["Ll", "Lu"], max_codepoint=0x17F, exclude_characters="ŉſŀĿĳĲ"
)
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=12)
NAME = WORDS.map(lambda words: " ".join(words)[:200].strip())


@hypothesis_settings(max_examples=25)
@given(name=NAME, enterprise=NAME)
def test_no_letter_of_a_name_is_ever_lost(name: str, enterprise: str) -> None:
    agreed = replace(
        samples.agreement("en"),
        participants=(name,),
        enterprise=replace(samples.BAKERY, legal_name=enterprise, trade_name=""),
    )
    person = Person(name=name, enterprise=enterprise, hours=Decimal(12))
    attendance = replace(samples.attendance("en"), people=(person,))
    certificates = replace(samples.certificates("en"), people=(person,))

    printed = [
        confirmation_pdf(agreed),
        application_pdf(agreed),
        attendance_pdf(attendance),
        certificates_pdf(certificates),
    ]

    for pdf in printed:
        shown = _letters(text(pdf))
        assert _letters(name) in shown
        assert _letters(enterprise) in shown


def _letters(words: str) -> str:
    """Return ``words`` without what a line break may add or take."""
    return re.sub(r"[\s\N{SOFT HYPHEN}]", "", words)


def test_markup_in_a_name_is_printed_as_it_is() -> None:
    nasty = '<img src="file:///etc/passwd"> & {{ x }}'
    agreed = replace(samples.agreement(), participants=(nasty,))

    for write in (confirmation_pdf, application_pdf):
        assert nasty.replace(" ", "") in text(write(agreed)).replace(" ", "")


# The file.


@pytest.mark.parametrize("name", ORDINARY)
def test_it_is_tagged_and_says_its_language(name: str) -> None:
    with pikepdf.open(BytesIO(ordinary(name, "fr"))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "fr"
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == "3B"
            assert metadata["dc:title"].endswith("– Own Your Story")
            assert metadata["dc:creator"] == ["ianka fleerackers CommV"]


@pytest.mark.parametrize("name", ORDINARY)
def test_equal_facts_give_equal_bytes(name: str) -> None:
    assert ORDINARY[name]("nl") == ordinary(name, "nl")


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import sys, django; django.setup();"
        "from tests.programs.papers import samples;"
        "from programs.papers.writing import confirmation_pdf;"
        "sys.stdout.buffer.write(confirmation_pdf(samples.agreement()))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )

    assert other.stdout == confirmation_pdf(samples.agreement())


def test_another_day_is_another_paper() -> None:
    agreed = samples.agreement()

    later = confirmation_pdf(replace(agreed, made_on=date(2026, 2, 24)))

    assert later != confirmation_pdf(agreed)
    assert "24 februari 2026" in text(later)


def test_our_logo_takes_the_place_of_our_name() -> None:
    picture = BytesIO()
    Image.new("RGBA", (1600, 500)).save(picture, "PNG")
    own = replace(samples.OWN, logo=picture.getvalue())
    agreed = replace(samples.agreement(), letterhead=own)

    for write in OF_AGREEMENT:
        with pikepdf.open(BytesIO(write(agreed))) as pdf:
            assert len(pdf.pages[0].get_images()) == 1
