"""Sentences that are in a letter only where they apply, by language."""

from __future__ import annotations

from invoicing.dunning.levels import Audience

SUMS = {
    "nl": {
        "open": "Nog open: {open}",
        "interest": "Interest sinds {interest_from}: {interest}",
        "fixed": "Vaste vergoeding: {fixed}",
        "total": "Samen te betalen: {total}",
    },
    "fr": {
        "open": "Reste à payer : {open}",
        "interest": "Intérêts depuis le {interest_from} : {interest}",
        "fixed": "Indemnité forfaitaire : {fixed}",
        "total": "Total à payer : {total}",
    },
    "en": {
        "open": "Still open: {open}",
        "interest": "Interest since {interest_from}: {interest}",
        "fixed": "Fixed compensation: {fixed}",
        "total": "To pay together: {total}",
    },
}
"""The amounts with costs, a line each; one is left out where it is nothing."""

COSTS_NOTE = {
    Audience.BUSINESS: {
        "nl": (
            "Wat bij het openstaande bedrag komt, vragen we volgens de wet van "
            "2 augustus 2002 over betalingsachterstand. Het staat niet op de factuur."
        ),
        "fr": (
            "Ce qui s’ajoute au montant ouvert est demandé en vertu de la loi du "
            "2 août 2002 sur le retard de paiement. Cela ne figure pas sur la facture."
        ),
        "en": (
            "What comes on top of the open amount we ask under the Belgian Act of "
            "2 August 2002 on late payment. It is not on the invoice."
        ),
    },
    Audience.CONSUMER: {
        "nl": (
            "Wat bij het openstaande bedrag komt, vragen we volgens onze voorwaarden "
            "en boek XIX van het Wetboek van economisch recht. Het staat niet op de "
            "factuur."
        ),
        "fr": (
            "Ce qui s’ajoute au montant ouvert est demandé en vertu de nos conditions "
            "et du livre XIX du Code de droit économique. Cela ne figure pas sur la "
            "facture."
        ),
        "en": (
            "What comes on top of the open amount we ask under our terms and book XIX "
            "of the Belgian Code of Economic Law. It is not on the invoice."
        ),
    },
}

WALLET_NOTE = {
    "nl": (
        "Het gaat om het deel dat je rechtstreeks aan ons betaalt. Wat via de "
        "KMO-portefeuille loopt, staat hier los van."
    ),
    "fr": (
        "Il s’agit de la partie que vous nous payez directement, indépendamment de ce "
        "qui passe par le KMO-portefeuille."
    ),
    "en": (
        "This is about the part that you pay us directly. What goes through the "
        "KMO-portefeuille stands apart from it."
    ),
}

NOT_BY_WALLET = {
    "nl": "Wat de KMO-portefeuille niet betaalt, betaal je rechtstreeks aan ons.",
    "fr": "Ce que le KMO-portefeuille ne paie pas, vous nous le payez directement.",
    "en": "What the KMO-portefeuille does not pay, you pay us directly.",
}
"""Where the dossier ended without subsidy (DOS-6)."""

NO_COSTS_TO_COME = {
    "nl": "We rekenen ook daarna geen kosten aan.",
    "fr": "Nous ne compterons pas de frais par après non plus.",
    "en": "We charge no costs after that either.",
}

COSTS_TO_COME = {
    "nl": (
        "Betaal je later, dan kunnen we volgens onze voorwaarden een vaste vergoeding "
        "van {lump_sum} vragen, en interest{rate} op wat nog open staat."
    ),
    "fr": (
        "Si vous payez plus tard, nous pouvons demander, selon nos conditions, une "
        "indemnité forfaitaire de {lump_sum} et des intérêts{rate} sur ce qui reste à "
        "payer."
    ),
    "en": (
        "If you pay later, we may ask under our terms a fixed compensation of "
        "{lump_sum}, and interest{rate} on what is still open."
    ),
}

RATE = {
    "nl": " van {percent} per jaar",
    "fr": " de {percent} par an",
    "en": " of {percent} a year",
}
"""Left out while the rate of the day is not known."""
