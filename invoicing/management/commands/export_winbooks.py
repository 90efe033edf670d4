"""``manage.py export_winbooks --from --to --out DIR``: ACT.TXT and CSF.TXT."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from invoicing.exports.for_winbooks import NotForWinBooks, winbooks_files

from ._period import add_period, make_folder, period_of, write_whole


class Command(BaseCommand):
    help = "Write the documents and the clients of a period as WinBooks imports them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_period(parser)
        parser.add_argument("--out", type=Path, metavar="DIR", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["out"]
        try:
            files = winbooks_files(period_of(options))
        except NotForWinBooks as error:
            raise CommandError(str(error)) from error
        make_folder(folder)
        for name, pieces in [("CSF.TXT", files.csf), ("ACT.TXT", files.act)]:
            self._write(folder / name, pieces)

    def _write(self, out: Path, pieces: Callable[[], Iterator[bytes]]) -> None:
        write_whole(out, lambda file: file.writelines(pieces()))
        self.stdout.write(str(out))
