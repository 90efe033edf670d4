"""A credit note: as the document itself, or as a copy of the e-invoice (EIN-2)."""

from __future__ import annotations

from ownyourstory.mail.purposes import Text

CREDIT_NOTE = {
    "nl": Text(
        subject="Creditnota {number} bij factuur {original}",
        body="""Dag {name},

In bijlage vind je creditnota {number} van {issued_on}, voor een totaal van {gross}. \
Ze hoort bij factuur {original} van {original_on}.

De reden: {reason}

{refund}

Heb je een vraag? Antwoord gerust op deze mail.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Note de crédit {number} pour la facture {original}",
        body="""Bonjour {name},

Vous trouverez en annexe la note de crédit {number} du {issued_on}, pour un total de \
{gross}. Elle se rapporte à la facture {original} du {original_on}.

Le motif : {reason}

{refund}

Une question ? Répondez simplement à ce message.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Credit note {number} for invoice {original}",
        body="""Dear {name},

Please find attached credit note {number} of {issued_on}, for a total of {gross}. It \
belongs to invoice {original} of {original_on}.

The reason: {reason}

{refund}

Any question? Just reply to this mail.

Kind regards
{seller}""",
    ),
}

CREDIT_NOTE_COPY = {
    "nl": Text(
        subject="Kopie van creditnota {number} bij factuur {original}",
        body="""Dag {name},

Je ontvangt creditnota {number} van {issued_on} als e-factuur via Peppol: dat is het \
wettelijke document. De pdf in bijlage is een leesbare kopie ervan.

Het totaal is {gross}. De creditnota hoort bij factuur {original} van {original_on}.

De reden: {reason}

{refund}

Heb je een vraag? Antwoord gerust op deze mail.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Copie de la note de crédit {number} pour la facture {original}",
        body="""Bonjour {name},

Vous recevez la note de crédit {number} du {issued_on} sous forme électronique via \
Peppol : c’est le document légal. Le PDF en annexe en est une copie lisible.

Le total est de {gross}. La note de crédit se rapporte à la facture {original} du \
{original_on}.

Le motif : {reason}

{refund}

Une question ? Répondez simplement à ce message.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Copy of credit note {number} for invoice {original}",
        body="""Dear {name},

You receive credit note {number} of {issued_on} electronically over Peppol: that is \
the legal document. The attached PDF is a readable copy of it.

The total is {gross}. The credit note belongs to invoice {original} of {original_on}.

The reason: {reason}

{refund}

Any question? Just reply to this mail.

Kind regards
{seller}""",
    ),
}
