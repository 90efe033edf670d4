"""Put a backup back: everything is checked first, the database changes last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from . import BackupError, databases, files, pack
from .manifest import Manifest, unknown


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the database is that was there before.

    ``is_older`` tells that the program has migrations yet to run.
    """

    manifest: Manifest
    kept: Path | None
    is_older: bool


def check(path: Path) -> Manifest:
    """Return the manifest of the backup at ``path``; nothing is touched.

    Raises BackupError if it is damaged or could not be restored here.
    """
    with _sound(path) as backup:
        return backup.manifest


def restore(path: Path, *, overwrite: bool, now: datetime) -> Restored:
    """Put the backup at ``path`` into this installation.

    Raises BackupError if the backup is damaged or of another kind, if the
    installation is in use and not to be overwritten, or if a step fails. Then
    everything is as it was, save for files that were added.
    """
    kind, entry = databases.kind(), connection.settings_dict
    stamp = f"before-restore-{now:%Y-%m-%dT%H%M%S}"
    with (
        _sound(path) as backup,
        TemporaryDirectory(dir=settings.DATA_DIR, prefix=".restore-") as room,
    ):
        is_in_use = databases.is_in_use()
        if is_in_use and not overwrite:
            raise BackupError(
                _("This installation is in use. --overwrite replaces what it has.")
            )
        dump = Path(room) / kind.MEMBER
        backup.extract(kind.MEMBER, to=dump)
        prepared = kind.prepare(entry, dump)
        kept = kind.kept_name(entry, stamp=stamp) if is_in_use else None
        connection.close()
        with files.placed(backup, stamp=stamp):
            kind.load(entry, prepared, keep_as=kept)
    is_older = bool(databases.known() - set(backup.manifest.migrations))
    return Restored(backup.manifest, kept, is_older)


@contextmanager
def _sound(path: Path) -> Iterator[pack.Pack]:
    """The backup at ``path``, whole and made for an installation like this one."""
    with pack.opened(path) as backup:
        _must_fit(backup.manifest)
        yield backup


def _must_fit(manifest: Manifest) -> None:
    if manifest.database.vendor != connection.vendor:
        raise BackupError(
            _("The backup is of %(theirs)s, and this installation has %(ours)s.")
            % {"theirs": manifest.database.vendor, "ours": connection.vendor}
        )
    if new := unknown(manifest.migrations, known=databases.known()):
        raise BackupError(
            _(
                "The backup was made by a newer version (%(version)s): "
                "this one does not know %(steps)s."
            )
            % {"version": manifest.version, "steps": ", ".join(new)}
        )
    for member in manifest.members:
        if member.name != databases.kind().MEMBER and not files.has_place(member):
            raise BackupError(
                _("The backup has a file without a place: %s") % (member.name)
            )
