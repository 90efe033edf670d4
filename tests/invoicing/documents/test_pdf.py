from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
import segno.helpers
from django.conf import settings
from django.utils.translation import override
from PIL import Image
from pypdf import PdfReader
from weasyprint.urls import URLFetchingError

from invoicing.documents.document import Document
from invoicing.documents.notes import copy_note
from invoicing.documents.pdf import render_pdf
from invoicing.documents.qr import MASK, transfer_qr
from ownyourstory.press.press import AssetFetcher

from . import samples

LANGUAGES = ["nl", "fr", "en"]
SAMPLES = {
    "wallet": samples.wallet_invoice,
    "ordinary": samples.ordinary_invoice,
    "mixed VAT": samples.mixed_vat_invoice,
    "long names": samples.long_names_invoice,
    "reverse charge": samples.reverse_charge_invoice,
    "draft": samples.draft,
    "credit note": samples.credit_note,
}


def pages(document: Document) -> list[str]:
    """Return the text of each page, every run of white space as one space."""
    pdf = PdfReader(BytesIO(render_pdf(document, logo=None)))
    return [" ".join(page.extract_text().split()) for page in pdf.pages]


def text(document: Document) -> str:
    return " ".join(pages(document))


def logo(mode: str = "RGBA", size: tuple[int, int] = (1600, 500)) -> bytes:
    picture = BytesIO()
    Image.new(mode, size).save(picture, "TIFF" if mode == "CMYK" else "PNG")
    return picture.getvalue()


# What it must show (INV-2), as the same for every language and in each.

ALWAYS = [
    "2026-0012",
    "ianka fleerackers CommV",
    "Own Your Story",
    "Voorbeeldstraat 12",
    "9000 Gent",
    "BE 0824.677.865",
    "RPR Gent, afdeling Gent",
    "IBAN BE68 5390 0754 7034",
    "BIC TRIOBEBB",
    "Triodos",
    "hallo@example.com",
    "+32 9 000 00 00",
    "www.example.com",
    "Bakkerij De Gouden Korst BV",
    "Zoë Çelik",
    "Kerkstraat 7 bus 3",
    "8500 Kortrijk",
    "BE 0403.170.701",
    "K0042",
    "ZC/2026",
    "PO-7781",
    samples.COMMUNICATION,
]

