"""Papers made by hand: ordinary ones, and ones as long as anybody makes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

from ownyourstory.letterhead import Address, Letterhead
from programs.papers.paper import (
    Agreement,
    AttendanceList,
    Certificates,
    Charged,
    Enterprise,
    Estimated,
    Person,
    Price,
    PriceLine,
    Registered,
    Session,
    Training,
    WalletRoad,
)

AGREED_ON = date(2026, 2, 20)
MADE_ON = date(2026, 2, 23)
FIRST_DAY, LAST_DAY = date(2026, 3, 12), date(2026, 3, 26)
NAMES = ("Zoë Çelik", "Jörg Vandenbroucke", "Noémie D'Hondt")

OWN = Letterhead(
    full_name="ianka fleerackers CommV",
    legal_name="ianka fleerackers CommV",
    trade_name="Own Your Story",
    address=Address("Voorbeeldstraat 12", "9000", "Gent"),
    vat_number="BE 0824.677.865",
    court="RPR Gent, afdeling Gent",
    iban="BE68 5390 0754 7034",
    bic="TRIOBEBB",
    bank="Triodos",
    email="hallo@example.com",
    phone="+32 9 000 00 00",
    website="www.example.com",
)

BAKERY = Enterprise(
    client_number="K00042",
    legal_name="Bakkerij De Gouden Korst BV",
    trade_name="De Gouden Korst",
    street="Kerkstraat 7 bus 3",
    postal_code="8500",
    city="Kortrijk",
    country_name="",
    enterprise_number="0403.170.701",
    vat_number="BE 0403.170.701",
)

WORDS = {
    "nl": {
        "kind": "Opleiding",
        "title": "Strategisch vertellen",
        "content": (
            "In twee dagen maak je van wat jouw zaak bijzonder maakt een verhaal dat "
            "klanten onthouden. Je gaat naar huis met drie teksten die af zijn en een "
            "werkwijze voor de volgende."
        ),
        "theme": "digitalisering",
        "delivery": "Open opleiding",
        "pillar": "opleiding",
        "size": "kleine onderneming",
        "lunch": "Lunch, twee dagen",
        "book": "Gedrukt werkboek",
    },
    "fr": {
        "kind": "Formation",
        "title": "Raconter sa stratégie",
        "content": (
            "En deux jours, vous faites de ce qui distingue votre entreprise une "
            "histoire que vos clients retiennent. Vous repartez avec trois textes "
            "aboutis et une méthode pour les suivants."
        ),
        "theme": "numérisation",
        "delivery": "Formation ouverte",
        "pillar": "formation",
        "size": "petite entreprise",
        "lunch": "Repas de midi, deux jours",
        "book": "Cahier imprimé",
    },
    "en": {
        "kind": "Training",
        "title": "Strategic storytelling",
        "content": (
            "In two days you turn what sets your business apart into a story that "
            "customers remember. You go home with three finished texts and a way to "
            "write the next ones."
        ),
        "theme": "digitalisation",
        "delivery": "Open course",
        "pillar": "training",
        "size": "small enterprise",
        "lunch": "Lunch, two days",
        "book": "Printed workbook",
    },
}


def session(day: date, *, hours: str = "6") -> Session:
    """Return a session from half past nine with an hour of lunch."""
    return Session(
        day=day, hours=Decimal(hours), starts_at=time(9, 30), ends_at=time(16, 30)
    )


def training(language: str = "nl") -> Training:
    """Return two days of six hours."""
    words = WORDS[language]
    return Training(
        kind=words["kind"],
        title=words["title"],
        content=words["content"],
        theme=words["theme"],
        delivery=words["delivery"],
        place="De Zolderkamer, Gent",
        sessions=(session(FIRST_DAY), session(LAST_DAY)),
    )


def price(language: str = "nl") -> Price:
    """Return € 1,875.00 that is eligible, and € 132.00 that is not."""
    words = WORDS[language]
    return Price(
        lines=(
            PriceLine(
                description=words["title"],
                quantity=Decimal(3),
                unit_price=Decimal("650.00"),
                discount=Decimal("150.00"),
                amount=Decimal("1800.00"),
                eligible=True,
            ),
            PriceLine(
                description=words["book"],
                quantity=Decimal(3),
                unit_price=Decimal("25.00"),
                discount=Decimal(0),
                amount=Decimal("75.00"),
                eligible=True,
            ),
            PriceLine(
                description=words["lunch"],
                quantity=Decimal(6),
                unit_price=Decimal("22.00"),
                discount=Decimal(0),
                amount=Decimal("132.00"),
                eligible=False,
            ),
        )
    )


def road(language: str = "nl") -> WalletRoad:
    """Return the road of a small enterprise that has not applied, nor been invoiced."""
    words = WORDS[language]
    return WalletRoad(
        registered=Registered(
            number="DV.O222378",
            pillar=words["pillar"],
            valid_from=date(2022, 8, 31),
            valid_until=date(2027, 9, 1),
        ),
        application_number="",
        applied_on=None,
        apply_by=date(2026, 3, 26),
        contribution_days=14,
        contribution_by=None,
        finish_years=1,
        pay_by=date(2027, 12, 31),
        estimate=Estimated(
            size_label=words["size"],
            rate=Decimal(30),
            base=Decimal("1875.00"),
            subsidy=Decimal("562.50"),
            own_contribution=Decimal("1312.50"),
        ),
        charged=None,
    )


def charged(road: WalletRoad) -> WalletRoad:
    """Return ``road`` once the client applied and our invoice is out."""
    return replace(
        road,
        application_number="2026KMO123456",
        applied_on=date(2026, 3, 2),
        contribution_by=date(2026, 3, 16),
        charged=Charged(
            number="2026-0012",
            issued_on=date(2026, 2, 27),
            due_on=date(2026, 3, 29),
            wallet=Decimal("1875.00"),
            direct=Decimal("553.47"),
            communication="+++001/2345/67810+++",
            estimate=road.estimate,
        ),
    )


def agreement(language: str = "nl") -> Agreement:
    """Return what was agreed with a bakery that sends three people."""
    return Agreement(
        language=language,
        made_on=MADE_ON,
        letterhead=OWN,
        enterprise=BAKERY,
        agreed_on=AGREED_ON,
        order_reference="PO-7781",
        training=training(language),
        participants=NAMES,
        price=price(language),
        wallet=road(language),
    )


def invoiced(language: str = "nl") -> Agreement:
    """Return the same agreement once it was applied for and invoiced."""
    return replace(agreement(language), wallet=charged(road(language)))


def without_wallet(language: str = "nl") -> Agreement:
    """Return the agreement with a client that pays all of it itself."""
    return replace(agreement(language), wallet=None)


LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamten"
LONG_TITLE = (
    "Strategisch vertellen voor ondernemers, bestuurders en wie met hen samenwerkt "
    "in een digitaliserende wereld vol verandering, en hoe je dat elke dag volhoudt"
)
LONG_NAMES = (
    "Wilhelmina-Antoinette van den Bossche-Vandenbroucke de Meester de Betzenbroeck",
    LONG_WORD,
    *(f"Anne-Sophie Van Overwaele-De Smet {number}" for number in range(1, 11)),
)
LONG_ENTERPRISE = f"{LONG_WORD}gesellschaft & Zonen, Coöperatieve Vennootschap"


def long_training(language: str = "nl", *, days: int = 10) -> Training:
    """Return ``days`` days of which every text is as long as texts get."""
    return replace(
        training(language),
        title=LONG_TITLE,
        content="\n".join([WORDS[language]["content"] * 2] * 2),
        place="Burgemeester Edmond Blockstraat 1234 bus 00123, 9880 Aalter-Knesselare",
        sessions=tuple(
            session(FIRST_DAY + timedelta(days=7 * week), hours="6.5")
            for week in range(days)
        ),
    )


def long_agreement(language: str = "nl") -> Agreement:
    """Return an agreement about ten days with twelve people."""
    prices = price(language)
    return replace(
        invoiced(language),
        enterprise=replace(
            BAKERY,
            legal_name=LONG_ENTERPRISE,
            trade_name="Vereniging voor Őrség, Łódź, İstanbul en de Țărmul Mării Negre",
            street="Burgemeester Edmond Blockstraat 1234 bus 00123, gebouw C",
            city="Sint-Maria-Aalter-Knesselare-Ursel",
            country_name="Nederland",
        ),
        order_reference="PO-4500123456-000010-2026",
        training=long_training(language),
        participants=LONG_NAMES,
        price=Price(
            lines=(replace(prices.lines[0], description=LONG_TITLE), *prices.lines[1:])
        ),
    )


def people(count: int = 8) -> tuple[Person, ...]:
    """Return ``count`` people of two enterprises."""
    enterprises = ("De Gouden Korst", "Robotica Oostende")
    return tuple(
        Person(name=f"Anna Voorbeeld {number}", enterprise=enterprises[number % 2])
        for number in range(1, count + 1)
    )


def attendance(language: str = "nl") -> AttendanceList:
    """Return the list of two days with eight people."""
    return AttendanceList(
        language=language, letterhead=OWN, training=training(language), people=people()
    )


def long_attendance(language: str = "nl") -> AttendanceList:
    """Return the list of ten days with twelve people with long names."""
    return AttendanceList(
        language=language,
        letterhead=OWN,
        training=long_training(language),
        people=tuple(
            Person(name=name, enterprise=LONG_ENTERPRISE) for name in LONG_NAMES
        ),
    )


def certificates(language: str = "nl") -> Certificates:
    """Return a certificate for each of three people who were there all the time."""
    return Certificates(
        language=language,
        letterhead=OWN,
        training=training(language),
        people=tuple(
            Person(name=name, enterprise=BAKERY.legal_name, hours=Decimal(12))
            for name in NAMES
        ),
    )


def long_certificates(language: str = "nl") -> Certificates:
    """Return certificates with names and a title as long as they get."""
    return Certificates(
        language=language,
        letterhead=OWN,
        training=long_training(language),
        people=tuple(
            Person(name=name, enterprise=LONG_ENTERPRISE, hours=Decimal("58.5"))
            for name in LONG_NAMES[:2]
        ),
    )


def endless_certificates(language: str = "nl") -> Certificates:
    """Return certificates of 24 days with every text as long as the database takes."""
    name = ("Wolfgang-Amadeus-Theophilus " * 8)[:200]
    course = replace(
        long_training(language, days=24),
        title=("Vertellen en overtuigen in een wereld vol rumoer " * 9)[:200],
        place=("Burgemeester Edmond Blockstraat 1234 " * 9)[:200],
    )
    enterprise = ("Maatschappij voor Handel en Nijverheid " * 9)[:200]
    return replace(
        certificates(language),
        training=course,
        people=(
            Person(name=name, enterprise=enterprise, hours=Decimal(156)),
            Person(name="W" * 200, enterprise="M" * 200, hours=Decimal(156)),
        ),
    )
