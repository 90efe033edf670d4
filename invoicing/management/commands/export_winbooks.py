"""``manage.py export_winbooks --from --to --out DIR``: ACT.TXT and CSF.TXT."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from invoicing.exports.for_winbooks import NotForWinBooks, winbooks_files
from invoicing.exports.handing_over import NotHandedOver, save
from invoicing.exports.period import Period


class Command(BaseCommand):
    help = "Write the documents and the clients of a period as WinBooks imports them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        day = date.fromisoformat
        parser.add_argument(
            "--from", type=day, dest="first", metavar="YYYY-MM-DD", required=True
        )
        parser.add_argument(
            "--to", type=day, dest="last", metavar="YYYY-MM-DD", required=True
        )
        parser.add_argument("--out", type=Path, metavar="DIR", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["out"]
        try:
            period = Period(options["first"], options["last"])
        except ValueError as error:
            raise CommandError(_("It ends before it starts.")) from error
        try:
            files = winbooks_files(period)
            folder.mkdir(parents=True, exist_ok=True)
            for name, pieces in [("CSF.TXT", files.csf), ("ACT.TXT", files.act)]:
                save(pieces(), folder / name)
                self.stdout.write(str(folder / name))
        except (NotForWinBooks, NotHandedOver) as error:
            raise CommandError(str(error)) from error
