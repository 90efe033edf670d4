"""An invoice without wallet: as the document itself, or as a copy of the e-invoice."""

from __future__ import annotations

from ownyourstory.mail.purposes import Text

INVOICE = {
    "nl": Text(
        subject="Factuur {number} van {seller}",
        body="""Dag {name},

In bijlage vind je factuur {number} van {issued_on}, voor een totaal van {gross}.

Je kunt dit bedrag tot en met {due_on} overschrijven op rekening {iban}, met de \
mededeling {communication}.

Heb je een vraag over deze factuur? Antwoord gerust op deze mail.

Bedankt voor de fijne samenwerking.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Facture {number} de {seller}",
        body="""Bonjour {name},

Vous trouverez en annexe la facture {number} du {issued_on}, pour un total de {gross}.

Vous pouvez verser ce montant jusqu’au {due_on} inclus sur le compte {iban}, avec la \
communication {communication}.

Une question sur cette facture ? Répondez simplement à ce message.

Merci pour l’agréable collaboration.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Invoice {number} from {seller}",
        body="""Dear {name},

Please find attached invoice {number} of {issued_on}, for a total of {gross}.

You can transfer this amount up to and including {due_on} to account {iban}, with \
the communication {communication}.

Any question about this invoice? Just reply to this mail.

Thank you for working with us.

Kind regards
{seller}""",
    ),
}

INVOICE_COPY = {
    "nl": Text(
        subject="Kopie van factuur {number} van {seller}",
        body="""Dag {name},

Je ontvangt factuur {number} van {issued_on} als e-factuur via Peppol: dat is het \
wettelijke document. De pdf in bijlage is een leesbare kopie ervan.

Je kunt het totaal van {gross} tot en met {due_on} overschrijven op rekening {iban}, \
met de mededeling {communication}.

Komt de e-factuur niet aan, of heb je een vraag? Antwoord gerust op deze mail.

Bedankt voor de fijne samenwerking.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Copie de la facture {number} de {seller}",
        body="""Bonjour {name},

Vous recevez la facture {number} du {issued_on} comme facture électronique via \
Peppol : c’est le document légal. Le PDF en annexe en est une copie lisible.

Vous pouvez verser le total de {gross} jusqu’au {due_on} inclus sur le compte {iban}, \
avec la communication {communication}.

La facture électronique n’arrive pas, ou vous avez une question ? Répondez simplement \
à ce message.

Merci pour l’agréable collaboration.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Copy of invoice {number} from {seller}",
        body="""Dear {name},

You receive invoice {number} of {issued_on} as an e-invoice over Peppol: that is the \
legal document. The attached PDF is a readable copy of it.

You can transfer the total of {gross} up to and including {due_on} to account {iban}, \
with the communication {communication}.

Does the e-invoice not arrive, or do you have a question? Just reply to this mail.

Thank you for working with us.

Kind regards
{seller}""",
    ),
}
