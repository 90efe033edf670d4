"""What the migrations put in is where its history begins."""

from __future__ import annotations

from django.db import migrations

from ownyourstory import history


class Migration(migrations.Migration):
    dependencies = [("programs", "0003_facts_of_the_scheme")]
    operations = [
        migrations.RunPython(history.begin("programs"), migrations.RunPython.noop)
    ]
