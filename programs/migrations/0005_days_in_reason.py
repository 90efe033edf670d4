"""Days lie in this century, and terms are counted in days and years that exist."""

from __future__ import annotations

import django.core.validators
from django.db import migrations, models

import ownyourstory.days


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0004_history_begins"),
    ]

    operations = [
        migrations.AlterField(
            model_name="enrolment",
            name="agreed_on",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="agreed on"
            ),
        ),
        migrations.AlterField(
            model_name="enrolment",
            name="applied_on",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[ownyourstory.days.plausible_day],
                verbose_name="applied on",
            ),
        ),
        migrations.AlterField(
            model_name="historicalenrolment",
            name="agreed_on",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="agreed on"
            ),
        ),
        migrations.AlterField(
            model_name="historicalenrolment",
            name="applied_on",
            field=models.DateField(
                blank=True,
                null=True,
                validators=[ownyourstory.days.plausible_day],
                verbose_name="applied on",
            ),
        ),
        migrations.AlterField(
            model_name="historicalregistration",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="historicalregistration",
            name="valid_until",
            field=models.DateField(
                help_text="This day included.",
                validators=[ownyourstory.days.plausible_day],
                verbose_name="valid until",
            ),
        ),
        migrations.AlterField(
            model_name="historicalschemeterms",
            name="apply_within_days",
            field=models.PositiveSmallIntegerField(
                help_text="Calendar days after the start of the first session; that day is day 0.",
                validators=[django.core.validators.MaxValueValidator(365)],
                verbose_name="days to apply",
            ),
        ),
        migrations.AlterField(
            model_name="historicalschemeterms",
            name="contribution_within_days",
            field=models.PositiveSmallIntegerField(
                help_text="After the application. Our page says 14, other sources say 30: 14 is the safe side.",
                validators=[django.core.validators.MaxValueValidator(365)],
                verbose_name="days for the own contribution",
            ),
        ),
        migrations.AlterField(
            model_name="historicalschemeterms",
            name="finish_within_years",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="The training ends, and the wallet pays, by 31 December so many years after the year of the application.",
                validators=[django.core.validators.MaxValueValidator(10)],
                verbose_name="years to finish",
            ),
        ),
        migrations.AlterField(
            model_name="historicalschemeterms",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="historicalschemeterms",
            name="valid_until",
            field=models.DateField(
                blank=True,
                help_text="This day included. Leave empty while it holds.",
                null=True,
                validators=[ownyourstory.days.plausible_day],
                verbose_name="valid until",
            ),
        ),
        migrations.AlterField(
            model_name="historicalsession",
            name="day",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="day"
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="valid_until",
            field=models.DateField(
                help_text="This day included.",
                validators=[ownyourstory.days.plausible_day],
                verbose_name="valid until",
            ),
        ),
        migrations.AlterField(
            model_name="schemeterms",
            name="apply_within_days",
            field=models.PositiveSmallIntegerField(
                help_text="Calendar days after the start of the first session; that day is day 0.",
                validators=[django.core.validators.MaxValueValidator(365)],
                verbose_name="days to apply",
            ),
        ),
        migrations.AlterField(
            model_name="schemeterms",
            name="contribution_within_days",
            field=models.PositiveSmallIntegerField(
                help_text="After the application. Our page says 14, other sources say 30: 14 is the safe side.",
                validators=[django.core.validators.MaxValueValidator(365)],
                verbose_name="days for the own contribution",
            ),
        ),
        migrations.AlterField(
            model_name="schemeterms",
            name="finish_within_years",
            field=models.PositiveSmallIntegerField(
                default=1,
                help_text="The training ends, and the wallet pays, by 31 December so many years after the year of the application.",
                validators=[django.core.validators.MaxValueValidator(10)],
                verbose_name="years to finish",
            ),
        ),
        migrations.AlterField(
            model_name="schemeterms",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="schemeterms",
            name="valid_until",
            field=models.DateField(
                blank=True,
                help_text="This day included. Leave empty while it holds.",
                null=True,
                validators=[ownyourstory.days.plausible_day],
                verbose_name="valid until",
            ),
        ),
        migrations.AlterField(
            model_name="session",
            name="day",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="day"
            ),
        ),
    ]
