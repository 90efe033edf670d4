"""Days lie in this century."""

from __future__ import annotations

from django.db import migrations, models

import ownyourstory.days


class Migration(migrations.Migration):
    dependencies = [
        ("clients", "0004_exception_to_the_einvoice"),
    ]

    operations = [
        migrations.AlterField(
            model_name="conditions",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="conditions",
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
            model_name="elsewhereuse",
            name="told_on",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="told on"
            ),
        ),
        migrations.AlterField(
            model_name="historicalconditions",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="historicalconditions",
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
            model_name="historicalelsewhereuse",
            name="told_on",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="told on"
            ),
        ),
    ]
