"""The registration of the brief, the terms of the scheme, its themes and exclusions.

REG-2, SUB-1, SUB-4, SUB-5, SUB-6, DOS-2, DOS-3, DOS-5, PRG-2, PRG-3 and PRG-4.
"""

from __future__ import annotations

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REGISTERED_FROM, REGISTERED_UNTIL = date(2022, 8, 31), date(2027, 9, 1)

RATES = {
    ("small", "general"): 30,
    ("medium", "general"): 20,
    ("small", "cybersecurity"): 45,
    ("medium", "cybersecurity"): 35,
    ("small", "energy"): 45,
    ("medium", "energy"): 35,
}

THEMES = [
    (
        "bedrijfsstrategie",
        "Bedrijfsstrategie",
        "Stratégie d'entreprise",
        "Business strategy",
    ),
    (
        "beroepsspecifieke-competenties",
        "Beroepsspecifieke competenties",
        "Compétences propres au métier",
        "Job-specific skills",
    ),
    ("digitalisering", "Digitalisering", "Numérisation", "Digitalisation"),
    ("duurzaamheid", "Duurzaamheid", "Durabilité", "Sustainability"),
    (
        "financiele-geletterdheid",
        "Financiële geletterdheid",
        "Culture financière",
        "Financial literacy",
    ),
    ("innovatie", "Innovatie", "Innovation", "Innovation"),
    (
        "internationalisering",
        "Internationalisering",
        "Internationalisation",
        "Internationalisation",
    ),
    (
        "personeelsmanagement",
        "Personeelsmanagement",
        "Gestion du personnel",
        "People management",
    ),
]

EXCLUDED = [
    (
        "teambuilding",
        "Is het teambuilding?",
        "Est-ce du team building ?",
        "Is it team building?",
    ),
    (
        "network-event",
        "Is het een netwerkevenement?",
        "Est-ce un événement de réseautage ?",
        "Is it a networking event?",
    ),
    (
        "study-trip",
        "Is het een studiereis?",
        "Est-ce un voyage d'étude ?",
        "Is it a study trip?",
    ),
    ("nlp", "Gaat het over NLP?", "S'agit-il de PNL ?", "Is it about NLP?"),
    ("mbti", "Gaat het over MBTI?", "S'agit-il du MBTI ?", "Is it about MBTI?"),
    (
        "insights",
        "Gaat het over Insights Discovery?",
        "S'agit-il d'Insights Discovery ?",
        "Is it about Insights Discovery?",
    ),
    (
        "mindfulness",
        "Gaat het over mindfulness?",
        "S'agit-il de pleine conscience ?",
        "Is it about mindfulness?",
    ),
    (
        "exam-coaching",
        "Is het begeleiding naar een examen?",
        "Est-ce une préparation à un examen ?",
        "Is it coaching for an exam?",
    ),
    (
        "open-coaching",
        (
            "Is het coaching waarvan thema, programma, duur of prijs "
            "niet vooraf vastligt?"
        ),
        (
            "Est-ce un coaching dont le thème, le programme, la durée ou le prix "
            "n'est pas fixé d'avance ?"
        ),
        (
            "Is it coaching whose theme, programme, duration or price "
            "is not fixed beforehand?"
        ),
    ),
]


def put_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("programs", "Registration").objects.create(
        number="DV.O222378",
        pillar="training",
        registered_with="VLAIO",
        valid_from=REGISTERED_FROM,
        valid_until=REGISTERED_UNTIL,
    )
    terms = apps.get_model("programs", "SchemeTerms").objects.create(
        valid_from=REGISTERED_FROM,
        cap=7500,
        minimum_cost=100,
        apply_within_days=14,
        contribution_within_days=14,
        finish_within_years=1,
        catering_limit=25,
    )
    for (size, group), percent in RATES.items():
        terms.rates.create(size=size, theme_group=group, percent=percent)
    for code, dutch, french, english in THEMES:
        apps.get_model("programs", "Theme").objects.create(
            code=code, name_nl=dutch, name_fr=french, name_en=english
        )
    for code, dutch, french, english in EXCLUDED:
        apps.get_model("programs", "ExcludedContent").objects.create(
            code=code, question_nl=dutch, question_fr=french, question_en=english
        )


class Migration(migrations.Migration):
    dependencies = [("programs", "0002_no_overlap")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
