"""Titles and descriptions of the example programs, in the three languages."""

from __future__ import annotations

TEXTS = {
    "stories": {
        "title_nl": "Verhalen die verkopen",
        "description_nl": (
            "In twee dagen maak je van wat jouw zaak bijzonder maakt een verhaal dat "
            "klanten onthouden. Je brengt eigen materiaal mee: een offerte, een "
            "webpagina, een verkoopgesprek. Je gaat naar huis met drie teksten die "
            "af zijn en een werkwijze voor de volgende."
        ),
        "title_fr": "Des histoires qui vendent",
        "description_fr": (
            "En deux jours, vous faites de ce qui distingue votre entreprise une "
            "histoire que vos clients retiennent. Vous travaillez sur votre propre "
            "matériel : une offre, une page web, un entretien de vente. Vous "
            "repartez avec trois textes aboutis et une méthode pour les suivants."
        ),
        "title_en": "Stories that sell",
        "description_en": (
            "In two days you turn what sets your business apart into a story that "
            "customers remember. You bring your own material: a quote, a web page, "
            "a sales talk. You go home with three finished texts and a way to write "
            "the next ones."
        ),
    },
    "leading": {
        "title_nl": "Leidinggeven met een eigen verhaal",
        "description_nl": (
            "Een leidinggevende die weet waar ze voor staat, hoeft minder uit te "
            "leggen. Deelnemers leren een richting helder te brengen, een moeilijk "
            "gesprek voor te bereiden en feedback te geven die iets verandert. "
            "Tussen beide dagen ligt een opdracht op de eigen werkvloer."
        ),
        "title_fr": "Diriger avec sa propre histoire",
        "description_fr": (
            "Qui sait ce qu'il défend a moins à expliquer. Les participants "
            "apprennent à donner un cap clair, à préparer un entretien difficile et "
            "à formuler un retour qui fait bouger les choses. Entre les deux "
            "journées : un exercice sur leur propre lieu de travail."
        ),
        "title_en": "Leading with a story of your own",
        "description_en": (
            "A leader who knows what she stands for has less to explain. "
            "Participants learn to set a clear direction, to prepare a difficult "
            "conversation and to give feedback that changes something. Between the "
            "two days lies an assignment at their own workplace."
        ),
    },
    "cyber": {
        "title_nl": "Digitaal weerbaar: cyberveiligheid voor kleine teams",
        "description_nl": (
            "Wat doe je het eerste uur na een verdachte e-mail? Een dag over "
            "wachtwoorden, back-ups, toegangen en de mensen erachter, met een "
            "oefenincident in de namiddag. Je vertrekt met een noodplan van één "
            "bladzijde voor je eigen bedrijf."
        ),
        "title_fr": "Résister en ligne : la cybersécurité pour petites équipes",
        "description_fr": (
            "Que faites-vous dans l'heure qui suit un e-mail suspect ? Une journée "
            "sur les mots de passe, les sauvegardes, les accès et les personnes "
            "derrière, avec un incident simulé l'après-midi. Vous repartez avec un "
            "plan d'urgence d'une page pour votre entreprise."
        ),
        "title_en": "Digitally resilient: cybersecurity for small teams",
        "description_en": (
            "What do you do in the first hour after a suspicious e-mail? A day "
            "about passwords, backups, access and the people behind them, with a "
            "staged incident in the afternoon. You leave with a one-page emergency "
            "plan for your own company."
        ),
    },
    "abroad": {
        "title_nl": "Vertel het over de grens",
        "description_nl": (
            "Twee online voormiddagen voor wie in het Engels of Frans moet "
            "overtuigen. Je herwerkt een presentatie voor een publiek dat jouw markt "
            "niet kent en oefent ze voor een kleine groep, met een trainer die "
            "meeluistert."
        ),
        "title_fr": "Racontez-le au-delà des frontières",
        "description_fr": (
            "Deux matinées en ligne pour convaincre en anglais ou en néerlandais. "
            "Vous retravaillez une présentation pour un public qui ne connaît pas "
            "votre marché et l'exercez devant un petit groupe, sous l'oreille d'une "
            "formatrice."
        ),
        "title_en": "Tell it across borders",
        "description_en": (
            "Two mornings online for those who must convince people from elsewhere. "
            "You rework a presentation for an audience that does not know your "
            "market and practise it before a small group, with a trainer listening "
            "in."
        ),
    },
    "numbers": {
        "title_nl": "Je cijfers vertellen een verhaal",
        "description_nl": (
            "Een jaarrekening is geen bijlage maar een hoofdstuk. In twee dagen "
            "lees je je eigen balans, kies je vijf cijfers die ertoe doen en leg je "
            "ze uit aan een bankier, een vennoot en een medewerker."
        ),
        "title_fr": "Vos chiffres racontent une histoire",
        "description_fr": (
            "Les comptes annuels ne sont pas une annexe mais un chapitre. En deux "
            "jours, vous lisez votre propre bilan, choisissez cinq chiffres qui "
            "comptent et les expliquez à un banquier, un associé et un "
            "collaborateur."
        ),
        "title_en": "Your figures tell a story",
        "description_en": (
            "Annual accounts are not an appendix but a chapter. In two days you "
            "read your own balance sheet, choose five figures that matter and "
            "explain them to a banker, a partner and a colleague."
        ),
    },
    "advice": {
        "title_nl": "Advies: je merkverhaal op punt",
        "description_nl": (
            "Twee gesprekken, een doorlichting van je teksten en een nota met wat "
            "blijft, wat weg mag en wat ontbreekt."
        ),
        "title_fr": "Conseil : le récit de votre marque",
        "description_fr": (
            "Deux entretiens, un examen de vos textes et une note : ce qui reste, "
            "ce qui peut partir et ce qui manque."
        ),
        "title_en": "Advice: your brand story in order",
        "description_en": (
            "Two conversations, a review of your texts and a paper saying what "
            "stays, what may go and what is missing."
        ),
    },
}
"""By program and field."""