MENTIONS = {
    "nl": [
        "Factuur 2026-0012",
        "Uitgereikt op 2 maart 2026",
        "Vervaldatum 1 april 2026",
        "Periode van de dienst 12 maart 2026 – 26 maart 2026",
        "Omschrijving Aantal Eenheidsprijs Btw Bedrag excl. btw",
        "Begeleide oefensessies in kleine groep 4,5 uur 120,00 21 % 540,00",
        "Totaal excl. btw € 2.784,30",
        "Btw 21 % op € 2.784,30 € 584,70",
        "Totaal incl. btw € 3.369,00",
        "Pagina 1 van 1",
    ],
    "fr": [
        "Facture 2026-0012",
        "Date d’émission 2 mars 2026",
        "Échéance 1 avril 2026",
        "Période prestée 12 mars 2026 – 26 mars 2026",
        "Description Quantité Prix unitaire TVA Montant hors TVA",
        "Sessions d'exercice encadrées en petit groupe 4,5 heures 120,00 21 % 540,00",
        "Total hors TVA 2 784,30 €",
        "TVA 21 % sur 2 784,30 € 584,70 €",
        "Total TVA comprise 3 369,00 €",
        "Page 1 sur 1",
    ],
    "en": [
        "Invoice 2026-0012",
        "Issued on 2 March 2026",
        "Due date 1 April 2026",
        "Period of service 12 March 2026 – 26 March 2026",
        "Description Quantity Unit price VAT Amount excl. VAT",
        "Guided practice sessions in a small group 4.5 hours 120.00 21% 540.00",
        "Total excl. VAT €2,784.30",
        "VAT 21% on €2,784.30 €584.70",
        "Total incl. VAT €3,369.00",
        "Page 1 of 1",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_shows_all_that_the_law_asks(language: str) -> None:
    sample = samples.wallet_invoice(language)

    shown = text(sample)

    wanted = [*ALWAYS, *MENTIONS[language], *sample.notes]
    assert [mention for mention in wanted if mention not in shown] == []


# Who pays what (INV-6).

PAYMENT = {
    "nl": [
        "Zo betaal je € 3.369,00: in twee delen",
        "1 Via de KMO-portefeuille € 2.700,00",
        "Schrijf dit bedrag niet naar ons over.",
        "met ons factuurnummer 2026-0012.",
        "De portefeuille betaalt t.e.m. 31 december 2027.",
        "2 Rechtstreeks aan ons € 669,00",
        "Op naam van ianka fleerackers CommV",
        f"Mededeling {samples.COMMUNICATION}",
        "Uiterlijk op 1 april 2026",
        "niet via de KMO-portefeuille",
        "DV.O222378, pijler opleiding",
        "Vlaams Gewest (VLAIO), geldig 31 augustus 2022 – 1 september 2027",
        "Opleiding Strategisch vertellen",
        "Thema digitalisering",
        "12 maart 2026 – 26 maart 2026, 18 uur",
        "Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
        "Vraag de steun aan bij VLAIO, uiterlijk op 26 maart 2026.",
        "binnen 14 dagen na de aanvraag.",
        "Geef zelf de betaalopdracht in je portefeuille en typ ons factuurnummer",
        (
            "Schatting (kleine onderneming, 30 %): steun € 810,00, eigen bijdrage "
            "€ 1.890,00. Het agentschap beslist."
        ),
    ],
    "fr": [
        "Comment payer 3 369,00 € : en deux parties",
        "1 Via le KMO-portefeuille (portefeuille PME) 2 700,00 €",
        "Ne nous versez pas ce montant.",
        "avec notre numéro de facture 2026-0012.",
        "Le portefeuille paie jusqu’au 31 décembre 2027.",
        "2 Directement à nous 669,00 €",
        "Au nom de ianka fleerackers CommV",
        f"Communication {samples.COMMUNICATION}",
        "Au plus tard le 1 avril 2026",
        "pas via le KMO-portefeuille",
        "DV.O222378, pilier formation",
        "Région flamande (VLAIO), valable 31 août 2022 – 1 septembre 2027",
        "Formation Raconter sa stratégie",
        "Thème numérisation",
        "12 mars 2026 – 26 mars 2026, 18 heures",
        "Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
        "Introduisez la demande auprès de VLAIO au plus tard le 26 mars 2026.",
        "dans les 14 jours suivant la demande.",
        "Donnez vous-même l’ordre de paiement dans votre portefeuille",
        (
            "Estimation (petite entreprise, 30 %) : subside 810,00 €, contribution "
            "propre 1 890,00 €. L’agence décide."
        ),
    ],
    "en": [
        "How to pay €3,369.00: in two parts",
        "1 Through the KMO-portefeuille €2,700.00",
        "Do not transfer this amount to us.",
        "citing our invoice number 2026-0012.",
        "The wallet pays up to and including 31 December 2027.",
        "2 Directly to us €669.00",
        "In the name of ianka fleerackers CommV",
        f"Communication {samples.COMMUNICATION}",
        "No later than 1 April 2026",
        "not through the wallet",
        "DV.O222378, pillar training",
        "Flemish Region (VLAIO), valid 31 August 2022 – 1 September 2027",
        "Training Strategic storytelling",
        "Theme digitalisation",
        "12 March 2026 – 26 March 2026, 18 hours",
        "Zoë Çelik, Jörg Vandenbroucke, Noémie D'Hondt",
        "Apply to VLAIO by 26 March 2026.",
        "within 14 days of the application.",
        "Give the payment order in your wallet yourself and type our invoice number",
        (
            "Estimate (small enterprise, 30%): subsidy €810.00, own contribution "
            "€1,890.00. The agency decides."
        ),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wallet_invoice_says_who_pays_what(language: str) -> None:
    shown = text(samples.wallet_invoice(language))

    assert [phrase for phrase in PAYMENT[language] if phrase not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_ordinary_invoice_has_no_wallet_text(language: str) -> None:
    shown = text(samples.ordinary_invoice(language)).lower()

    words = ["portefeuille", "wallet", "vlaio", "dv.o", "subsid", "steun"]
    assert [word for word in words if word in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_about_quality(language: str) -> None:
    shown = text(samples.wallet_invoice(language)).lower()

    words = ["kwaliteit", "qualit", "quality", "gecertificeerd", "certifi", "label"]
    assert [word for word in words if word in shown] == []  # REG-2


def test_the_contribution_has_its_day_once_the_application_is_known() -> None:
    shown = text(samples.long_names_invoice())

    assert "eigen bijdrage in je portefeuille, uiterlijk op 9 april 2026" in shown
    assert "Aanvraagnummer 2026KMO123456" in shown


def test_there_is_no_estimate_where_the_size_is_not_known() -> None:
    sample = samples.wallet_invoice()
    assert sample.wallet
    shown = text(replace(sample, wallet=replace(sample.wallet, estimate=None)))

    assert "Schatting" not in shown


def test_nothing_is_asked_where_the_wallet_pays_all() -> None:
    line = replace(
        samples.reverse_charge_invoice().lines[0], eligible=True
    )  # no VAT on it
    sample = samples.document([line], wallet=samples.wallet_part())

    shown = text(sample)

    assert "Rechtstreeks aan ons € 0,00 Niets over te schrijven." in shown
    assert not figures(sample)


def test_nothing_goes_through_the_wallet_where_no_line_may() -> None:
    line = samples.ordinary_invoice().lines[0]
    sample = samples.document([line], wallet=samples.wallet_part())

    shown = text(sample)

    assert "Te betalen € 919,60" in shown
    assert "portefeuille" not in shown


# VAT, discounts.


def test_each_vat_rate_has_its_base_and_vat() -> None:
    shown = text(samples.mixed_vat_invoice())

    assert "Btw 6 % op € 222,00 € 13,32" in shown
    assert "Btw 12 % op € 300,00 € 36,00" in shown
    assert "Btw 21 % op € 1.775,65 € 372,89" in shown


def test_the_discount_column_is_there_only_with_a_discount() -> None:
    assert "Eenheidsprijs Korting Btw" in text(samples.mixed_vat_invoice())
    assert "−152,00" in text(samples.mixed_vat_invoice())
    assert "Korting" not in text(samples.ordinary_invoice())


REVERSED = {
    "nl": ["verlegd", "Btw verlegd op € 1.520,00 € 0,00"],
    "fr": ["liquidation", "Autoliquidation sur 1 520,00 € 0,00 €"],
    "en": ["reverse-", "VAT reverse-charged on €1,520.00 €0.00"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reverse_charge_says_so_with_both_vat_numbers(language: str) -> None:
    shown = text(samples.reverse_charge_invoice(language))

    wanted = [*REVERSED[language], "FR 83 404 833 048", "BE 0824.677.865"]
    assert [phrase for phrase in wanted if phrase not in shown] == []
    assert "Frankrijk" in shown


# Drafts and credit notes.

DRAFTS = {
    "nl": ["CONCEPT", "Concept, nog geen nummer", "volgt met het nummer"],
    "fr": ["PROJET", "Projet, encore sans numéro", "suit avec le numéro"],
    "en": ["DRAFT", "Draft, still no number", "follows with the number"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_says_so_and_asks_for_no_payment(language: str) -> None:
    sample = samples.draft(language)

    shown = text(sample)

    assert [phrase for phrase in DRAFTS[language] if phrase not in shown] == []
    assert "+++" not in shown
    assert not figures(sample)


def test_every_page_of_a_draft_says_so() -> None:
    sample = replace(samples.long_invoice(), number="", communication="")

    assert all("CONCEPT" in page for page in pages(sample))


WORDS = {"nl": "Creditnota", "fr": "Note de crédit", "en": "Credit note"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_credit_note_asks_for_no_payment(language: str) -> None:
    sample = samples.credit_note(language)

    shown = text(sample)

    assert f"{WORDS[language]} CN2026-0001" in shown
    assert "Btw terug te storten aan de Staat" in shown
    assert samples.SELLER.iban in shown  # the seller's particulars, no more
    assert shown.count(samples.SELLER.iban) == 1
    assert not figures(sample)


# Pages.

ONE_PAGE = ["wallet", "ordinary", "mixed VAT", "reverse charge", "draft", "credit note"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ONE_PAGE)
def test_it_fits_on_one_page(name: str, language: str) -> None:
    """Also with the line that says that it is a copy (EIN-1)."""
    with override(language):
        note = copy_note(is_structured=True)

    shown = pages(replace(SAMPLES[name](language), copy_note=note))

    assert len(shown) == 1
    assert note in shown[0]


def test_sixty_lines_take_three_pages_with_heads_and_numbers() -> None:
    shown = pages(samples.long_invoice(60))

    assert len(shown) == 3
    for number, page in enumerate(shown, start=1):
        assert "Omschrijving Aantal Eenheidsprijs Btw Bedrag excl. btw" in page
        assert f"Pagina {number} van 3" in page
        assert "RPR Gent, afdeling Gent" in page
    assert all("Factuur 2026-0012" in page for page in shown)
    lines = re.findall(r"\((\d+)\) 1,5 uur 100,00", " ".join(shown))
    assert lines == [str(line) for line in range(1, 61)]


@pytest.mark.parametrize("count", range(18, 30))
def test_the_totals_never_stand_without_a_line(count: int) -> None:
    shown = pages(samples.long_invoice(count))

    [last] = [page for page in shown if "Totaal incl. btw" in page]
    assert f"({count})" in last
    [asked] = [page for page in shown if "Zo betaal je" in page]
    assert "2 Rechtstreeks aan ons" in asked


# Text from the database.


def test_markup_in_a_name_is_printed_as_it_is() -> None:
    nasty = '<img src="file:///etc/passwd"><script>alert(1)</script> & {{ x }}'
    sample = samples.ordinary_invoice()
    sample = replace(sample, buyer=replace(sample.buyer, legal_name=nasty))

    shown = text(sample).replace(" ", "")

    assert nasty.replace(" ", "") in shown
    assert len(figures(sample)) == 1  # the QR code


FORBIDDEN = [
    "file:///etc/passwd",
    "http://localhost/",
    "https://example.com/logo.png",
    "data:text/plain,hello",
    "asset:other",
    "asset:../settings.py",
    "logo",
    "",
]


@pytest.mark.parametrize("url", FORBIDDEN)
def test_the_fetcher_refuses_everything_but_its_own_assets(url: str) -> None:
    fetcher = AssetFetcher({"logo": (b"picture", "image/png")})

    with pytest.raises(URLFetchingError):
        fetcher.fetch(url)


def test_the_fetcher_serves_its_own_assets() -> None:
    fetcher = AssetFetcher({"logo": (b"picture", "image/png")})

    response = fetcher.fetch("asset:logo")

    assert (response.read(), response.content_type) == (b"picture", "image/png")


# The QR code (PAY-4).


def test_the_qr_code_asks_for_the_direct_amount_only() -> None:
    code = qr_modules(transfer())

    expected = segno.make_qr(
        b"BCD\n002\n1\nSCT\nTRIOBEBB\nianka fleerackers CommV\nBE68539007547034\n"
        b"EUR669.00\n\n\n" + samples.COMMUNICATION.encode(),
        error="m",
        mask=MASK,
        boost_error=False,
    )
    assert code == [[bool(module) for module in row] for row in expected.matrix]
    [image] = figures(samples.wallet_invoice())
    assert qr_modules(image) == code


def test_the_qr_code_is_of_the_standards_size() -> None:
    official = segno.helpers.make_epc_qr(
        name="ianka fleerackers CommV",
        iban="BE68539007547034",
        bic="TRIOBEBB",
        amount=Decimal("669.00"),
        text=samples.COMMUNICATION,
        encoding="utf-8",
    )

    assert len(qr_modules(transfer())) == len(official.matrix)


def test_there_is_no_qr_code_for_nothing() -> None:
    with pytest.raises(ValueError, match="no transfer"):
        transfer(Decimal("0.00"))


# The file.


@pytest.fixture(params=SAMPLES.values(), ids=list(SAMPLES))
def opened(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    content = render_pdf(request.param("nl"), logo=logo())
    with pikepdf.open(BytesIO(content)) as pdf:
        yield pdf


def test_it_says_that_it_is_pdf_a_3b(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "3B"
        assert metadata["dc:title"].endswith("Own Your Story")
        assert metadata["dc:creator"] == ["ianka fleerackers CommV"]
    [intent] = opened.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert len(bytes(opened.trailer.ID[0])) == 16


def test_it_is_tagged(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.Root.Lang == "nl"
    tags = list(structure(opened))
    kinds = {str(tag.S) for tag in tags}
    assert {"/H1", "/Table", "/THead", "/TR", "/TH", "/TD", "/Figure"} <= kinds
    assert all(str(tag.Alt) for tag in tags if tag.S == "/Figure")
    cells = [tag for tag in tags if tag.S == "/TD"]
    assert all(len(cell.A.Headers) for cell in cells)


def test_every_font_is_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [item for item in dictionaries(opened) if item.get("/FontName")]
    assert fonts
    assert all("/FontFile2" in font for font in fonts)
    names = {re.sub(r"^/[A-Z]{6}\+", "", str(font.FontName)) for font in fonts}
    assert names == {"Hanken", "Hanken-Semi-Bold", "Fraunces-Semi-Bold"}


def test_it_neither_hides_nor_runs_anything(opened: pikepdf.Pdf) -> None:
    assert not opened.is_encrypted
    forbidden = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/URI", "/EmbeddedFiles"}
    for item in dictionaries(opened):
        assert not forbidden & set(item.keys())
        assert "/SMask" not in item  # nothing is transparent
        assert item.get("/ca", 1) == 1


def test_equal_documents_give_equal_bytes() -> None:
    first, second = (
        render_pdf(samples.wallet_invoice(), logo=logo()) for _ in range(2)
    )

    assert first == second


def test_another_process_gives_the_same_bytes() -> None:
    script = (
        "import sys, hashlib, django; django.setup();"
        "from tests.invoicing.documents import samples;"
        "from invoicing.documents.pdf import render_pdf;"
        "pdf = render_pdf(samples.wallet_invoice(), logo=None);"
        "sys.stdout.buffer.write(pdf)"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )

    assert other.stdout == render_pdf(samples.wallet_invoice(), logo=None)


def test_its_dates_are_the_issue_date() -> None:
    pdf = PdfReader(BytesIO(render_pdf(samples.wallet_invoice(), logo=None)))

    assert pdf.metadata
    dates = [str(pdf.metadata[key]) for key in ("/CreationDate", "/ModDate")]
    assert dates == ["D:20260302", "D:20260302"]


def test_one_page_stays_under_forty_kilobytes() -> None:
    assert len(render_pdf(samples.wallet_invoice(), logo=None)) < 40_000


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "CMYK"])
def test_a_logo_of_any_kind_is_printed_in_rgb(mode: str) -> None:
    content = render_pdf(samples.ordinary_invoice(), logo=logo(mode))

    image = PdfReader(BytesIO(content)).pages[0].images[0].image
    assert image
    assert (image.mode, image.size) == ("RGB", (720, 225))


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="not a picture"):
        render_pdf(samples.ordinary_invoice(), logo=b"<svg/>")


def test_weasyprint_is_not_imported_before_it_is_needed() -> None:
    script = (
        "import sys, invoicing.documents.pdf;assert 'weasyprint' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=settings.BASE_DIR)


def transfer(amount: Decimal = Decimal("669.00")) -> bytes:
    """Return the code of the wallet invoice, as PNG."""
    return transfer_qr(
        name="ianka fleerackers CommV",
        iban=samples.SELLER.iban,
        bic=samples.SELLER.bic,
        amount=amount,
        communication=samples.COMMUNICATION,
    )


def figures(document: Document) -> list[bytes]:
    """Return the pictures of a document, as PNG."""
    pdf = PdfReader(BytesIO(render_pdf(document, logo=None)))
    return [image.data for page in pdf.pages for image in page.images]


def qr_modules(png: bytes) -> list[list[bool]]:
    """Return the modules of a code of one pixel a module, true where dark."""
    picture = Image.open(BytesIO(png)).convert("1")
    width, height = picture.size
    return [
        [picture.getpixel((x, y)) == 0 for x in range(width)] for y in range(height)
    ]


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and stream of the file."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item


def structure(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every structure element that hangs in the tree."""
    todo = list(pdf.Root.StructTreeRoot.K)
    while todo:
        item = todo.pop()
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            todo.extend(item.get("/K", []))
