"""What the migrations put in is where its history begins."""

from __future__ import annotations

from django.db import migrations

from ownyourstory import history


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_conditions_of_the_scheme")]
    operations = [
        migrations.RunPython(history.begin("clients"), migrations.RunPython.noop)
    ]
