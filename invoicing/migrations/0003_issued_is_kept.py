"""The database itself refuses to change or delete what was issued (INV-3, INV-7)."""

from __future__ import annotations

from django.db import migrations

from invoicing import guards


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0002_own_company_and_vat_rates")]
    operations = [migrations.RunPython(guards.install, guards.remove)]
