"""``manage.py export_client_listing 2026 --format xml``: the yearly client listing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from invoicing.exports.declaring import Incomplete
from invoicing.exports.handing_over import (
    Format,
    NotHandedOver,
    client_listing_file,
)
from ownyourstory.days import FIRST, LAST

from ._period import hand_out


class Command(BaseCommand):
    help = "Write the listing of the Belgian VAT-liable clients of a calendar year."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument(
            "--format", choices=[one.value for one in Format], default="csv"
        )
        parser.add_argument("--out", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        if not FIRST.year <= year <= LAST.year:
            raise CommandError(_("This is not a year: %s.") % year)
        try:
            file = client_listing_file(year, Format(options["format"]))
        except (Incomplete, NotHandedOver) as error:
            raise CommandError(str(error)) from error
        said = hand_out(
            file.pieces,
            out=options["out"],
            is_workbook=options["format"] == Format.XLSX,
        )
        self.stdout.write(said, ending="")
