"""Six programs: five trainings, one of them still being set up, and advice."""

from __future__ import annotations

from simple_history.utils import bulk_create_with_history

from programs.models import ChecklistAnswer, ExcludedContent, Program, Theme

from .rows import once
from .texts import TEXTS

PROGRAMS: dict[str, dict[str, object]] = {
    "stories": {
        "theme": "bedrijfsstrategie",
        "delivery": "open",
        "hours": 14,
        "price": 690,
    },
    "leading": {
        "theme": "personeelsmanagement",
        "delivery": "in_company",
        "hours": 14,
        "price": 2800,
        "price_basis": "group",
    },
    "cyber": {
        "theme": "digitalisering",
        "theme_group": "cybersecurity",
        "delivery": "open",
        "hours": 7,
        "price": 420,
    },
    "abroad": {
        "theme": "internationalisering",
        "delivery": "live_online",
        "hours": 7,
        "price": 340,
    },
    "numbers": {"delivery": "open", "hours": 12, "price": 575},
    "advice": {
        "kind": "advice",
        "delivery": "in_company",
        "hours": 10,
        "price": 1450,
        "price_basis": "group",
    },
}
"""What each program is; ``numbers`` has no theme yet, which its draft will say."""

REASONS = {
    "teambuilding": "Elke sessie heeft leerdoelen, lesmateriaal en een oefening.",
    "network-event": "Er is een vast programma met een trainer; netwerken is bijzaak.",
    "study-trip": "Alles gebeurt op één plaats, zonder bedrijfsbezoek of reis.",
    "nlp": "De methode is verhaalopbouw; NLP komt er niet in voor.",
    "mbti": "Er wordt geen persoonlijkheidstest afgenomen.",
    "insights": "Er wordt niet met kleurprofielen gewerkt.",
    "mindfulness": "Het gaat over het vak, niet over ontspanning of welzijn.",
    "exam-coaching": "Wie deelneemt, bereidt geen extern examen voor.",
    "open-coaching": "Thema, programma, duur en prijs liggen vast voor de start.",
}
"""Why a program is none of the contents that the scheme leaves out (PRG-3, PRG-4)."""

OWN_REASONS = {
    ("leading", "teambuilding"): (
        "De groep is een team, maar leert leidinggeven: met theorie, oefeningen en "
        "een opdracht tussen beide dagen."
    ),
    ("leading", "open-coaching"): (
        "De individuele oefening staat in het programma, met vaste duur en prijs."
    ),
    ("cyber", "nlp"): "De inhoud is technisch en organisatorisch: risico en herstel.",
    ("cyber", "exam-coaching"): "De afsluitende toets is van ons en hoort bij de dag.",
    ("abroad", "network-event"): (
        "Gasten uit het buitenland geven feedback op een oefening; er is geen beurs "
        "of receptie."
    ),
}
"""Reasons that go for one program only."""

OPEN_QUESTIONS = {"numbers": {"mindfulness", "open-coaching"}}
"""What the owner has not answered yet."""


def put_in_programs() -> dict[str, Program]:
    """Return the programs by name of their row, made where they are missing."""
    return {name: _program(name) for name in PROGRAMS}


def _program(name: str) -> Program:
    fields = {**PROGRAMS[name], **TEXTS[name]}
    if "theme" in fields:
        fields["theme"] = Theme.objects.get(code=fields["theme"])
    program, is_new = once(Program, {"title_nl": fields.pop("title_nl")}, **fields)
    if is_new and program.is_training:
        answers = [
            ChecklistAnswer(
                program=program,
                content=content,
                applies=False,
                reason=OWN_REASONS.get((name, content.code), REASONS[content.code]),
            )
            for content in ExcludedContent.objects.filter(code__in=REASONS)
            if content.code not in OPEN_QUESTIONS.get(name, ())
        ]
        bulk_create_with_history(answers, ChecklistAnswer)
    return program
