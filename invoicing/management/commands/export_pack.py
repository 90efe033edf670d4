"""``manage.py export_pack --from 2026-01-01 --to 2026-03-31 --out DIR``: the pack."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from invoicing.exports.pack import Refused
from invoicing.exports.packing import make_pack

from ._period import add_period, make_folder, period_of, write_whole


class Command(BaseCommand):
    help = "Write all that the accountant gets of a period as one ZIP, and record it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        period = period_of(options)
        now, today = timezone.now(), timezone.localdate()
        make_folder(options["out"])
        out: Path = options["out"] / f"books_{period}.zip"

        def write(file: IO[bytes]) -> None:
            pack = make_pack(period, file, now=now, today=today, by=None)
            self.stdout.write(f"{pack.sha256}  {out}")

        try:
            write_whole(out, write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
