"""From which turnover a client is on the yearly listing, and the account of the VAT."""

from __future__ import annotations

from decimal import Decimal

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0015_exports"),
    ]

    operations = [
        migrations.AddField(
            model_name="bookkeeping",
            name="listing_from",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("250.00"),
                help_text="Clients who took more than this in a year are on the yearly listing. The law says 250.",
                max_digits=8,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="client listing above (EUR excl. VAT)",
            ),
        ),
        migrations.AddField(
            model_name="bookkeeping",
            name="vat_account",
            field=models.CharField(
                default="451000",
                help_text="Written with the VAT in the files for WinBooks.",
                max_length=12,
                validators=[
                    django.core.validators.RegexValidator("\\A[0-9A-Za-z]+\\Z")
                ],
                verbose_name="account of the VAT due",
            ),
        ),
        migrations.AddField(
            model_name="historicalbookkeeping",
            name="listing_from",
            field=models.DecimalField(
                decimal_places=2,
                default=Decimal("250.00"),
                help_text="Clients who took more than this in a year are on the yearly listing. The law says 250.",
                max_digits=8,
                validators=[django.core.validators.MinValueValidator(0)],
                verbose_name="client listing above (EUR excl. VAT)",
            ),
        ),
        migrations.AddField(
            model_name="historicalbookkeeping",
            name="vat_account",
            field=models.CharField(
                default="451000",
                help_text="Written with the VAT in the files for WinBooks.",
                max_length=12,
                validators=[
                    django.core.validators.RegexValidator("\\A[0-9A-Za-z]+\\Z")
                ],
                verbose_name="account of the VAT due",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookkeeping",
            constraint=models.CheckConstraint(
                condition=models.Q(("listing_from__gte", 0)),
                name="invoicing_bookkeeping_listing_from_sound",
            ),
        ),
    ]
