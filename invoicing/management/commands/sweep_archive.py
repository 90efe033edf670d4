"""``manage.py sweep_archive``: take away what failed issues left in the archive."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from invoicing.kept_files import is_kept
from ownyourstory import archive

A_DAY = timedelta(days=1)


class Command(BaseCommand):
    help = "Delete files of the archive that nothing points to, a day old or more."

    def handle(self, *args: Any, **options: Any) -> None:
        swept = 0
        # A younger file may belong to an issue that has yet to commit.
        for sha256 in archive.older_than(timezone.now() - A_DAY):
            if not is_kept(sha256):
                archive.discard(sha256)
                swept += 1
        message = ngettext("%s file swept.", "%s files swept.", swept)
        self.stdout.write(message % swept)
