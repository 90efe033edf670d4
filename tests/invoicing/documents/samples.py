"""Documents straight from the dataclasses, for the tests of what reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from invoicing.documents.document import (
    Address,
    BuyerParty,
    Document,
    Kind,
    Line,
    SellerParty,
    SubsidyEstimate,
    Unit,
    WalletPart,
)
from invoicing.documents.reference import structured_communication
from invoicing.documents.totals import PricedLine, totals
from invoicing.documents.vat import Treatment

ISSUED_ON, DUE_ON = date(2026, 3, 2), date(2026, 4, 1)
FIRST_DAY, LAST_DAY = date(2026, 3, 12), date(2026, 3, 26)
COMMUNICATION = structured_communication(year=2026, sequence=12)

SELLER = SellerParty(
    legal_name="ianka fleerackers",
    trade_name="Own Your Story",
    legal_form="CommV",
    address=Address("Voorbeeldstraat 12", "9000", "Gent", "BE", "België"),
    enterprise_number="0824.677.865",
    vat_number="BE 0824.677.865",
    court="RPR Gent, afdeling Gent",
    iban="BE68 5390 0754 7034",
    bic="TRIOBEBB",
    bank="Triodos",
    email="hallo@example.com",
    phone="+32 9 000 00 00",
    website="www.example.com",
)

BUYER = BuyerParty(
    client_number="K0042",
    legal_name="Bakkerij De Gouden Korst BV",
    trade_name="",
    attention="Zoë Çelik",
    address=Address("Kerkstraat 7 bus 3", "8500", "Kortrijk", "BE", "België"),
    enterprise_number="0403.170.701",
    vat_number="BE 0403.170.701",
    email="zoe@example.com",
)

UNIT_LABELS = {
    "nl": {
        Unit.HOUR: "uur",
        Unit.DAY: "dagen",
        Unit.PIECE: "stuks",
        Unit.PERSON: "personen",
        Unit.LUMP_SUM: "forfait",
    },
    "fr": {
        Unit.HOUR: "heures",
        Unit.DAY: "jours",
        Unit.PIECE: "pièces",
        Unit.PERSON: "personnes",
        Unit.LUMP_SUM: "forfait",
    },
    "en": {
        Unit.HOUR: "hours",
        Unit.DAY: "days",
        Unit.PIECE: "pieces",
        Unit.PERSON: "people",
        Unit.LUMP_SUM: "lump sum",
    },
}

NOTES = {
    "nl": (
        (
            "Bij laattijdige betaling zijn van rechtswege en zonder ingebrekestelling "
            "een interest van 10,5 % per jaar en een vergoeding van € 40 verschuldigd."
        ),
        (
            "De elektronische factuur die je via Peppol kreeg, is de originele "
            "factuur; deze pdf is een leesbare kopie."
        ),
        "Btw-documenten bewaren we minstens zeven jaar, dossierstukken tien jaar.",
    ),
    "fr": (
        (
            "En cas de retard de paiement, un intérêt de 10,5 % par an et une "
            "indemnité de 40 € sont dus de plein droit et sans mise en demeure."
        ),
        (
            "La facture électronique reçue via Peppol est l'original ; ce PDF en est "
            "une copie lisible."
        ),
        (
            "Nous conservons les documents TVA au moins sept ans, les pièces du "
            "dossier dix ans."
        ),
    ),
    "en": (
        (
            "Late payment brings interest of 10.5% a year and a fixed charge of €40, "
            "by law and without notice."
        ),
        (
            "The electronic invoice you received over Peppol is the original; this PDF "
            "is a readable copy."
        ),
        "We keep VAT documents for at least seven years, dossier papers for ten.",
    ),
}

NO_CANCELLATION = {
    "nl": "De toekenning of weigering van de subsidie verandert niets aan onze "
    "overeenkomst en is geen reden tot annulering.",
    "fr": "L'octroi ou le refus du subside ne change rien à notre accord et ne "
    "constitue pas un motif d'annulation.",
    "en": "Whether the subsidy is granted or refused changes nothing in our "
    "agreement and is no ground for cancellation.",
}

DESCRIPTIONS = {
    "nl": (
        "Opleiding Strategisch vertellen voor ondernemers, 12, 19 en 26 maart 2026",
        "Begeleide oefensessies in kleine groep",
        "Intake en programma op maat",
        "Cursusmateriaal",
        "Lunch, 3 dagen",
    ),
    "fr": (
        "Formation Raconter sa stratégie pour entrepreneurs, 12, 19 et 26 mars 2026",
        "Sessions d'exercice encadrées en petit groupe",
        "Entretien préalable et programme sur mesure",
        "Support de cours",
        "Repas de midi, 3 jours",
    ),
    "en": (
        "Training Strategic storytelling for entrepreneurs, 12, 19 and 26 March 2026",
        "Guided practice sessions in a small group",
        "Intake and tailored programme",
        "Course material",
        "Lunch, 3 days",
    ),
}


def line(
    position: int,
    description: str,
    quantity: str,
    unit_price: str,
    *,
    language: str = "nl",
    unit: Unit = Unit.PIECE,
    discount: str = "0.00",
    treatment: Treatment = Treatment.STANDARD,
    vat_rate: str = "21",
    eligible: bool = False,
) -> Line:
    """Return a line whose net amount follows from the rest."""
    priced = PricedLine(
        quantity=Decimal(quantity),
        unit_price=Decimal(unit_price),
        discount=Decimal(discount),
        treatment=treatment,
        vat_rate=Decimal(vat_rate),
        eligible=eligible,
    )
    return Line(
        position=position,
        description=description,
        quantity=priced.quantity,
        unit=unit,
        unit_label=UNIT_LABELS[language][unit],
        unit_price=priced.unit_price,
        discount=priced.discount,
        net=priced.net,
        treatment=treatment,
        vat_rate=priced.vat_rate,
        eligible=eligible,
    )


def document(
    lines: Sequence[Line],
    *,
    language: str = "nl",
    buyer: BuyerParty = BUYER,
    wallet: WalletPart | None = None,
    notes: tuple[str, ...] | None = None,
) -> Document:
    """Return an issued invoice with ``lines`` and the totals that follow."""
    priced = [
        PricedLine(
            quantity=line.quantity,
            unit_price=line.unit_price,
            discount=line.discount,
            treatment=line.treatment,
            vat_rate=line.vat_rate,
            eligible=line.eligible,
        )
        for line in lines
    ]
    return Document(
        kind=Kind.INVOICE,
        language=language,
        number="2026-0012",
        issued_on=ISSUED_ON,
        due_on=DUE_ON,
        service_from=FIRST_DAY,
        service_until=LAST_DAY,
        seller=SELLER,
        buyer=buyer,
        buyer_reference="ZC/2026",
        order_reference="PO-7781",
        currency="EUR",
        lines=tuple(lines),
        totals=totals(priced, via_wallet=wallet is not None),
        communication=COMMUNICATION,
        wallet=wallet,
        notes=NOTES[language] if notes is None else notes,
    )


WALLET_WORDS = {
    "nl": (
        "opleiding",
        "digitalisering",
        "Strategisch vertellen",
        "kleine onderneming",
    ),
    "fr": ("formation", "numérisation", "Raconter sa stratégie", "petite entreprise"),
    "en": ("training", "digitalisation", "Strategic storytelling", "small enterprise"),
}


def wallet_part(language: str = "nl", *, base: str = "2700.00") -> WalletPart:
    """Return the wallet facts of a small enterprise that has not applied yet."""
    pillar, theme, title, size = WALLET_WORDS[language]
    subsidy = Decimal(base) * Decimal("0.30")
    return WalletPart(
        registration_number="DV.O222378",
        pillar_label=pillar,
        registered_from=date(2022, 8, 31),
        registered_until=date(2027, 9, 1),
        theme=theme,
        training_title=title,
        first_day=FIRST_DAY,
        last_day=LAST_DAY,
        hours=Decimal("18.00"),
        participants=("Zoë Çelik", "Jörg Vandenbroucke", "Noémie D'Hondt"),
        application_number="",
        apply_by=date(2026, 3, 26),
        contribution_days=14,
        contribution_by=None,
        pay_by=date(2027, 12, 31),
        estimate=SubsidyEstimate(
            year=2026,
            size_label=size,
            base=Decimal(base),
            rate=Decimal(30),
            subsidy=subsidy.quantize(Decimal("0.01")),
            own_contribution=(Decimal(base) - subsidy).quantize(Decimal("0.01")),
        ),
    )


def wallet_invoice(language: str = "nl") -> Document:
    """Return a wallet invoice of five lines, the last one not eligible (INV-6).

    € 2,700.00 through the wallet, € 669.00 directly.
    """
    training, practice, intake, material, lunch = DESCRIPTIONS[language]
    return document(
        [
            line(
                1,
                training,
                "3",
                "600.00",
                language=language,
                unit=Unit.PERSON,
                eligible=True,
            ),
            line(
                2,
                practice,
                "4.5",
                "120.00",
                language=language,
                unit=Unit.HOUR,
                eligible=True,
            ),
            line(
                3,
                intake,
                "1",
                "285.00",
                language=language,
                unit=Unit.LUMP_SUM,
                eligible=True,
            ),
            line(4, material, "3", "25.00", language=language, eligible=True),
            line(5, lunch, "3", "28.10", language=language, unit=Unit.DAY),
        ],
        language=language,
        wallet=wallet_part(language),
        notes=(NO_CANCELLATION[language], *NOTES[language]),
    )


def ordinary_invoice(language: str = "nl") -> Document:
    """Return an invoice without wallet: two lines, € 1,210.00 incl. VAT."""
    training, practice, *_ = DESCRIPTIONS[language]
    return document(
        [
            line(1, training, "1", "760.00", language=language, unit=Unit.PERSON),
            line(2, practice, "2", "120.00", language=language, unit=Unit.HOUR),
        ],
        language=language,
    )


def mixed_vat_invoice(language: str = "nl") -> Document:
    """Return an invoice with 21, 12 and 6 % VAT, a discount and a fine price."""
    training, practice, intake, material, lunch = DESCRIPTIONS[language]
    return document(
        [
            line(
                1,
                training,
                "2",
                "760.00",
                language=language,
                unit=Unit.PERSON,
                discount="152.00",
            ),
            line(2, practice, "1.25", "98.123456", language=language, unit=Unit.HOUR),
            line(3, intake, "1", "285.00", language=language, unit=Unit.LUMP_SUM),
            line(4, material, "12", "18.50", language=language, vat_rate="6"),
            line(5, lunch, "12", "25.00", language=language, vat_rate="12"),
        ],
        language=language,
    )


def long_invoice(count: int = 60, language: str = "nl") -> Document:
    """Return a wallet invoice of ``count`` lines."""
    titles = DESCRIPTIONS[language]
    return document(
        [
            line(
                position,
                f"{titles[position % 5]} ({position})",
                "1.5",
                "100.00",
                language=language,
                unit=Unit.HOUR,
                eligible=True,
            )
            for position in range(1, count + 1)
        ],
        language=language,
        wallet=wallet_part(language, base=f"{count * 150}.00"),
    )


def long_names_invoice(language: str = "nl") -> Document:
    """Return a wallet invoice in which every name is as long as names get."""
    long_word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
    buyer = replace(
        BUYER,
        client_number="KLANT-2026-000042",
        legal_name=f"{long_word}gesellschaft & Zonen, Coöperatieve Vennootschap",
        trade_name="Vereniging voor Őrség, Łódź, İstanbul en de Țărmul Mării Negre",
        attention="Mevrouw Wilhelmina-Antoinette van den Bossche-Vandenbroucke",
        address=Address(
            "Burgemeester Edmond Blockstraat 1234 bus 00123, gebouw C, 14de verdieping",
            "9880",
            "Sint-Maria-Aalter-Knesselare-Ursel",
            "NL",
            "Nederland",
        ),
    )
    wallet = replace(
        wallet_part(language, base="7350.00"),
        training_title="Strategisch vertellen voor ondernemers, bestuurders en wie "
        "met hen samenwerkt in een digitaliserende wereld vol verandering",
        participants=tuple(f"Anne-Sophie Van Overwaele-De Smet {n}" for n in range(9)),
        application_number="2026KMO123456",
        contribution_by=date(2026, 4, 9),
    )
    lines = [
        line(
            1,
            "Een opleiding met een omschrijving die niet op een regel past, omdat ze "
            "alles vertelt wat er te vertellen valt over de inhoud, de dagen en de "
            f"plaats waar ze doorgaat: {long_word}",
            "1234.5678",
            "5.953500",
            language=language,
            unit=Unit.PERSON,
            eligible=True,
        ),
        line(2, long_word * 2, "1", "123456.78", language=language),
    ]
    sample = document(lines, language=language, buyer=buyer, wallet=wallet)
    return replace(
        sample,
        buyer_reference="REF/2026/AFDELING-OPLEIDING/000123456789",
        order_reference="PO-4500123456-000010-2026",
    )


def reverse_charge_invoice(language: str = "nl") -> Document:
    """Return an invoice to a French business: VAT is due there, so 0 % here."""
    buyer = replace(
        BUYER,
        legal_name="Boulangerie Lefèvre SARL",
        address=Address("12 rue de l'Œuvre", "59000", "Lille", "FR", "Frankrijk"),
        enterprise_number="",
        vat_number="FR 83 404 833 048",
    )
    sentence = {
        "nl": "Btw verlegd – artikel 196 van richtlijn 2006/112/EG.",
        "fr": "Autoliquidation – article 196 de la directive 2006/112/CE.",
        "en": "Reverse charge – article 196 of Directive 2006/112/EC.",
    }
    return document(
        [
            line(
                1,
                DESCRIPTIONS[language][0],
                "2",
                "760.00",
                language=language,
                unit=Unit.PERSON,
                treatment=Treatment.REVERSE_CHARGE,
                vat_rate="0",
            )
        ],
        language=language,
        buyer=buyer,
        notes=(sentence[language], *NOTES[language]),
    )


def draft(language: str = "nl") -> Document:
    """Return the draft of the wallet invoice: no number, dates or communication."""
    return replace(
        wallet_invoice(language),
        number="",
        issued_on=None,
        due_on=None,
        communication="",
    )


def credit_note(language: str = "nl") -> Document:
    """Return a credit note over the ordinary invoice, with its legal sentence."""
    reason = {
        "nl": "Creditnota bij factuur 2026-0012 van 2 maart 2026: verplaatst.",
        "fr": "Note de crédit relative à la facture 2026-0012 du 2 mars 2026 : "
        "formation reportée.",
        "en": "Credit note to invoice 2026-0012 of 2 March 2026: training moved.",
    }
    return replace(
        ordinary_invoice(language),
        kind=Kind.CREDIT_NOTE,
        number="CN2026-0001",
        due_on=None,
        communication="",
        notes=(
            reason[language],
            (
                "Btw terug te storten aan de Staat in de mate waarin ze oorspronkelijk "
                "in aftrek werd gebracht."
            ),
        ),
    )
