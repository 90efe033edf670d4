"""Eight invented clients, one of each sort that the rules tell apart.

Their enterprise numbers fit the check digits (EIN-3) but lie at the far ends of the
range, and ``(voorbeeld)`` in each name says that nobody is behind it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from clients.models import Activity, Client, ClientKind, Contact, VatLiability

from .days import workday
from .rows import once

NOTE = "Voorbeeld: verzonnen gegevens."

CLIENTS: dict[str, dict[str, Any]] = {
    "bakery": {
        "enterprise_number": "0100000169",
        "legal_name": "Bakkerij De Korenaar BV (voorbeeld)",
        "legal_form": "bv",
        "street": "Kerkstraat 1",
        "postal_code": "9000",
        "city": "Gent",
        "language": "nl",
        "invoice_email": "korenaar@example.com",
        "fte": 12,
        "turnover": 1_450_000,
        "balance_total": 620_000,
        "public_share": 0,
        "nace": "10.71",
    },
    "robotics": {
        "enterprise_number": "1999999151",
        "legal_name": "Northsea Robotics NV (voorbeeld)",
        "legal_form": "nv",
        "street": "Zeedijk 20",
        "postal_code": "8400",
        "city": "Oostende",
        "language": "en",
        "invoice_email": "northsea@example.com",
        "reference": "NR-TRAINING",
        "fte": 118,
        "turnover": 24_000_000,
        "balance_total": 15_500_000,
        "counts_linked_firms": True,
        "public_share": 10,
        "nace": "28.99",
    },
    "harbour": {
        "enterprise_number": "0100000268",
        "legal_name": "Havenkade Logistics NV (voorbeeld)",
        "legal_form": "nv",
        "street": "Kaai 140",
        "postal_code": "2030",
        "city": "Antwerpen",
        "language": "en",
        "invoice_email": "havenkade@example.com",
        "fte": 640,
        "turnover": 210_000_000,
        "balance_total": 96_000_000,
        "public_share": 0,
        "nace": "52.24",
    },
    "brussels": {
        "enterprise_number": "0100000367",
        "legal_name": "Studio Marolles SRL (voorbeeld)",
        "legal_form": "bv",
        "street": "Rue Haute 5",
        "postal_code": "1000",
        "city": "Bruxelles",
        "language": "fr",
        "invoice_email": "marolles@example.com",
        "fte": 6,
        "public_share": 0,
        "nace": "73.11",
    },
    "vzw": {
        "enterprise_number": "1999999250",
        "legal_name": "Buurthuis De Linde VZW (voorbeeld)",
        "legal_form": "vzw",
        "vat_liability": VatLiability.ONLY_EXEMPT,
        "street": "Lindenplein 8",
        "postal_code": "2800",
        "city": "Mechelen",
        "language": "nl",
        "invoice_email": "delinde@example.com",
        "fte": 9,
        "public_share": 30,
        "nace": "88.99",
    },
    "dutch": {
        "foreign_vat_number": "NL123456789B13",
        "legal_name": "Waterkant Software B.V. (voorbeeld)",
        "legal_form": "foreign",
        "street": "Oudegracht 3",
        "postal_code": "3511 AB",
        "city": "Utrecht",
        "country": "NL",
        "language": "en",
        "invoice_email": "waterkant@example.com",
        "fte": 25,
    },
    "person": {
        "legal_name": "Lotte Peeters (voorbeeld)",
        "kind": ClientKind.PERSON,
        "vat_liability": VatLiability.NOT_LIABLE,
        "street": "Molenweg 17",
        "postal_code": "3500",
        "city": "Hasselt",
        "language": "nl",
        "invoice_email": "lotte@example.com",
    },
    "sole_trader": {
        "enterprise_number": "0100000466",
        "legal_name": "Amélie Laurent (voorbeeld)",
        "trade_name": "Atelier Lumière (voorbeeld)",
        "legal_form": "sole_trader",
        "street": "Avenue de la Forêt 30",
        "postal_code": "1640",
        "city": "Rhode-Saint-Genèse",
        "language": "fr",
        "invoice_email": "lumiere@example.com",
        "fte": 1,
        "turnover": 84_000,
        "public_share": 0,
        "nace": "74.10",
    },
}

KEYS = ("enterprise_number", "foreign_vat_number", "legal_name")
"""What a client is found again by: the first of these that it has."""

CONTACTS = {
    "bakery": ("Els Vermeulen", "zaakvoerder"),
    "robotics": ("Tom Baert", "learning & development"),
    "harbour": ("Karen De Smet", "HR business partner"),
    "brussels": ("Nadia Benali", "gérante"),
    "vzw": ("Wim Jacobs", "coördinator"),
    "dutch": ("Daan de Boer", "finance"),
}

USED_ELSEWHERE = {"bakery": 1500, "robotics": 7200}
"""EUR of this year's cap that the client says it used with others (SUB-7)."""

ACTIVITIES = {
    "1071": "Brood en vers banketbakkerswerk (voorbeeld)",
    "2899": "Machines voor bijzondere doeleinden (voorbeeld)",
    "5224": "Vrachtbehandeling (voorbeeld)",
    "7311": "Reclamebureaus (voorbeeld)",
    "7410": "Gespecialiseerd design (voorbeeld)",
}
"""Main activities, so that a verdict can be more than unknown (ELI-4)."""


def put_in_clients(*, today: date) -> dict[str, Client]:
    """Return the clients by name of their row, made where they are missing."""
    for nace, label in ACTIVITIES.items():
        once(Activity, {"nace": nace}, label=label)
    return {name: _client(name, today=today) for name in CLIENTS}


def _client(name: str, *, today: date) -> Client:
    fields = CLIENTS[name]
    key = next(key for key in KEYS if key in fields)
    rest = {field: value for field, value in fields.items() if field != key}
    client, is_new = once(Client, {key: fields[key]}, notes=NOTE, **rest)
    if not is_new:
        return client
    if name in CONTACTS:
        person, role = CONTACTS[name]
        Contact.objects.create(
            client=client,
            name=person,
            role=role,
            email=client.invoice_email,
            gets_invoices=True,
        )
    if name in USED_ELSEWHERE:
        told_on = workday(today, -31)
        client.elsewhere_uses.create(
            year=told_on.year, amount=USED_ELSEWHERE[name], told_on=told_on
        )
    return client
