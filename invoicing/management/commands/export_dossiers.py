"""``manage.py export_dossiers --out FILE``: whole dossiers for an audit."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from invoicing.bundle import Bundle, dossiers_of, last_five_years


class Command(BaseCommand):
    help = "Write the dossiers of a period, or of the last five years, as one ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        day = date.fromisoformat
        parser.add_argument("--from", type=day, dest="first", metavar="YYYY-MM-DD")
        parser.add_argument("--to", type=day, dest="last", metavar="YYYY-MM-DD")
        parser.add_argument(
            "--only-wallet",
            action="store_true",
            help="leave out what was not paid with the KMO-portefeuille",
        )
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        start, end = last_five_years(timezone.localdate())
        first, last = options["first"] or start, options["last"] or end
        chosen = dossiers_of(first, last, only_wallet=options["only_wallet"])
        if not chosen.exists():
            raise CommandError(_("No training began in this period."))
        out: Path = options["out"]
        if out.exists():
            raise CommandError(_("%s is there already.") % out)
        bundle = Bundle(chosen, now=timezone.localtime())
        part = out.with_name(f"{out.name}.part")
        try:
            # For its owner only: it is full of people and signatures.
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.writelines(bundle.stream())
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
        self.stdout.write(str(out))
        if bundle.flaws:
            raise CommandError("\n".join(bundle.flaws))
