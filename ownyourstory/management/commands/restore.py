"""``manage.py restore FILE``: put a backup into an empty installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from ownyourstory.backup import BackupError
from ownyourstory.backup.documents import verify_documents
from ownyourstory.backup.manifest import Manifest
from ownyourstory.backup.outgoing import hold_post
from ownyourstory.backup.restore import check, restore


class Command(BaseCommand):
    help = "Put a backup back, after checking all of it. Stop the program first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="replace what there is; the old database is kept aside",
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="only check that the backup is whole and fits; touch nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._say_whole(check(options["file"]))
                return
            manifest = self._restore(options["file"], overwrite=options["overwrite"])
        except (BackupError, DatabaseError, OSError) as error:
            raise CommandError(
                _("Nothing was restored. %(reason)s") % {"reason": error}
            ) from error
        self._hold_post(manifest)
        self._verify()

    def _restore(self, file: Path, *, overwrite: bool) -> Manifest:
        restored = restore(file, overwrite=overwrite, now=timezone.localtime())
        self._say_whole(restored.manifest)
        if restored.kept is not None:
            self.stdout.write(
                _("The database that was there is kept as %(path)s")
                % {"path": restored.kept}
            )
        if restored.is_older:
            self.stdout.write(
                _("The backup is of an older version: run manage.py migrate now.")
            )
        return restored.manifest

    def _hold_post(self, manifest: Manifest) -> None:
        """Let nothing leave by itself that may have left since the backup."""
        if held := hold_post(manifest):
            self.stdout.write(
                _(
                    "What waited to be sent may have left since: %(count)s. Look under "
                    "Outgoing post, and let it leave there."
                )
                % {"count": held}
            )

    def _say_whole(self, manifest: Manifest) -> None:
        self.stdout.write(
            _(
                "The backup of %(moment)s is whole "
                "(version %(version)s, files: %(count)s)."
            )
            % {
                "moment": f"{manifest.created_at:%Y-%m-%d %H:%M}",
                "version": manifest.version,
                "count": len(manifest.members),
            }
        )

    def _verify(self) -> None:
        """Say whether every stored file of the database is in the archive, unchanged.

        Raises CommandError naming those that are not.
        """
        verified = verify_documents()
        if verified.damaged:
            raise CommandError(
                _("The backup is restored, but documents are damaged:")
                + "\n"
                + "\n".join(verified.damaged)
            )
        self.stdout.write(
            _("Restored. Stored documents checked, all as they were issued: %(count)s")
            % {"count": verified.count}
        )
