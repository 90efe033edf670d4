"""``manage.py export_eu_services 2026-Q3``: services to businesses in the EU."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from invoicing.exports.declaring import Incomplete
from invoicing.exports.eu_services import tax_period
from invoicing.exports.handing_over import (
    Format,
    NotHandedOver,
    eu_services_file,
)

from ._period import hand_out


class Command(BaseCommand):
    help = "Write the list of services to businesses elsewhere in the EU."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", metavar="PERIOD", help="2026-Q3 or 2026-07")
        parser.add_argument(
            "--format", choices=[one.value for one in Format], default="csv"
        )
        parser.add_argument("--out", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = tax_period(options["period"])
        except ValueError as error:
            raise CommandError(
                _("Write the quarter as 2026-Q3 or the month as 2026-07, not: %s.")
                % options["period"]
            ) from error
        try:
            file = eu_services_file(period, Format(options["format"]))
        except (Incomplete, NotHandedOver) as error:
            raise CommandError(str(error)) from error
        said = hand_out(
            file.pieces,
            out=options["out"],
            is_workbook=options["format"] == Format.XLSX,
        )
        self.stdout.write(said, ending="")
