"""The revenue per month is read from an index of its own."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0012_books_begin")]

    operations = [
        # An index remakes no table of SQLite: the guards stay.
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                fields=["issued_on", "kind", "net"],
                condition=Q(status="issued"),
                name="invoice_revenue",
            ),
        ),
    ]
