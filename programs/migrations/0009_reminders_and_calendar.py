"""Reminders, the registration watch and calendar addresses.

DOS-2 to DOS-5 and REG-4: the days are those until the owner decides otherwise.
"""

from __future__ import annotations

from typing import Any

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import ownyourstory.days
from ownyourstory.history import begin

DAYS = {
    "apply": "7, 3, 1",
    "contribute": "7, 3, 1",
    "order": "7, 14, 21",
    "finish": "30, 7, 3, 1",
}
"""A month for the last one: a training cannot be moved within a week."""


def put_in(apps: Any, _schema_editor: Any) -> None:
    plans = apps.get_model("programs", "ReminderPlan")
    for kind, days in DAYS.items():
        plans.objects.create(kind=kind, days=days)


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_doubt_and_notices"),
        ("programs", "0008_attendance_and_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
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
                    "name",
                    models.CharField(
                        help_text="Such as “my telephone”: so that you know later which one to withdraw.",
                        max_length=100,
                        verbose_name="for which calendar",
                    ),
                ),
                (
                    "token_hash",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="made on"),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="withdrawn on",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "verbose_name_plural": "calendar addresses",
                "ordering": ["-pk"],
                "default_permissions": ("view", "add", "change"),
            },
        ),
        migrations.CreateModel(
            name="HistoricalCalendarFeed",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Such as “my telephone”: so that you know later which one to withdraw.",
                        max_length=100,
                        verbose_name="for which calendar",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        blank=True, editable=False, verbose_name="made on"
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True,
                        editable=False,
                        null=True,
                        verbose_name="withdrawn on",
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
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
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
                "verbose_name": "historical calendar address",
                "verbose_name_plural": "historical calendar addresses",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReminder",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("apply", "apply for the subsidy"),
                            ("contribute", "pay in the own contribution"),
                            ("order", "order the payment"),
                            ("finish", "training ended, paid by the wallet"),
                        ],
                        max_length=15,
                        verbose_name="reminder",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                (
                    "last_day",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="last day",
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
            ],
            options={
                "verbose_name": "historical reminder",
                "verbose_name_plural": "historical reminders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalReminderPlan",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("apply", "before the last day to apply"),
                            (
                                "contribute",
                                "before the last day for the own contribution",
                            ),
                            (
                                "order",
                                "after the subsidy was added, while no payment is ordered",
                            ),
                            ("finish", "before the last day on which the wallet pays"),
                        ],
                        db_index=True,
                        editable=False,
                        max_length=15,
                        verbose_name="reminder",
                    ),
                ),
                (
                    "days",
                    models.CharField(
                        help_text="Such as 7, 3, 1. At most six, at most 365.",
                        max_length=40,
                        verbose_name="days",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="goes out"),
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
                "verbose_name": "historical days of a reminder",
                "verbose_name_plural": "historical days of the reminders",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ReminderPlan",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("apply", "before the last day to apply"),
                            (
                                "contribute",
                                "before the last day for the own contribution",
                            ),
                            (
                                "order",
                                "after the subsidy was added, while no payment is ordered",
                            ),
                            ("finish", "before the last day on which the wallet pays"),
                        ],
                        editable=False,
                        max_length=15,
                        unique=True,
                        verbose_name="reminder",
                    ),
                ),
                (
                    "days",
                    models.CharField(
                        help_text="Such as 7, 3, 1. At most six, at most 365.",
                        max_length=40,
                        verbose_name="days",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="goes out"),
                ),
            ],
            options={
                "verbose_name": "days of a reminder",
                "verbose_name_plural": "days of the reminders",
                "ordering": ["pk"],
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["apply", "contribute", "order", "finish"])
                        ),
                        name="programs_reminderplan_kind_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days", ""), _negated=True),
                        name="programs_reminderplan_days_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegistrationWarning",
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
                ("ends_on", models.DateField(editable=False, verbose_name="last day")),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        verbose_name="months before the end"
                    ),
                ),
                (
                    "dispatch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outbox.dispatch",
                        verbose_name="dispatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "warning of the registration watch",
                "verbose_name_plural": "warnings of the registration watch",
                "ordering": ["-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ends_on", "months"),
                        name="programs_registrationwarning_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("apply", "apply for the subsidy"),
                            ("contribute", "pay in the own contribution"),
                            ("order", "order the payment"),
                            ("finish", "training ended, paid by the wallet"),
                        ],
                        max_length=15,
                        verbose_name="reminder",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                (
                    "last_day",
                    models.DateField(
                        validators=[ownyourstory.days.plausible_day],
                        verbose_name="last day",
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
                    "enrolment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="programs.enrolment",
                        verbose_name="enrolment",
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
            ],
            options={
                "verbose_name": "reminder",
                "verbose_name_plural": "reminders",
                "ordering": ["-pk"],
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["apply", "contribute", "order", "finish"])
                        ),
                        name="programs_reminder_kind_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dispatch", None), ("held_at", None), _connector="OR"
                        ),
                        name="programs_reminder_held_or_sent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at", None), ("held_by", None)),
                            models.Q(
                                ("held_at__isnull", False), ("held_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="programs_reminder_held_has_name",
                    ),
                    models.UniqueConstraint(
                        fields=("enrolment", "kind", "days", "last_day"),
                        name="programs_reminder_once",
                    ),
                ],
            },
        ),
        migrations.RunPython(put_in, migrations.RunPython.noop),
        migrations.RunPython(begin("programs"), migrations.RunPython.noop),
    ]
