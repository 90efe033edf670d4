"""The seller as the brief gives it (REG-1), and the Belgian VAT rates (VAT-2)."""

from __future__ import annotations

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RATES = {21: True, 12: False, 6: False}


def put_in(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("invoicing", "Seller").objects.create(
        pk=1,
        legal_name="ianka fleerackers CommV",
        trade_name="Own Your Story",
        legal_form="CommV",
        enterprise_number="0824677865",
    )
    for percent, is_standard in RATES.items():
        apps.get_model("invoicing", "VatRate").objects.create(
            percent=percent, is_standard=is_standard, valid_from=date(2000, 1, 1)
        )


class Migration(migrations.Migration):
    dependencies = [("invoicing", "0001_initial")]
    operations = [migrations.RunPython(put_in, migrations.RunPython.noop)]
