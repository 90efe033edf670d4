"""The revenue per month is read from an index of its own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0016_listing")]

    operations = [
        # An index remakes no table of SQLite: the guards stay.
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["issued_on", "kind", "status", "net"], name="invoice_revenue"
            ),
        ),
    ]
