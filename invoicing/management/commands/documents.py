"""``manage.py documents --out DIR``: the stored files of issued documents."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from invoicing.models import StoredFile
from ownyourstory import archive


class Command(BaseCommand):
    help = "Write the stored files of issued documents, all or those numbered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("numbers", nargs="*", metavar="NUMBER")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        files = StoredFile.objects.select_related("invoice").order_by(
            "invoice__number", "kind"
        )
        if numbers := set(options["numbers"]):
            files = files.filter(invoice__number__in=numbers)
            known = set(files.values_list("invoice__number", flat=True))
            if unknown := sorted(numbers - known):
                raise CommandError(
                    _("No issued document has this number: %s.") % ", ".join(unknown)
                )
        folder: Path = options["out"]
        folder.mkdir(parents=True, exist_ok=True)
        damaged = []
        for file in files.iterator():
            try:
                content = archive.read(file.sha256)
            except archive.Damaged as error:
                damaged.append(f"{file.invoice.number}: {error}")
                continue
            name = file.invoice.file_name(file.kind)
            (folder / name).write_bytes(content)
            self.stdout.write(name)
        if damaged:
            raise CommandError("\n".join(damaged))
