"""The first letter to a private person, which costs nothing and says what the law asks.

Book XIX of the Code of Economic Law: what is owed, what for, since when, to whom, by
when it is paid without costs, and which costs follow after that.
"""

from __future__ import annotations

from ownyourstory.mail.purposes import Text

FIRST = {
    "nl": Text(
        subject="Herinnering zonder kosten: factuur {number}",
        body="""Dag {name},

Misschien is het je ontgaan: onze factuur {number} van {issued_on} was te betalen tot \
{due_on}. Ze gaat over: {about}. Daarvan staat nog {open} open.

Deze herinnering is gratis. Je kunt nog zonder kosten betalen tot en met {pay_by}: \
schrijf {open} over op {iban}, met de mededeling {communication}.

{costs_to_come}

De factuur vind je in de bijlage. Heb je intussen betaald? Dan hoef je niets meer te \
doen. Ben je het niet eens met de factuur, of lukt betalen nu niet? Antwoord op deze \
mail, dan zoeken we samen een oplossing.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Rappel sans frais : facture {number}",
        body="""Bonjour {name},

Cela vous a peut-être échappé : notre facture {number} du {issued_on} était payable \
jusqu’au {due_on}. Elle concerne : {about}. Il reste {open} à payer.

Ce rappel est gratuit. Vous pouvez encore payer sans frais jusqu’au {pay_by} inclus : \
virez {open} sur le compte {iban}, avec la communication {communication}.

{costs_to_come}

Vous trouverez la facture en annexe. Vous avez payé entre-temps ? Alors vous n’avez \
plus rien à faire. Vous n’êtes pas d’accord avec la facture, ou vous ne pouvez pas \
payer maintenant ? Répondez à ce message, et nous chercherons une solution ensemble.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Reminder without costs: invoice {number}",
        body="""Dear {name},

It may have escaped you: our invoice {number} of {issued_on} was payable by {due_on}. \
It is about: {about}. Of it {open} is still open.

This reminder is free. You can still pay without costs up to and including {pay_by}: \
transfer {open} to {iban}, with the communication {communication}.

{costs_to_come}

You find the invoice attached. Have you paid in the meantime? Then there is nothing \
left to do. Do you disagree with the invoice, or can you not pay now? Reply to this \
mail, and we will look for a solution together.

Kind regards
{seller}""",
    ),
}
