"""The three letters to a business; the last two suit a private person as well."""

from __future__ import annotations

from ownyourstory.mail.purposes import Text

FIRST = {
    "nl": Text(
        subject="Herinnering: factuur {number}",
        body="""Dag {name},

Misschien is het je ontgaan: onze factuur {number} van {issued_on} was te betalen tot \
{due_on}. Daarvan staat nog {open} open.

{sums}

{costs_note}

{wallet_note}

Wil je {total} overschrijven op {iban}, met de mededeling {communication}? De \
factuur vind je in de bijlage.

Heb je intussen betaald? Dan hoef je niets meer te doen. Klopt er iets niet? Antwoord \
gerust op deze mail, we kijken het graag samen na.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Rappel : facture {number}",
        body="""Bonjour {name},

Cela vous a peut-être échappé : notre facture {number} du {issued_on} était payable \
jusqu’au {due_on}. Il reste {open} à payer.

{sums}

{costs_note}

{wallet_note}

Pouvez-vous virer {total} sur le compte {iban}, avec la communication \
{communication} ? Vous trouverez la facture en annexe.

Vous avez payé entre-temps ? Alors vous n’avez plus rien à faire. Quelque chose n’est \
pas correct ? Répondez à ce message, nous le vérifierons volontiers avec vous.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Reminder: invoice {number}",
        body="""Dear {name},

It may have escaped you: our invoice {number} of {issued_on} was payable by {due_on}. \
Of it {open} is still open.

{sums}

{costs_note}

{wallet_note}

Would you transfer {total} to {iban}, with the communication {communication}? You \
find the invoice attached.

Have you paid in the meantime? Then there is nothing left to do. Is something not \
right? Reply to this mail, we are glad to look into it with you.

Kind regards
{seller}""",
    ),
}

SECOND = {
    "nl": Text(
        subject="Factuur {number} is {days_late} dagen te laat",
        body="""Dag {name},

Onze factuur {number} van {issued_on} was te betalen tot {due_on}. Dat is {days_late} \
dagen geleden, en we hebben het hele bedrag nog niet.

{sums}

{costs_note}

{wallet_note}

Schrijf {total} over op {iban}, met de mededeling {communication}. Doe dat ten laatste \
op {pay_by}.

Ben je het niet eens met de factuur, of lukt betalen nu niet? Laat het ons weten, dan \
zoeken we een oplossing. Heb je net betaald, dan kruist dit bericht je betaling.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Facture {number} : {days_late} jours de retard",
        body="""Bonjour {name},

Notre facture {number} du {issued_on} était payable jusqu’au {due_on}. C’était il y a \
{days_late} jours, et nous n’avons pas encore reçu la totalité.

{sums}

{costs_note}

{wallet_note}

Veuillez virer {total} au plus tard le {pay_by} sur le compte {iban}, avec la \
communication {communication}.

Vous n’êtes pas d’accord avec la facture, ou vous ne pouvez pas payer maintenant ? \
Dites-le-nous, et nous chercherons une solution. Si vous venez de payer, nos messages \
se sont croisés.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Invoice {number} is {days_late} days late",
        body="""Dear {name},

Our invoice {number} of {issued_on} was payable by {due_on}. That is {days_late} days \
ago, and we do not have all of it yet.

{sums}

{costs_note}

{wallet_note}

Please transfer {total} by {pay_by} to {iban}, with the communication {communication}.

Do you disagree with the invoice, or can you not pay now? Let us know, and we will \
look for a solution. If you have just paid, our messages have crossed.

Kind regards
{seller}""",
    ),
}

LAST = {
    "nl": Text(
        subject="Laatste herinnering: factuur {number}",
        body="""Dag {name},

Dit is onze laatste herinnering voor factuur {number} van {issued_on}. Ze was te \
betalen tot {due_on} en is nu {days_late} dagen te laat.

{sums}

{costs_note}

{wallet_note}

Schrijf {total} over op {iban}, met de mededeling {communication}, zodat we het ten \
laatste op {pay_by} hebben. Horen we niets, dan nemen we de stappen die nodig zijn om \
het bedrag te innen.

Dat vermijden we liever. Bel of mail ons als er iets is.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Dernier rappel : facture {number}",
        body="""Bonjour {name},

Ceci est notre dernier rappel pour la facture {number} du {issued_on}. Elle était \
payable jusqu’au {due_on} et a maintenant {days_late} jours de retard.

{sums}

{costs_note}

{wallet_note}

Veuillez virer {total} sur le compte {iban}, avec la communication {communication}, de \
sorte que nous l’ayons au plus tard le {pay_by}. Sans nouvelles de votre part, nous \
ferons le nécessaire pour récupérer ce montant.

Nous préférons l’éviter. Appelez-nous ou écrivez-nous en cas de difficulté.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Last reminder: invoice {number}",
        body="""Dear {name},

This is our last reminder of invoice {number} of {issued_on}. It was payable by \
{due_on} and is now {days_late} days late.

{sums}

{costs_note}

{wallet_note}

Please transfer {total} to {iban}, with the communication {communication}, so that we \
have it by {pay_by}. If we hear nothing, we will take the steps needed to collect the \
amount.

We would rather avoid that. Call or mail us if there is anything.

Kind regards
{seller}""",
    ),
}
