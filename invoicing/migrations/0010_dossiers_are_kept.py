"""The database itself keeps dossiers until their time is over (DOS-9, INV-7)."""

from __future__ import annotations

from django.db import migrations

from programs import guards


class Migration(migrations.Migration):
    dependencies = [
        ("invoicing", "0009_payments"),
        ("programs", "0008_attendance_and_papers"),
    ]
    operations = [migrations.RunPython(guards.install, guards.remove)]
