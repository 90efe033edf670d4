"""A dossier has a state, its steps, its check, and what it takes of the cap."""

from __future__ import annotations

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import ownyourstory.days


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0005_days_in_reason"),
        ("programs", "0005_days_in_reason"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApplicationCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("enterprise", "Is it the right enterprise?"),
                            ("service", "Is it the training that you agreed?"),
                            ("enrolled", "Are its participants enrolled?"),
                            ("unrelated", "Is the enterprise unrelated to yours?"),
                        ],
                        max_length=10,
                        verbose_name="question",
                    ),
                ),
                ("is_right", models.BooleanField(verbose_name="yes")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
            ],
            options={
                "verbose_name": "check of an application",
                "verbose_name_plural": "checks of applications",
                "ordering": ["pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="DossierStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("agreed", "agreed"),
                            ("applied", "applied for"),
                            (
                                "contributed",
                                "own contribution paid in",
                            ),
                            ("subsidised", "subsidy added"),
                            ("ordered", "payment ordered"),
                            ("paid", "paid by the wallet"),
                            (
                                "refused_by_us",
                                "refused by us",
                            ),
                            (
                                "refused",
                                "refused by the agency",
                            ),
                            ("stopped", "stopped"),
                            ("lapsed", "lapsed"),
                        ],
                        max_length=15,
                        verbose_name="step",
                    ),
                ),
                (
                    "happened_on",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day], verbose_name="on"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "corrected_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="taken back at"
                    ),
                ),
                (
                    "correction",
                    models.TextField(blank=True, verbose_name="why it was taken back"),
                ),
            ],
            options={
                "verbose_name": "step",
                "verbose_name_plural": "steps",
                "ordering": ["pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="eligibility",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="eligibility when agreed",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="eligibility_answer",
            field=models.CharField(
                choices=[
                    ("yes", "yes"),
                    ("no", "no"),
                    ("unknown", "unknown"),
                ],
                default="unknown",
                editable=False,
                max_length=10,
                verbose_name="eligible when agreed",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="granted_subsidy",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="What the agency really gives, once you know it.",
                max_digits=10,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="subsidy granted (EUR)",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="override_reason",
            field=models.TextField(
                blank=True,
                help_text="Only where we find it not eligible, and you know better: the agency decides.",
                verbose_name="why the wallet all the same",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="state",
            field=models.CharField(
                choices=[
                    ("agreed", "agreed"),
                    ("applied", "applied for"),
                    ("contributed", "own contribution paid in"),
                    ("subsidised", "subsidy added"),
                    ("ordered", "payment ordered"),
                    ("paid", "paid by the wallet"),
                    ("refused_by_us", "refused by us"),
                    ("refused", "refused by the agency"),
                    ("stopped", "stopped"),
                    ("lapsed", "lapsed"),
                ],
                default="agreed",
                editable=False,
                max_length=15,
                verbose_name="how far it is",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="subsidy_base",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=10,
                null=True,
                verbose_name="eligible amount (EUR)",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="subsidy_estimate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=10,
                null=True,
                verbose_name="estimated subsidy (EUR)",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="subsidy_rate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=5,
                null=True,
                verbose_name="rate (%)",
            ),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="subsidy_year",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="year of the cap"
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="eligibility",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                verbose_name="eligibility when agreed",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="eligibility_answer",
            field=models.CharField(
                choices=[
                    ("yes", "yes"),
                    ("no", "no"),
                    ("unknown", "unknown"),
                ],
                default="unknown",
                editable=False,
                max_length=10,
                verbose_name="eligible when agreed",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="granted_subsidy",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="What the agency really gives, once you know it.",
                max_digits=10,
                null=True,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="subsidy granted (EUR)",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="override_reason",
            field=models.TextField(
                blank=True,
                help_text="Only where we find it not eligible, and you know better: the agency decides.",
                verbose_name="why the wallet all the same",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="state",
            field=models.CharField(
                choices=[
                    ("agreed", "agreed"),
                    ("applied", "applied for"),
                    ("contributed", "own contribution paid in"),
                    ("subsidised", "subsidy added"),
                    ("ordered", "payment ordered"),
                    ("paid", "paid by the wallet"),
                    ("refused_by_us", "refused by us"),
                    ("refused", "refused by the agency"),
                    ("stopped", "stopped"),
                    ("lapsed", "lapsed"),
                ],
                default="agreed",
                editable=False,
                max_length=15,
                verbose_name="how far it is",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="subsidy_base",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=10,
                null=True,
                verbose_name="eligible amount (EUR)",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="subsidy_estimate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=10,
                null=True,
                verbose_name="estimated subsidy (EUR)",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="subsidy_rate",
            field=models.DecimalField(
                blank=True,
                decimal_places=2,
                editable=False,
                max_digits=5,
                null=True,
                verbose_name="rate (%)",
            ),
        ),
        migrations.AddField(
            model_name="historicalenrolment",
            name="subsidy_year",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="year of the cap"
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "agreed",
                            "applied",
                            "contributed",
                            "subsidised",
                            "ordered",
                            "paid",
                            "refused_by_us",
                            "refused",
                            "stopped",
                            "lapsed",
                        ],
                    )
                ),
                name="programs_enrolment_state_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "agreed"),
                    ("uses_wallet", True),
                    _connector="OR",
                ),
                name="programs_enrolment_road_uses_wallet",
                violation_error_message="Its dossier is under way: take its steps back first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            (
                                "applied",
                                "contributed",
                                "subsidised",
                                "ordered",
                                "paid",
                            ),
                        ),
                        _negated=True,
                    ),
                    ("applied_on__isnull", False),
                    _connector="OR",
                ),
                name="programs_enrolment_applied_has_date",
                violation_error_message="The client applied: on which day?",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("subsidy_base", None),
                        ("subsidy_estimate", None),
                        ("subsidy_rate", None),
                        ("subsidy_year", None),
                    ),
                    models.Q(
                        ("subsidy_base__gte", models.F("subsidy_estimate")),
                        ("subsidy_estimate__gte", 0),
                        ("subsidy_rate__gte", 0),
                        ("subsidy_year__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="programs_enrolment_subsidy_sound",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("granted_subsidy", None),
                    ("granted_subsidy__gte", 0),
                    _connector="OR",
                ),
                name="programs_enrolment_grant_sound",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "eligibility_answer__in",
                        [
                            "yes",
                            "no",
                            "unknown",
                        ],
                    )
                ),
                name="programs_enrolment_answer_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uses_wallet", False),
                    models.Q(
                        ("eligibility_answer", "no"),
                        _negated=True,
                    ),
                    models.Q(("override_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="programs_enrolment_no_wallet_against_no",
                violation_error_message="We find it not eligible: write down why you use the wallet all the same, or take the tick away.",
            ),
        ),
        migrations.AddField(
            model_name="applicationcheck",
            name="checked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="checked by",
            ),
        ),
        migrations.AddField(
            model_name="applicationcheck",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="checks",
                to="programs.enrolment",
                verbose_name="enrolment",
            ),
        ),
        migrations.AddField(
            model_name="dossierstep",
            name="corrected_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken back by",
            ),
        ),
        migrations.AddField(
            model_name="dossierstep",
            name="enrolment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="programs.enrolment",
                verbose_name="enrolment",
            ),
        ),
        migrations.AddField(
            model_name="dossierstep",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationcheck",
            constraint=models.UniqueConstraint(
                fields=("enrolment", "question"),
                name="programs_applicationcheck_answered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("question__in", ["enterprise", "service", "enrolled", "unrelated"])
                ),
                name="programs_applicationcheck_question_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="applicationcheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_right", True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="programs_applicationcheck_no_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "agreed",
                            "applied",
                            "contributed",
                            "subsidised",
                            "ordered",
                            "paid",
                            "refused_by_us",
                            "refused",
                            "stopped",
                            "lapsed",
                        ],
                    )
                ),
                name="programs_dossierstep_state_valid",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "state__in",
                            [
                                "lapsed",
                                "refused",
                                "refused_by_us",
                                "stopped",
                            ],
                        ),
                        _negated=True,
                    ),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="programs_dossierstep_reason_given",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("corrected_at", None), ("correction", "")),
                    models.Q(
                        ("corrected_at__isnull", False),
                        models.Q(("correction", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="programs_dossierstep_correction_complete",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossierstep",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrected_at", None)),
                fields=("enrolment", "state"),
                name="programs_dossierstep_taken_once",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalApplicationCheck",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("enterprise", "Is it the right enterprise?"),
                            ("service", "Is it the training that you agreed?"),
                            ("enrolled", "Are its participants enrolled?"),
                            ("unrelated", "Is the enterprise unrelated to yours?"),
                        ],
                        max_length=10,
                        verbose_name="question",
                    ),
                ),
                ("is_right", models.BooleanField(verbose_name="yes")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("checked_at", models.DateTimeField(verbose_name="checked at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "enrolment",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="programs.enrolment",
                        verbose_name="enrolment",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical check of an application",
                "verbose_name_plural": "historical checks of applications",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
