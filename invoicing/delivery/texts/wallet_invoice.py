"""An invoice that is paid in two parts, and through which road each goes (INV-6).

Nothing here asks for the training sum itself to be transferred (DOS-11).
"""

from __future__ import annotations

from ownyourstory.mail.purposes import Text

DIRECT_PAYMENT = {
    "nl": (
        "{direct}, tot en met {due_on} over te schrijven op rekening {iban} "
        "met de mededeling {communication}."
    ),
    "fr": (
        "{direct}, à verser jusqu’au {due_on} inclus sur le compte {iban} "
        "avec la communication {communication}."
    ),
    "en": (
        "{direct}, to be transferred up to and including {due_on} to account {iban} "
        "with the communication {communication}."
    ),
}
NOTHING_DIRECT = {
    "nl": "je hoeft niets over te schrijven.",
    "fr": "vous n’avez rien à verser.",
    "en": "nothing to transfer.",
}

WALLET_INVOICE = {
    "nl": Text(
        subject="Factuur {number} voor {training}",
        body="""Dag {name},

In bijlage vind je factuur {number} van {issued_on} voor {training}, voor een totaal \
van {gross}. Je betaalt ze in twee delen:

1. Via de KMO-portefeuille: {wallet}. Schrijf dit bedrag niet naar ons over. Geef in \
je portefeuille de betaalopdracht en vul daarbij ons factuurnummer in: {number}.

2. Rechtstreeks aan ons: {direct_payment}

Op de factuur staan alle stappen en data van je aanvraag. Loop je ergens vast? \
Antwoord gerust op deze mail, dan kijken we samen.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Facture {number} pour {training}",
        body="""Bonjour {name},

Vous trouverez en annexe la facture {number} du {issued_on} pour {training}, pour un \
total de {gross}. Elle se paie en deux parties :

1. Via le KMO-portefeuille : {wallet}. Ne nous versez pas ce montant. Donnez l’ordre \
de paiement dans votre portefeuille et indiquez-y notre numéro de facture : {number}.

2. Directement à nous : {direct_payment}

La facture reprend toutes les étapes et les dates de votre demande. Un point vous pose \
problème ? Répondez simplement à ce message et nous regarderons ensemble.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Invoice {number} for {training}",
        body="""Dear {name},

Please find attached invoice {number} of {issued_on} for {training}, for a total of \
{gross}. You pay it in two parts:

1. Through the KMO-portefeuille: {wallet}. Do not transfer this amount to us. Order \
the payment in your wallet and type our invoice number there: {number}.

2. Directly to us: {direct_payment}

All steps and dates of your application are on the invoice. Stuck somewhere? Just \
reply to this mail and we will look at it together.

Kind regards
{seller}""",
    ),
}

WALLET_INVOICE_COPY = {
    "nl": Text(
        subject="Factuur {number} voor {training}: kopie en betaling",
        body="""Dag {name},

Je ontvangt factuur {number} van {issued_on} voor {training} als e-factuur via \
Peppol: dat is het wettelijke document. De pdf in bijlage is een leesbare kopie ervan.

Het totaal is {gross}. Je betaalt het in twee delen:

1. Via de KMO-portefeuille: {wallet}. Schrijf dit bedrag niet naar ons over. Geef in \
je portefeuille de betaalopdracht en vul daarbij ons factuurnummer in: {number}.

2. Rechtstreeks aan ons: {direct_payment}

In de pdf staan alle stappen en data van je aanvraag. Loop je ergens vast, of komt de \
e-factuur niet aan? Antwoord gerust op deze mail, dan kijken we samen.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Facture {number} pour {training} : copie et paiement",
        body="""Bonjour {name},

Vous recevez la facture {number} du {issued_on} pour {training} comme facture \
électronique via Peppol : c’est le document légal. Le PDF en annexe en est une copie \
lisible.

Le total est de {gross}. Il se paie en deux parties :

1. Via le KMO-portefeuille : {wallet}. Ne nous versez pas ce montant. Donnez l’ordre \
de paiement dans votre portefeuille et indiquez-y notre numéro de facture : {number}.

2. Directement à nous : {direct_payment}

Le PDF reprend toutes les étapes et les dates de votre demande. Un point vous pose \
problème, ou la facture électronique n’arrive pas ? Répondez simplement à ce message \
et nous regarderons ensemble.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Invoice {number} for {training}: copy and payment",
        body="""Dear {name},

You receive invoice {number} of {issued_on} for {training} as an e-invoice over \
Peppol: that is the legal document. The attached PDF is a readable copy of it.

The total is {gross}. You pay it in two parts:

1. Through the KMO-portefeuille: {wallet}. Do not transfer this amount to us. Order \
the payment in your wallet and type our invoice number there: {number}.

2. Directly to us: {direct_payment}

All steps and dates of your application are in the PDF. Stuck somewhere, or does the \
e-invoice not arrive? Just reply to this mail and we will look at it together.

Kind regards
{seller}""",
    ),
}
