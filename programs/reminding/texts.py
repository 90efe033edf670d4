"""The standard texts of the reminders. The owner may change each of them."""

from __future__ import annotations

from ownyourstory.mail.purposes import Text

APPLY = {
    "nl": Text(
        subject="Subsidie aanvragen kan tot en met {last_day}",
        body="""Dag {name},

Voor de opleiding {training} kun je nog subsidie aanvragen in de KMO-portefeuille van \
{client}. Dat kan tot en met {last_day}. Daarna kan het niet meer, en is de subsidie \
verloren.

Heb je ze al aangevraagd? Laat het ons weten, dan herinneren we je er niet meer aan.

Lukt iets niet? Antwoord gerust op deze mail, we helpen je graag.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Demande de subside possible jusqu’au {last_day} inclus",
        body="""Bonjour {name},

Pour la formation {training}, vous pouvez encore demander le subside dans le \
KMO-portefeuille de {client}, jusqu’au {last_day} inclus. Après cette date, ce n’est \
plus possible et le subside est perdu.

Vous l’avez déjà demandé ? Dites-le-nous, et nous ne vous le rappellerons plus.

Quelque chose ne va pas ? Répondez à ce message, nous vous aidons volontiers.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="You can apply for the subsidy up to and including {last_day}",
        body="""Dear {name},

For the training {training} you can still apply for the subsidy in the \
KMO-portefeuille of {client}, up to and including {last_day}. After that it is no \
longer possible, and the subsidy is lost.

Have you applied already? Let us know, and we will not remind you again.

Is something not working? Reply to this mail, we are glad to help.

Kind regards
{seller}""",
    ),
}

CONTRIBUTE = {
    "nl": Text(
        subject="Stort je eigen bijdrage tot en met {last_day}",
        body="""Dag {name},

Op {applied_on} vroeg je subsidie aan voor de opleiding {training}. Nu is het aan \
jou: stort je eigen bijdrage in de KMO-portefeuille van {client}, ten laatste op \
{last_day}. Pas daarna voegt de overheid haar deel toe.

Het bedrag en het rekeningnummer vind je bij je aanvraag in de KMO-portefeuille.

Heb je al gestort? Laat het ons weten, dan herinneren we je er niet meer aan.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Versez votre contribution propre jusqu’au {last_day} inclus",
        body="""Bonjour {name},

Le {applied_on}, vous avez demandé le subside pour la formation {training}. C’est \
maintenant à vous : versez votre contribution propre dans le KMO-portefeuille de \
{client}, au plus tard le {last_day}. Les pouvoirs publics n’ajoutent leur part \
qu’ensuite.

Vous trouverez le montant et le numéro de compte avec votre demande dans le \
KMO-portefeuille.

Vous avez déjà versé ? Dites-le-nous, et nous ne vous le rappellerons plus.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Pay in your own contribution up to and including {last_day}",
        body="""Dear {name},

On {applied_on} you applied for the subsidy for the training {training}. Now it is up \
to you: pay your own contribution into the KMO-portefeuille of {client}, on {last_day} \
at the latest. Only then does the government add its part.

You find the amount and the account number with your application in the \
KMO-portefeuille.

Have you paid it in already? Let us know, and we will not remind you again.

Kind regards
{seller}""",
    ),
}

ORDER = {
    "nl": Text(
        subject="Geef nog je betaalopdracht in de KMO-portefeuille",
        body="""Dag {name},

Je subsidie voor de opleiding {training} staat sinds {subsidised_on} klaar in de \
KMO-portefeuille van {client}. De betaling vertrekt niet vanzelf: daarvoor geef je \
daar zelf nog een betaalopdracht.

{our_invoice}

Wacht er niet te lang mee: de KMO-portefeuille moet betaald hebben op {last_day}. \
Daarna is de subsidie verloren.

Heb je de opdracht al gegeven? Laat het ons weten, dan herinneren we je er niet meer \
aan.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Il reste à donner votre ordre de paiement dans le KMO-portefeuille",
        body="""Bonjour {name},

Votre subside pour la formation {training} est prêt depuis le {subsidised_on} dans le \
KMO-portefeuille de {client}. Le paiement ne part pas tout seul : il vous reste à y \
donner un ordre de paiement.

{our_invoice}

N’attendez pas trop : le KMO-portefeuille doit avoir payé le {last_day}. Ensuite, le \
subside est perdu.

Vous avez déjà donné l’ordre ? Dites-le-nous, et nous ne vous le rappellerons plus.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="Your payment order in the KMO-portefeuille is still to be given",
        body="""Dear {name},

Your subsidy for the training {training} has been ready since {subsidised_on} in the \
KMO-portefeuille of {client}. The payment does not leave by itself: you still have to \
give a payment order there.

{our_invoice}

Do not wait too long: the KMO-portefeuille must have paid by {last_day}. After that \
the subsidy is lost.

Have you given the order already? Let us know, and we will not remind you again.

Kind regards
{seller}""",
    ),
}

FINISH = {
    "nl": Text(
        subject="De KMO-portefeuille betaalt tot en met {last_day}",
        body="""Dag {name},

De opleiding {training} moet op {last_day} afgelopen zijn, en de KMO-portefeuille van \
{client} moet ons dan betaald hebben. Wat er daarna nog staat, is verloren.

Kijk even na of je eigen bijdrage gestort is en of je de betaalopdracht gegeven hebt: \
die vertrekt niet vanzelf, en de betaling heeft enkele dagen nodig.

{our_invoice}

Lukt iets niet? Antwoord gerust op deze mail, we helpen je graag.

Vriendelijke groeten
{seller}""",
    ),
    "fr": Text(
        subject="Le KMO-portefeuille paie jusqu’au {last_day} inclus",
        body="""Bonjour {name},

La formation {training} doit être terminée le {last_day}, et le KMO-portefeuille de \
{client} doit alors nous avoir payés. Ce qui reste ensuite est perdu.

Vérifiez si votre contribution propre est versée et si vous avez donné l’ordre de \
paiement : il ne part pas tout seul, et le paiement prend quelques jours.

{our_invoice}

Quelque chose ne va pas ? Répondez à ce message, nous vous aidons volontiers.

Bien à vous
{seller}""",
    ),
    "en": Text(
        subject="The KMO-portefeuille pays up to and including {last_day}",
        body="""Dear {name},

The training {training} must have ended by {last_day}, and the KMO-portefeuille of \
{client} must have paid us by then. What is left there after that is lost.

Please check whether your own contribution is paid in and whether you gave the payment \
order: it does not leave by itself, and the payment takes a few days.

{our_invoice}

Is something not working? Reply to this mail, we are glad to help.

Kind regards
{seller}""",
    ),
}

OUR_INVOICE = {
    "nl": "Typ daarbij ons factuurnummer: {invoice}.",
    "fr": "Indiquez-y notre numéro de facture : {invoice}.",
    "en": "Type our invoice number there: {invoice}.",
}
"""DOS-4: the order names our invoice. Left out while there is none."""
