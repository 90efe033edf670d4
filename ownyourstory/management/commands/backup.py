"""``manage.py backup DIR``: database and files in one file, while the program runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from ownyourstory.backup import BackupError
from ownyourstory.backup.make import make


class Command(BaseCommand):
    help = "Write one dated, checksummed file with the database and all files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = make(options["folder"], now=timezone.localtime())
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(
                _("No backup was made. %(reason)s") % {"reason": error}
            ) from error
        self.stdout.write(
            _("Backup made: %(path)s (files: %(count)s)")
            % {"path": made.path, "count": len(made.manifest.members)}
        )
        for name in made.left_out:
            self.stderr.write(
                _("Left out, it is not what its name says: %(name)s") % {"name": name}
            )
        if made.lost:
            raise CommandError(
                _("The backup is made, but the archive has lost documents: %(numbers)s")
                % {"numbers": ", ".join(made.lost)}
            )
