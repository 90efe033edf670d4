"""The ceilings of small and medium enterprises (ELI-2) and of public shares (ELI-3)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

MILLION = Decimal(1_000_000)


def put_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("clients", "Conditions").objects.create(
        valid_from=date(2022, 8, 31),
        small_staff=50,
        small_turnover=10 * MILLION,
        small_balance=10 * MILLION,
        medium_staff=250,
        medium_turnover=50 * MILLION,
        medium_balance=43 * MILLION,
        public_share_limit=25,
    )


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
