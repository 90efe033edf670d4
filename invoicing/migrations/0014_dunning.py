"""Reminders for money that is late, and the defaults that the owner may change.

INV-8 in docs/rules.md; for consumers book XIX of the Code of Economic Law.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import django.core.validators
import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import ownyourstory.days
from ownyourstory import history

LEVELS = [
    # For whom, which one, days, with interest and fixed costs.
    ("business", 1, 7, False),
    ("business", 2, 21, True),
    ("business", 3, 35, True),
    ("consumer", 1, 7, False),
    ("consumer", 2, 15, True),
    ("consumer", 3, 15, True),
]
LUMP_SUMS = [
    # Above, fixed, per cent of what lies above, at most.
    (0, 20, 0, 20),
    (150, 30, 10, 65),
    (500, 65, 5, 2000),
]


def put_in(apps: Any, _schema_editor: Any) -> None:
    models = {
        name: apps.get_model("invoicing", name).objects
        for name in (
            "ConsumerLumpSum",
            "DunningLevel",
            "DunningSettings",
            "LateInterest",
        )
    }
    models["DunningSettings"].create(pk=1)
    models["LateInterest"].create(
        valid_from=date(2026, 1, 1),
        valid_until=date(2026, 6, 30),
        percent=Decimal("10.5"),
        fixed_sum=Decimal(40),
    )
    for audience, step, days, charges_costs in LEVELS:
        models["DunningLevel"].create(
            audience=audience, step=step, days=days, charges_costs=charges_costs
        )
    for above, fixed, percent, most in LUMP_SUMS:
        models["ConsumerLumpSum"].create(
            valid_from=date(2023, 9, 1),
            above=above,
            fixed=fixed,
            percent=percent,
            most=most,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0005_days_in_reason"),
        ("invoicing", "0013_bank_files"),
        ("outbox", "0002_doubt_and_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsumerLumpSum",
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
                    "valid_from",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="This day included. Leave empty while it holds.",
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid until",
                    ),
                ),
                (
                    "above",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="for debts above (EUR)",
                    ),
                ),
                (
                    "fixed",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fixed (EUR)",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="and of what lies above it (%)",
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at most (EUR)",
                    ),
                ),
            ],
            options={
                "verbose_name": "fixed costs for a consumer",
                "verbose_name_plural": "fixed costs for consumers",
                "ordering": ["-valid_from", "above"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="invoicing_consumerlumpsum_window_ordered",
                        violation_error_message="It ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("above__gte", 0),
                            ("fixed__gte", 0),
                            ("most__gte", 0),
                            ("percent__gte", 0),
                            ("percent__lte", 100),
                        ),
                        name="invoicing_consumerlumpsum_amounts_sound",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DunningLevel",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("business", "businesses"),
                            ("consumer", "private persons"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "first reminder"),
                            (2, "second reminder"),
                            (3, "last reminder"),
                        ],
                        editable=False,
                        verbose_name="reminder",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="goes out"),
                ),
                (
                    "charges_costs",
                    models.BooleanField(
                        default=False, verbose_name="claims interest and fixed costs"
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the payment reminders",
                "verbose_name_plural": "steps of the payment reminders",
                "ordering": ["audience", "step"],
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["business", "consumer"])),
                        name="invoicing_dunninglevel_audience_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", [1, 2, 3])),
                        name="invoicing_dunninglevel_step_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__range", (1, 365))),
                        name="invoicing_dunninglevel_days_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("audience", "consumer"),
                            ("charges_costs", True),
                            ("step", 1),
                            _negated=True,
                        ),
                        name="invoicing_dunninglevel_first_is_free",
                    ),
                    models.UniqueConstraint(
                        fields=("audience", "step"), name="invoicing_dunninglevel_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DunningSettings",
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
                    "sends_by_itself",
                    models.BooleanField(
                        default=False,
                        help_text="Off: you look at the list and send each of them, or all, yourself.",
                        verbose_name="payment reminders go out by themselves",
                    ),
                ),
                (
                    "least_days_between",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Counted from the day on which the one before left.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days between two reminders, at least",
                    ),
                ),
                (
                    "consumer_days_to_pay",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="After the first reminder, which is free. The law asks 14 days at least, counted from the day after the mail.",
                        validators=[
                            django.core.validators.MinValueValidator(14),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days for a consumer to pay without costs",
                    ),
                ),
                (
                    "consumer_costs_agreed",
                    models.BooleanField(
                        default=False,
                        help_text="Only with a clause in your terms, which your clients accepted, may you ask interest and fixed costs from a consumer. Ask your lawyer whether yours holds; off: consumers are never asked any costs.",
                        verbose_name="our terms name costs for consumers",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of the payment reminders",
                "verbose_name_plural": "terms of the payment reminders",
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pk", 1)),
                        name="invoicing_dunningsettings_only_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consumer_days_to_pay__range", (14, 90)),
                            ("least_days_between__range", (1, 90)),
                        ),
                        name="invoicing_dunningsettings_days_sound",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalConsumerLumpSum",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="This day included. Leave empty while it holds.",
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid until",
                    ),
                ),
                (
                    "above",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="for debts above (EUR)",
                    ),
                ),
                (
                    "fixed",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fixed (EUR)",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="and of what lies above it (%)",
                    ),
                ),
                (
                    "most",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at most (EUR)",
                    ),
                ),
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
                "verbose_name": "historical fixed costs for a consumer",
                "verbose_name_plural": "historical fixed costs for consumers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDispute",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="disputed since",
                    ),
                ),
                ("reason", models.TextField(verbose_name="what is disputed")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="ended on",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="how it ended")),
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
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
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
                (
                    "invoice",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="invoicing.invoice",
                        verbose_name="invoice",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical dispute",
                "verbose_name_plural": "historical disputes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDunningLevel",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("business", "businesses"),
                            ("consumer", "private persons"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "first reminder"),
                            (2, "second reminder"),
                            (3, "last reminder"),
                        ],
                        editable=False,
                        verbose_name="reminder",
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="goes out"),
                ),
                (
                    "charges_costs",
                    models.BooleanField(
                        default=False, verbose_name="claims interest and fixed costs"
                    ),
                ),
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
                "verbose_name": "historical step of the payment reminders",
                "verbose_name_plural": "historical steps of the payment reminders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDunningNotice",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(editable=False, verbose_name="due on")),
                (
                    "claimed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="open",
                    ),
                ),
                (
                    "interest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="interest",
                    ),
                ),
                (
                    "fixed_sum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="fixed costs",
                    ),
                ),
                (
                    "pay_by",
                    models.DateField(
                        editable=False, null=True, verbose_name="asked to be paid by"
                    ),
                ),
                (
                    "held_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="held back at"
                    ),
                ),
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
                    "dispatch",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="outbox.dispatch",
                        verbose_name="dispatch",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="held back by",
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
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="invoicing.dunninglevel",
                        verbose_name="reminder",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="invoicing.receipt",
                        verbose_name="expected receipt",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical payment reminder",
                "verbose_name_plural": "historical payment reminders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDunningPause",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="This day included. Leave empty while it holds.",
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid until",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
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
                    "client",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="clients.client",
                        verbose_name="client",
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
                "verbose_name": "historical client without payment reminders",
                "verbose_name_plural": "historical clients without payment reminders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDunningSettings",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "sends_by_itself",
                    models.BooleanField(
                        default=False,
                        help_text="Off: you look at the list and send each of them, or all, yourself.",
                        verbose_name="payment reminders go out by themselves",
                    ),
                ),
                (
                    "least_days_between",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="Counted from the day on which the one before left.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days between two reminders, at least",
                    ),
                ),
                (
                    "consumer_days_to_pay",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="After the first reminder, which is free. The law asks 14 days at least, counted from the day after the mail.",
                        validators=[
                            django.core.validators.MinValueValidator(14),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="days for a consumer to pay without costs",
                    ),
                ),
                (
                    "consumer_costs_agreed",
                    models.BooleanField(
                        default=False,
                        help_text="Only with a clause in your terms, which your clients accepted, may you ask interest and fixed costs from a consumer. Ask your lawyer whether yours holds; off: consumers are never asked any costs.",
                        verbose_name="our terms name costs for consumers",
                    ),
                ),
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
                "verbose_name": "historical terms of the payment reminders",
                "verbose_name_plural": "historical terms of the payment reminders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLateInterest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "valid_from",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="This day included. Leave empty while it holds.",
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid until",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The reference rate of the European Central Bank and 8 points. It is published anew for each half-year: ask your accountant, or look on the pages of the FPS Finance.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="rate (% a year)",
                    ),
                ),
                (
                    "fixed_sum",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="For each invoice that is paid late.",
                        max_digits=7,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fixed sum from a business (EUR)",
                    ),
                ),
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
                "verbose_name": "historical late interest",
                "verbose_name_plural": "historical late interest",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LateInterest",
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
                    "valid_from",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="This day included. Leave empty while it holds.",
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid until",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="The reference rate of the European Central Bank and 8 points. It is published anew for each half-year: ask your accountant, or look on the pages of the FPS Finance.",
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="rate (% a year)",
                    ),
                ),
                (
                    "fixed_sum",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="For each invoice that is paid late.",
                        max_digits=7,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="fixed sum from a business (EUR)",
                    ),
                ),
            ],
            options={
                "verbose_name": "late interest",
                "verbose_name_plural": "late interest",
                "ordering": ["-valid_from"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="invoicing_lateinterest_window_ordered",
                        violation_error_message="It ends before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 0), ("percent__lte", 100)),
                        name="invoicing_lateinterest_percent_sound",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fixed_sum__gte", 0)),
                        name="invoicing_lateinterest_fixed_sum_sound",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
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
                    "since",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="disputed since",
                    ),
                ),
                ("reason", models.TextField(verbose_name="what is disputed")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="ended on",
                    ),
                ),
                ("outcome", models.TextField(blank=True, verbose_name="how it ended")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ended by",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="disputes",
                        to="invoicing.invoice",
                        verbose_name="invoice",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="noted by",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "ordering": ["-since", "-pk"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="invoicing_dispute_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("outcome", "")),
                            models.Q(
                                ("ended_on__gte", models.F("since")),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="invoicing_dispute_end_complete",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("invoice",),
                        name="invoicing_dispute_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DunningNotice",
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
                ("due_on", models.DateField(editable=False, verbose_name="due on")),
                (
                    "claimed",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="open",
                    ),
                ),
                (
                    "interest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="interest",
                    ),
                ),
                (
                    "fixed_sum",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="fixed costs",
                    ),
                ),
                (
                    "pay_by",
                    models.DateField(
                        editable=False, null=True, verbose_name="asked to be paid by"
                    ),
                ),
                (
                    "held_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="held back at"
                    ),
                ),
                (
                    "dispatch",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outbox.dispatch",
                        verbose_name="dispatch",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="held back by",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="invoicing.dunninglevel",
                        verbose_name="reminder",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dunning_notices",
                        to="invoicing.receipt",
                        verbose_name="expected receipt",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "payment reminder",
                "verbose_name_plural": "payment reminders",
                "ordering": ["-pk"],
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dispatch", None), ("held_at", None), _connector="OR"
                        ),
                        name="invoicing_dunningnotice_held_or_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("held_by", None)),
                            models.Q(
                                ("held_at__isnull", False), ("held_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="invoicing_dunningnotice_held_has_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dispatch", None),
                            models.Q(
                                ("claimed__gt", 0),
                                ("fixed_sum__gte", 0),
                                ("interest__gte", 0),
                                ("pay_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="invoicing_dunningnotice_sent_has_amounts",
                    ),
                    models.UniqueConstraint(
                        fields=("receipt", "level", "due_on"),
                        name="invoicing_dunningnotice_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DunningPause",
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
                    "valid_from",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid from",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(
                        blank=True,
                        help_text="This day included. Leave empty while it holds.",
                        null=True,
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="valid until",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dunning_pauses",
                        to="clients.client",
                        verbose_name="client",
                    ),
                ),
            ],
            options={
                "verbose_name": "client without payment reminders",
                "verbose_name_plural": "clients without payment reminders",
                "ordering": ["-valid_from", "-pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="invoicing_dunningpause_window_ordered",
                        violation_error_message="It ends before it starts.",
                    )
                ],
            },
        ),
        migrations.RunPython(put_in, migrations.RunPython.noop),
        migrations.RunPython(history.begin("invoicing"), migrations.RunPython.noop),
    ]
