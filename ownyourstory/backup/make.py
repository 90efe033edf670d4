"""Make a backup while the program runs.

The database comes first, the files after it. A file is in its storage before the
row that names it is committed, and once a row names it, it is never changed or taken
away: so every file that a row of the dump names was there already, and still is when
the files are copied. What is added in between is more than the dump knows, which does
no harm; the other way round rows would point to nothing.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from ownyourstory.disk import settle

from . import BackupError, databases, documents, files, pack
from .manifest import PROGRAM, Database, Manifest


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup.

    ``left_out`` are files that were not what their names say, ``lost`` the numbers
    of issued documents that the archive no longer has.
    """

    path: Path
    manifest: Manifest
    left_out: list[str]
    lost: list[str]


def make(folder: Path, *, now: datetime) -> Made:
    """Write a backup into ``folder``, named after ``now``, and return it.

    It gets its name once it is complete and was read back. Raises BackupError if it
    cannot be made; then there is none.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{PROGRAM}-{now:%Y-%m-%dT%H%M}.zip"
    if path.exists():
        raise BackupError(_("There is a backup of this minute already: %s") % path)
    # First of all: each of these is in the dump, and so belongs in the backup.
    stored = documents.stored()
    with TemporaryDirectory(dir=folder, prefix=".unfinished-") as room:
        unfinished = Path(room) / path.name
        manifest, left_out = _write(unfinished, now=now)
        with pack.opened(unfinished):  # what the disk gives back is what we wrote
            settle(unfinished)
        unfinished.rename(path)
    settle(path)
    return Made(path, manifest, left_out, documents.lost(stored, manifest.members))


def _write(path: Path, *, now: datetime) -> tuple[Manifest, list[str]]:
    """Write database, files and manifest; return that and what was left out."""
    kind, entry = databases.kind(), connection.settings_dict
    dump = path.with_name(kind.MEMBER)
    migrations = databases.applied()
    kind.dump(entry, to=dump)
    with pack.written(path) as writer:
        with dump.open("rb") as source:
            writer.add(kind.MEMBER, source)
        left_out = files.put_in(writer)
        manifest = Manifest(
            program=PROGRAM,
            version=_program_version(),
            created_at=now,
            database=Database(connection.vendor, kind.version(entry), kind.MEMBER),
            migrations=migrations,
            members=writer.members,
        )
        writer.finish(manifest)
    return manifest, left_out


def _program_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    return str(project["project"]["version"])
