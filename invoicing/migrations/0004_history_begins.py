"""What the migrations put in is where its history begins."""

from __future__ import annotations

from django.db import migrations

from ownyourstory import history


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0003_issued_is_kept")]
    operations = [
        migrations.RunPython(history.begin("invoicing"), migrations.RunPython.noop)
    ]
