"""Days lie in this century."""

from __future__ import annotations

from django.db import migrations, models

import ownyourstory.days
from invoicing import guards


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0005_einvoices_and_their_delivery"),
    ]

    operations = [
        migrations.RunPython(guards.remove, guards.install),
        migrations.AlterField(
            model_name="bookclosing",
            name="until",
            field=models.DateField(
                help_text="This day included: no invoice or credit note can be dated up to it.",
                validators=[ownyourstory.days.plausible_day],
                verbose_name="closed until",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="handed_over_on",
            field=models.DateField(
                null=True,
                validators=[ownyourstory.days.plausible_day],
                verbose_name="handed over on",
            ),
        ),
        migrations.AlterField(
            model_name="historicalbookclosing",
            name="until",
            field=models.DateField(
                help_text="This day included: no invoice or credit note can be dated up to it.",
                validators=[ownyourstory.days.plausible_day],
                verbose_name="closed until",
            ),
        ),
        migrations.AlterField(
            model_name="historicalinvoice",
            name="service_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day],
                verbose_name="service from",
            ),
        ),
        migrations.AlterField(
            model_name="historicalinvoice",
            name="service_until",
            field=models.DateField(
                help_text="The same day for a service of one day.",
                validators=[ownyourstory.days.plausible_day],
                verbose_name="service until",
            ),
        ),
        migrations.AlterField(
            model_name="historicalvatrate",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="historicalvatrate",
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
            model_name="invoice",
            name="service_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day],
                verbose_name="service from",
            ),
        ),
        migrations.AlterField(
            model_name="invoice",
            name="service_until",
            field=models.DateField(
                help_text="The same day for a service of one day.",
                validators=[ownyourstory.days.plausible_day],
                verbose_name="service until",
            ),
        ),
        migrations.AlterField(
            model_name="vatrate",
            name="valid_from",
            field=models.DateField(
                validators=[ownyourstory.days.plausible_day], verbose_name="valid from"
            ),
        ),
        migrations.AlterField(
            model_name="vatrate",
            name="valid_until",
            field=models.DateField(
                blank=True,
                help_text="This day included. Leave empty while it holds.",
                null=True,
                validators=[ownyourstory.days.plausible_day],
                verbose_name="valid until",
            ),
        ),
        migrations.RunPython(guards.install, guards.remove),
    ]
