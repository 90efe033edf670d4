"""``manage.py export_journal --from 2026-01-01 --to 2026-03-31``: the sales journal."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from invoicing.exports.catalogue import TABLES, Format, streamed

from ._period import add_period, hand_out, period_of


class Command(BaseCommand):
    help = "Write the sales journal of a period, as CSV to the screen or into a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period(parser)
        parser.add_argument(
            "--format", choices=[one.value for one in Format], default=Format.CSV.value
        )
        parser.add_argument("--out", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        period, as_format = period_of(options), Format(options["format"])
        table = TABLES["journal"](period, timezone.localdate())
        pieces = streamed(table, as_format=as_format, at=period.until)
        said = hand_out(
            pieces, out=options["out"], is_workbook=as_format is Format.XLSX
        )
        self.stdout.write(said, ending="")
