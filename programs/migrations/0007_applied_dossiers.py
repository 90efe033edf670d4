"""Who had applied already is on the road."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.utils import timezone


def begin(apps: Any, _schema_editor: Any) -> None:
    """Give each enrolment with an application date its step."""
    enrolments = apps.get_model("programs", "Enrolment")
    steps = apps.get_model("programs", "DossierStep")
    for enrolment in enrolments.objects.filter(
        uses_wallet=True, applied_on__isnull=False
    ):
        steps.objects.create(
            enrolment=enrolment,
            state="applied",
            happened_on=enrolment.applied_on,
            recorded_at=timezone.now(),
        )
        enrolment.state = "applied"
        enrolment.save(update_fields=["state"])


class Migration(migrations.Migration):
    dependencies = [("programs", "0006_dossier_and_its_steps")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
